"""A street network straight from the made OSM XML: one edge between any two shared nodes.

Written for these tests alone, so that they judge the town without ``routing``.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise
from math import cos, hypot, radians

import numpy as np

from domain.streets import Area, AreaKind, StreetNetwork, StreetReport

Place = tuple[float, float]


def _tags(way: ET.Element) -> dict[str, str]:
    return {tag.get("k", ""): tag.get("v", "") for tag in way.iter("tag")}


def _refs(way: ET.Element) -> list[str]:
    return [nd.get("ref", "") for nd in way.iter("nd")]


def metres(course: list[Place]) -> float:
    """Return the length of a course of lon, lat degrees, good to half a percent."""
    total = 0.0
    for (a, b), (c, d) in pairwise(course):
        total += hypot((c - a) * 111_320 * cos(radians(b)), (d - b) * 111_132)
    return total


def parse(text: str) -> tuple[dict[str, Place], list[ET.Element], list[ET.Element]]:
    """Return places by node id, the streets' ways and the areas' ways."""
    root = ET.fromstring(text)  # noqa: S314 - our own text
    places = {
        node.get("id", ""): (float(node.get("lon", "")), float(node.get("lat", "")))
        for node in root.iter("node")
    }
    ways = list(root.iter("way"))
    return places, [w for w in ways if "highway" in _tags(w)], [
        w for w in ways if "highway" not in _tags(w)
    ]  # fmt: skip


def stretches(ways: list[ET.Element]) -> list[tuple[list[str], dict[str, str]]]:
    """Return the ways cut at every node that they share, with their tags."""
    uses = Counter(ref for way in ways for ref in _refs(way))
    result = []
    for way in ways:
        refs, start = _refs(way), 0
        for index in range(1, len(refs)):
            if uses[refs[index]] > 1 or index == len(refs) - 1:
                result.append((refs[start : index + 1], _tags(way)))
                start = index
    return result


def as_streets(text: str) -> StreetNetwork:
    """Return the made streets as arrays."""
    places, ways, areas = parse(text)
    edges: list[tuple[list[str], dict[str, str]]] = []
    for refs, tags in stretches(ways):
        edges.append((refs, tags))
        if tags.get("oneway") != "yes":
            edges.append((refs[::-1], tags))
    ends = sorted({ref for refs, _ in edges for ref in (refs[0], refs[-1])}, key=int)
    number = {ref: index for index, ref in enumerate(ends)}
    courses = [[places[ref] for ref in refs] for refs, _ in edges]
    classes = tuple(sorted({tags["highway"] for _, tags in edges}))
    names = ("", *sorted({tags["name"] for _, tags in edges}))
    length = np.array([metres(course) for course in courses])
    return StreetNetwork(
        nodes=np.array([places[ref] for ref in ends]),
        tail=np.array([number[refs[0]] for refs, _ in edges]),
        head=np.array([number[refs[-1]] for refs, _ in edges]),
        length_m=length,
        seconds=length / 10.0,
        road_class=np.array([classes.index(tags["highway"]) for _, tags in edges]),
        classes=classes,
        name=np.array([names.index(tags["name"]) for _, tags in edges]),
        names=names,
        shape_start=np.cumsum([0, *(len(course) for course in courses)]),
        shape=np.array([place for course in courses for place in course]),
        areas=tuple(_area(way, places) for way in areas),
        report=StreetReport("made", len(ends), len(edges), 0, 0),
    )


def _area(way: ET.Element, places: dict[str, Place]) -> Area:
    tags = _tags(way)
    kind = AreaKind.WATER if "natural" in tags else AreaKind.PARK
    return Area(kind, np.array([places[ref] for ref in _refs(way)]), tags["name"])
