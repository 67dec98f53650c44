"""Reads what a build needs of an OSM file: drivable ways, the places of their nodes, signals."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium

from domain.streets import FloatArray, IntArray
from routing.drivable import Street, is_wanted, street_of


@dataclass(frozen=True, slots=True)
class OsmWays:
    """The drivable ways of a file, in file order.

    Attributes
    ----------
    way_ids, streets
        (w,) OSM ids; what the tags of each say.
    start, refs
        (w + 1,) and (r,): way k runs over the nodes ``refs[start[k]:start[k + 1]]`` (OSM ids).
    ids, places
        (n,) ids of the nodes that the file places somewhere, ascending; (n, 2) WGS-84.
    signals, signals_forward, signals_backward
        Ids of nodes with traffic signals: for all, for those who drive with or against the way.
    undriven
        Ids of the roads that are in the file but are not driven.
    ferries, private
        How many ways were left out for being one.
    """

    way_ids: IntArray
    streets: Sequence[Street]
    start: IntArray
    refs: IntArray
    ids: IntArray
    places: FloatArray
    signals: IntArray
    signals_forward: IntArray
    signals_backward: IntArray
    undriven: frozenset[int]
    ferries: int
    private: int


def osm_source(path: Path) -> osmium.io.File:
    """Return the file as osmium opens it, its format by name: .pbf is PBF, all else is XML."""
    return osmium.io.File(str(path), "pbf" if path.name.lower().endswith(".pbf") else "osm")


def read_ways(path: Path, *, ferries: bool = False, private: bool = False) -> OsmWays:
    """Return the drivable ways of an .osm or .osm.pbf file; no way at all is no error.

    Raises
    ------
    RuntimeError
        Whatever osmium finds wrong with the file: truncated, not PBF, malformed XML.
    """
    way_ids, streets = array("q"), list[Street]()
    start, refs = array("q", [0]), array("q")
    undriven, left_out = set[int](), [0, 0]
    roads = osmium.FileProcessor(osm_source(path), osmium.osm.WAY)
    for way in roads.with_filter(osmium.filter.KeyFilter("highway", "route")):
        street = street_of(dict(way.tags))
        if street is None:
            undriven.add(way.id)
        elif not is_wanted(street, ferries=ferries, private=private):
            undriven.add(way.id)
            left_out[0 if street.ferry else 1] += 1
        elif isinstance(way, osmium.osm.Way):
            way_ids.append(way.id)
            streets.append(street)
            refs.extend([node.ref for node in way.nodes])
            start.append(len(refs))
    nodes = _ints(refs)
    ids, places = _located(path, np.unique(nodes))
    always, forward, backward = _signals(path)
    return OsmWays(
        way_ids=_ints(way_ids),
        streets=streets,
        start=_ints(start),
        refs=nodes,
        ids=ids,
        places=places,
        signals=always,
        signals_forward=forward,
        signals_backward=backward,
        undriven=frozenset(undriven),
        ferries=left_out[0],
        private=left_out[1],
    )


def _located(path: Path, wanted: IntArray) -> tuple[IntArray, FloatArray]:
    """Return those of the wanted ids that have a place in the file, and their WGS-84 places."""
    # One pass in C++ into an index, then a look-up each: ten times faster than a node at a time.
    # This kind of index needs no order: some exports write nodes as they come.
    index = osmium.index.create_map("sparse_mem_map")
    reader = osmium.io.Reader(osm_source(path), osmium.osm.NODE)
    osmium.apply(reader, osmium.NodeLocationsForWays(index))
    reader.close()
    drawn = _drawn(path) if len(wanted) and wanted[0] < 0 else {}
    found, places = array("q"), array("d")
    for node in wanted.tolist():
        try:
            place = index.get(node) if node >= 0 else drawn[node]
        except KeyError:
            continue
        if place.valid():
            found.append(node)
            places.extend((place.lon, place.lat))
    return _ints(found), np.array(places, dtype=np.float64).reshape(-1, 2)


def _drawn(path: Path) -> dict[int, osmium.osm.Location]:
    """Return the places of nodes that an editor drew and no server has numbered: ids below 0."""
    nodes = osmium.FileProcessor(osm_source(path), osmium.osm.NODE)
    return {
        node.id: osmium.osm.Location(node.location.lon, node.location.lat)
        for node in nodes
        if isinstance(node, osmium.osm.Node) and node.id < 0 and node.location.valid()
    }


def _signals(path: Path) -> tuple[IntArray, IntArray, IntArray]:
    """Return the ids of nodes with signals for all, for one direction, for the other.

    Source: OSM wiki, Tag:highway=traffic_signals and Key:traffic_signals:direction.
    """
    found: Mapping[str, list[int]] = {"both": [], "forward": [], "backward": []}
    nodes = osmium.FileProcessor(osm_source(path), osmium.osm.NODE)
    for node in nodes.with_filter(osmium.filter.TagFilter(("highway", "traffic_signals"))):
        said = node.tags.get("traffic_signals:direction") or "both"
        found[said if said in found else "both"].append(node.id)
    both, forward, backward = (np.array(sorted(ids), dtype=np.int64) for ids in found.values())
    return both, forward, backward


def _ints(values: array[int]) -> IntArray:
    return np.array(values, dtype=np.int64)
