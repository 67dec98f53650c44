"""Read a pipe network from GeoJSON; what it cannot be ends in one line with row and field."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NoReturn

from domain.errors import BadFile
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
)
from gis.geojson_feature import FeatureReader
from gis.text_file import read_text

LAYERS = ("node", "link", "isolation_valve", "hydrant")


def read_network_geojson(path: Path) -> PipeNetwork:
    """Return the network that ``write_network_geojson`` wrote.

    Raises
    ------
    BadFile
        If it is not such a file. The row is the line where each feature has its own line,
        else the feature's number, from 1.
    """
    text = read_text(path, "a network GeoJSON")
    collection = _collection(path, text)
    layers = _layers(path, text, collection["features"])
    name = collection.get("name")
    network = PipeNetwork(
        nodes=tuple(_node(one) for one in layers["node"]),
        links=tuple(_link(one) for one in layers["link"]),
        isolation_valves=tuple(_valve(one) for one in layers["isolation_valve"]),
        hydrants=tuple(_hydrant(one) for one in layers["hydrant"]),
        name=name if isinstance(name, str) else "",
    )
    _check_ids(layers)
    _check_names(network, layers)
    return network


def _collection(path: Path, text: str) -> dict[str, list[object]]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as fault:
        raise BadFile(
            path, f"is not JSON ({fault.msg})", "copy the whole file again", row=fault.lineno
        ) from None
    except RecursionError:
        raise BadFile(path, "is nested too deeply for GeoJSON", "give another file") from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise BadFile(path, "is no GeoJSON FeatureCollection", "give a network GeoJSON")
    return content  # type: ignore[no-any-return]


def _layers(path: Path, text: str, features: Sequence[object]) -> dict[str, list[FeatureReader]]:
    lines = text.splitlines()
    layers: dict[str, list[FeatureReader]] = {name: [] for name in LAYERS}
    for index, one in enumerate(features):
        own_line = index + 1 < len(lines) and lines[index + 1].startswith('{"type":"Feature"')
        reader = FeatureReader(path, index + 2 if own_line else index + 1, one)
        layers[reader.word("layer", LAYERS)].append(reader)
    if not layers["node"]:
        raise BadFile(path, "holds no node", "give a network GeoJSON with a layer of nodes")
    return layers


def _node(one: FeatureReader) -> Node:
    kind = NodeKind(one.word("kind", tuple(NodeKind)))
    return Node(one.text("id"), kind, one.place(), one.number("elevation_m", 0.0))


def _link(one: FeatureReader) -> Link:
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
    )


def _valve(one: FeatureReader) -> IsolationValve:
    return IsolationValve(
        id=one.text("id"),
        link=one.text("link"),
        node=one.text("node", "") or None,
        location=one.place(),
        position=Position(one.word("position", tuple(Position), "open")),
        operability=Operability(one.word("operability", tuple(Operability), "operable")),
        accessible=one.flag("accessible", usual=True),
    )


def _hydrant(one: FeatureReader) -> Hydrant:
    return Hydrant(one.text("id"), one.text("link"), one.place())


def _check_ids(layers: dict[str, list[FeatureReader]]) -> None:
    for layer, readers in layers.items():
        seen: set[str] = set()
        for one in readers:
            name = one.text("id")
            if name in seen:
                one.fault("id", f"the {layer} {name} occurs twice", "give each its own id")
            seen.add(name)


def _check_names(network: PipeNetwork, layers: dict[str, list[FeatureReader]]) -> None:
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


def _known(one: FeatureReader, field: str, ids: Collection[str], kind: str) -> None:
    if one.text(field) not in ids:
        problem = f"names a {kind} that does not exist: {one.text(field)}"
        one.fault(field, problem, f"add the {kind} or correct the name")


def _stray(one: FeatureReader, valve: IsolationValve) -> NoReturn:
    problem = f"{valve.node} is at neither end of the link {valve.link}"
    one.fault("node", problem, "name the start or the end of that link")
