"""Small street maps drawn by a test: nodes with places, ways with tags, as an .osm text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, radians
from pathlib import Path
from xml.sax.saxutils import quoteattr

from domain.places import LonLat

#: Metres per degree of latitude on osmnx's sphere of 6371009 m.
DEGREE_M = 111_195.08


@dataclass(frozen=True)
class Way:
    """One way: node ids in order and tags."""

    nodes: Sequence[int]
    tags: dict[str, str] = field(default_factory=lambda: {"highway": "residential"})


def street(*nodes: int, **tags: str) -> Way:
    """Return a residential way, its tags overridden."""
    return Way(nodes, {"highway": "residential", **tags})


def at(east_m: float, north_m: float, lat0: float = 30.0, lon0: float = 120.0) -> LonLat:
    """Return the place so many metres east and north of an origin, to 1e-7 degrees as OSM has."""
    lat = lat0 + north_m / DEGREE_M
    lon = lon0 + east_m / (DEGREE_M * cos(radians(lat0)))
    return LonLat(round(lon, 7), round(lat, 7))


def write_osm(path: Path, places: dict[int, LonLat], ways: Sequence[Way], extra: str = "") -> Path:
    """Write the map as OSM XML and return its path."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
    lines += [f'<node id="{i}" lon="{p.lon!r}" lat="{p.lat!r}"/>' for i, p in places.items()]
    for number, way in enumerate(ways, start=1):
        refs = "".join(f'<nd ref="{node}"/>' for node in way.nodes)
        tags = "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in way.tags.items())
        lines.append(f'<way id="{number}">{refs}{tags}</way>')
    path.write_text("\n".join([*lines, extra, "</osm>"]), encoding="utf-8")
    return path
