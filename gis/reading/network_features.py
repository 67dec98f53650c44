"""From features of the network GeoJSON to domain values, and whether they name what exists."""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn

from domain.network import (
    Hydrant,
    IsolationValve,
    Link,
    LinkKind,
    Node,
    NodeKind,
    Operability,
    PipeNetwork,
    Position,
    Premises,
)
from domain.words import PremisesKind
from gis.reading.geojson_feature import FeatureReader

LAYERS = ("node", "link", "isolation_valve", "hydrant", "premises")

#: The features of each layer.
Layers = dict[str, list[FeatureReader]]


def node(one: FeatureReader) -> Node:
    """Return the node of a feature."""
    kind = NodeKind(one.word("kind", tuple(NodeKind)))
    return Node(
        one.text("id"),
        kind,
        one.place(),
        one.number("elevation_m", 0.0),
        one.number_or_none("volume_m3"),
        one.number_or_none("pressure_m"),
    )


def link(one: FeatureReader) -> Link:
    """Return the link of a feature."""
    year = one.number("year", 0.0)
    return Link(
        id=one.text("id"),
        kind=LinkKind(one.word("kind", tuple(LinkKind))),
        start=one.text("start"),
        end=one.text("end"),
        path=one.path(),
        length_m=one.number("length_m"),
        diameter_m=one.number("diameter_m"),
        open=one.flag("open", usual=True),
        check_valve=one.flag("check_valve", usual=False),
        material=one.text("material", ""),
        year=int(year) or None,
        road=one.text("road", ""),
        zone=one.text("zone", ""),
        roughness=one.number_or_none("roughness"),
    )


def isolation_valve(one: FeatureReader) -> IsolationValve:
    """Return the isolation valve of a feature."""
    return IsolationValve(
        id=one.text("id"),
        link=one.text("link"),
        node=one.text("node", "") or None,
        location=one.place(),
        position=Position(one.word("position", tuple(Position), "open")),
        operability=Operability(one.word("operability", tuple(Operability), "operable")),
        accessible=one.flag("accessible", usual=True),
    )


def hydrant(one: FeatureReader) -> Hydrant:
    """Return the hydrant of a feature."""
    return Hydrant(one.text("id"), one.text("link"), one.place())


def premises(one: FeatureReader) -> Premises:
    """Return the premises of a feature; personal data is never in one."""
    return Premises(
        id=one.text("id"),
        location=one.place(),
        link=one.text("link", "") or None,
        node=one.text("node", "") or None,
        kind=PremisesKind(one.word("kind", tuple(PremisesKind), "home")),
        critical=one.flag("critical", usual=False),
        demand_m3_d=one.number_or_none("demand_m3_d"),
    )


def check_ids(layers: Layers) -> None:
    """Pass layers in which no id occurs twice."""
    for layer, readers in layers.items():
        seen: set[str] = set()
        for one in readers:
            name = one.text("id")
            if name in seen:
                one.fault("id", f"the {layer} {name} occurs twice", "give each its own id")
            seen.add(name)


def check_names(network: PipeNetwork, layers: Layers) -> None:
    """Pass features that name only what the network holds."""
    nodes, links = network.node_by_id, network.link_by_id
    for one in layers["link"]:
        _known(one, "start", nodes, "node")
        _known(one, "end", nodes, "node")
    for one in (*layers["isolation_valve"], *layers["hydrant"]):
        _known(one, "link", links, "link")
    for one, valve in zip(layers["isolation_valve"], network.isolation_valves, strict=True):
        link = links[valve.link]
        if valve.node not in {None, link.start, link.end}:
            _stray(one, valve)
    for one, home in zip(layers["premises"], network.premises, strict=True):
        if home.link is not None:
            _known(one, "link", links, "link")
        if home.node is not None:
            _known(one, "node", nodes, "node")


def _known(one: FeatureReader, field: str, ids: Collection[str], kind: str) -> None:
    if one.text(field) not in ids:
        problem = f"names a {kind} that does not exist: {one.text(field)}"
        one.fault(field, problem, f"add the {kind} or correct the name")


def _stray(one: FeatureReader, valve: IsolationValve) -> NoReturn:
    problem = f"{valve.node} is at neither end of the link {valve.link}"
    one.fault("node", problem, "name the start or the end of that link")
