"""Reads the drivable streets out of an OSM file into a small XML that osmnx can take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import osmium
from osmium.osm import mutable

from routing.drivable import street_tags

Location = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Street:
    """A drivable way: the ids of its nodes in order, and its tags as ``street_tags`` gives them."""

    nodes: list[int]
    tags: dict[str, str]


def osm_source(path: Path) -> osmium.io.File:
    """Return the file as osmium opens it, its format by name: .pbf is PBF, all else is XML."""
    return osmium.io.File(str(path), "pbf" if path.name.lower().endswith(".pbf") else "osm")


def write_streets(path: Path, xml: Path) -> int:
    """Write the drivable streets of ``path`` to ``xml``; return how many there are.

    Raises
    ------
    RuntimeError
        Whatever osmium finds wrong with the file: truncated, not PBF, malformed XML.
    """
    streets = list(_streets(path))
    locations = _locations(path, {node for street in streets for node in street.nodes})
    pieces = [piece for street in streets for piece in _known_pieces(street, locations)]
    used = sorted({node for piece in pieces for node in piece.nodes})
    with osmium.SimpleWriter(xml) as writer:
        for node in used:
            writer.add_node(mutable.Node(id=node, location=locations[node]))
        for number, piece in enumerate(pieces, start=1):
            writer.add_way(mutable.Way(id=number, nodes=piece.nodes, tags=piece.tags))
    return len(pieces)


def _streets(path: Path) -> Iterator[Street]:
    ways = osmium.FileProcessor(osm_source(path), osmium.osm.WAY)
    for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
        tags = street_tags(dict(way.tags))
        if tags is not None and isinstance(way, osmium.osm.Way):
            yield Street([node.ref for node in way.nodes], tags)


def _locations(path: Path, wanted: set[int]) -> dict[int, Location]:
    """Return lon, lat of the wanted nodes; those the file lacks or places nowhere are absent."""
    if not wanted:
        return {}
    nodes = osmium.FileProcessor(osm_source(path), osmium.osm.NODE)
    found = nodes.with_filter(osmium.filter.IdFilter(wanted))
    return {
        node.id: (node.location.lon, node.location.lat)
        for node in found
        if isinstance(node, osmium.osm.Node) and node.location.valid()
    }


def _known_pieces(street: Street, locations: dict[int, Location]) -> Iterator[Street]:
    """Yield the parts of a street whose nodes the file holds: an extract cuts ways at its rim."""
    run: list[int] = []
    for node in [*street.nodes, None]:
        if node is not None and node in locations:
            run.append(node)
            continue
        if len(run) > 1:
            yield Street(run, street.tags)
        run = []
