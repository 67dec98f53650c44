"""The pipe network: read, check, locate, snap, isolate, group, export.

In: network files, tickets' words and places, bursts. Out: domain values: networks, candidates,
snaps, isolations, groups of tickets, findings, GeoJSON. Degrees at the edge, metres only in crs.
May import: domain, and numpy, scipy, shapely, pyproj, pyogrio, wntr. Never a sibling package.
Imported by: operations and mainbreak.
"""

from gis.check import check
from gis.connect import connect_premises
from gis.export import outage_features
from gis.gazetteer import Gazetteer
from gis.group import group_tickets, probable_pipe
from gis.isolate import isolate
from gis.judge import judge_position
from gis.public_area import public_area
from gis.reading import NetworkFile, read_network
from gis.segments import Segments, segment_of
from gis.snap import Snapper
from gis.writing import write_network_geojson

__all__ = [
    "Gazetteer",
    "NetworkFile",
    "Segments",
    "Snapper",
    "check",
    "connect_premises",
    "group_tickets",
    "isolate",
    "judge_position",
    "outage_features",
    "probable_pipe",
    "public_area",
    "read_network",
    "segment_of",
    "write_network_geojson",
]
