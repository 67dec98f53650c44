"""Write a pipe network as one GeoJSON FeatureCollection, one feature a line (docs/formats.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from domain.network import Hydrant, IsolationValve, Link, Node, PipeNetwork, Premises
from domain.places import LonLat
from gis.geojson import Properties, feature, line_string, point
from gis.writing.whole import whole_file

#: Decimals of a written degree: 1e-9 degrees are a tenth of a millimetre, so that a network that
#: goes out and comes in again stays within one.
DECIMALS = 9

Feature = dict[str, object]


def write_network_geojson(network: PipeNetwork, path: Path, *, premises: bool = False) -> None:
    """Write nodes, links, isolation valves and hydrants, whole or not at all.

    Reading it back gives an equal network if its degrees have at most nine decimals; others
    are rounded to nine, once and for all. With ``premises`` these are in it too, without account,
    name, phone and address.
    """
    lines = ",\n".join(compact(one) for one in _features(network, premises))
    name = json.dumps(network.name, ensure_ascii=False)
    text = f'{{"type":"FeatureCollection","name":{name},"features":[\n{lines}\n]}}\n'
    with whole_file(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


def compact(one: Feature) -> str:
    """Return a feature as JSON on one line."""
    return json.dumps(one, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _features(network: PipeNetwork, premises: bool) -> Iterator[Feature]:
    yield from map(node_feature, network.nodes)
    yield from map(link_feature, network.links)
    yield from map(isolation_valve_feature, network.isolation_valves)
    yield from map(hydrant_feature, network.hydrants)
    if premises:
        yield from map(premises_feature, network.premises)


def node_feature(node: Node) -> Feature:
    """Return a node as a feature."""
    given: Properties = {"layer": "node", "id": node.id, "kind": node.kind.value}
    given |= _unless(elevation_m=(node.elevation_m, 0.0), volume_m3=(node.volume_m3, None))
    given |= _unless(pressure_m=(node.pressure_m, None))
    return _point(node.position, given)


def link_feature(link: Link) -> Feature:
    """Return a link as a feature."""
    given: Properties = {"layer": "link", "id": link.id, "kind": link.kind.value}
    given |= {"start": link.start, "end": link.end}
    given |= {"length_m": link.length_m, "diameter_m": link.diameter_m}
    given |= _unless(
        open=(link.open, True),
        check_valve=(link.check_valve, False),
        material=(link.material, ""),
        year=(link.year, None),
        road=(link.road, ""),
        zone=(link.zone, ""),
        roughness=(link.roughness, None),
    )
    return _line(link.path, given)


def isolation_valve_feature(valve: IsolationValve) -> Feature:
    """Return an isolation valve as a feature."""
    given: Properties = {"layer": "isolation_valve", "id": valve.id, "link": valve.link}
    given |= _unless(
        node=(valve.node, None),
        position=(valve.position.value, "open"),
        operability=(valve.operability.value, "operable"),
        accessible=(valve.accessible, True),
    )
    return _point(valve.location, given)


def hydrant_feature(hydrant: Hydrant) -> Feature:
    """Return a hydrant as a feature."""
    return _point(hydrant.location, {"layer": "hydrant", "id": hydrant.id, "link": hydrant.link})


def premises_feature(one: Premises) -> Feature:
    """Return a premises as a feature, without personal data."""
    given: Properties = {"layer": "premises", "id": one.id}
    given |= _unless(
        link=(one.link, None),
        node=(one.node, None),
        kind=(one.kind.value, "home"),
        critical=(one.critical, False),
        demand_m3_d=(one.demand_m3_d, None),
    )
    return _point(one.location, given)


def _unless(**values: tuple[object, object]) -> Properties:
    """Return the values that differ from their defaults; the reader puts those back."""
    return {name: value for name, (value, usual) in values.items() if value != usual}


def _point(place: LonLat, properties: Properties) -> Feature:
    return feature(point(place, DECIMALS), properties)


def _line(path: Sequence[LonLat], properties: Properties) -> Feature:
    return feature(line_string(path, DECIMALS), properties)
