"""Write a pipe network as one GeoJSON FeatureCollection, one feature a line (docs/formats.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from domain.network import Hydrant, IsolationValve, Link, Node, PipeNetwork
from domain.places import LonLat

#: Decimals of a written degree: 1e-7 degrees of latitude are 11 mm, finer than any survey.
DECIMALS = 7

Properties = dict[str, object]


def write_network_geojson(network: PipeNetwork, path: Path) -> None:
    """Write nodes, links, isolation valves and hydrants; premises are a CSV of their own.

    Reading it back gives an equal network if its degrees have at most seven decimals; others
    are rounded to seven, once and for all.
    """
    lines = ",\n".join(_compact(one) for one in _features(network))
    name = json.dumps(network.name, ensure_ascii=False)
    text = f'{{"type":"FeatureCollection","name":{name},"features":[\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")


def _compact(one: dict[str, object]) -> str:
    return json.dumps(one, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _features(network: PipeNetwork) -> Iterator[dict[str, object]]:
    yield from (_point(one.position, _node(one)) for one in network.nodes)
    yield from (_line(one.path, _link(one)) for one in network.links)
    yield from (_point(one.location, _valve(one)) for one in network.isolation_valves)
    yield from (_point(one.location, _hydrant(one)) for one in network.hydrants)


def _node(node: Node) -> Properties:
    given = {"layer": "node", "id": node.id, "kind": node.kind.value}
    return given | _unless(elevation_m=(node.elevation_m, 0.0))


def _link(link: Link) -> Properties:
    given = {"layer": "link", "id": link.id, "kind": link.kind.value}
    given |= {"start": link.start, "end": link.end}
    size = {"length_m": link.length_m, "diameter_m": link.diameter_m}
    return (
        given
        | size
        | _unless(
            open=(link.open, True),
            check_valve=(link.check_valve, False),
            material=(link.material, ""),
            year=(link.year, None),
            road=(link.road, ""),
        )
    )


def _valve(valve: IsolationValve) -> Properties:
    given = {"layer": "isolation_valve", "id": valve.id, "link": valve.link}
    return given | _unless(
        node=(valve.node, None),
        position=(valve.position.value, "open"),
        operability=(valve.operability.value, "operable"),
        accessible=(valve.accessible, True),
    )


def _hydrant(hydrant: Hydrant) -> Properties:
    return {"layer": "hydrant", "id": hydrant.id, "link": hydrant.link}


def _unless(**values: tuple[object, object]) -> Properties:
    """Return the values that differ from their defaults; the reader puts those back."""
    return {name: value for name, (value, usual) in values.items() if value != usual}


def _degrees(place: LonLat) -> list[float]:
    """Return a place as GeoJSON writes it: lon, lat with seven decimals."""
    return [round(place.lon, DECIMALS), round(place.lat, DECIMALS)]


def _point(place: LonLat, properties: Properties) -> dict[str, object]:
    return feature(point(place), properties)


def _line(path: Sequence[LonLat], properties: Properties) -> dict[str, object]:
    return feature(line_string(path), properties)


def point(place: LonLat) -> dict[str, object]:
    """Return a place as a GeoJSON geometry."""
    return {"type": "Point", "coordinates": _degrees(place)}


def line_string(path: Iterable[LonLat]) -> dict[str, object]:
    """Return a path as a GeoJSON geometry."""
    return {"type": "LineString", "coordinates": [_degrees(place) for place in path]}


def feature(geometry: dict[str, object], properties: Properties) -> dict[str, object]:
    """Return one GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}
