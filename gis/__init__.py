"""The pipe network: read, check, locate, snap, isolate, group, export.

In: network files, tickets' words and places, bursts. Out: domain values: networks, candidates,
snaps, isolations, groups of tickets, findings, GeoJSON. Degrees at the edge, metres only in crs.
May import: domain, and numpy, shapely, pyproj, wntr. Never a sibling package.
Imported by: operations and mainbreak.
"""

from gis.check import check
from gis.connect import connect_premises
from gis.export import outage_features
from gis.gazetteer import Gazetteer
from gis.geojson import write_network_geojson
from gis.geojson_read import read_network_geojson
from gis.group import group_tickets, probable_pipe
from gis.inp import read_inp
from gis.isolate import isolate
from gis.judge import judge_position
from gis.public_area import public_area
from gis.segments import Segments, segment_of
from gis.snap import Snapper

__all__ = [
    "Gazetteer",
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
    "read_inp",
    "read_network_geojson",
    "segment_of",
    "write_network_geojson",
]
