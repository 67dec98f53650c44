"""The pipe network: read, check, locate, snap, isolate, group, export.

In: network files, tickets' words and places, bursts. Out: domain values: networks, candidates,
snaps, isolations, groups of tickets, findings, GeoJSON. Degrees at the edge, metres only in crs.
May import: domain, and numpy, scipy, shapely, pyproj, pyogrio, wntr. Never a sibling package.
Imported by: operations and mainbreak.
"""

from gis.checking import Mended, Mending, check, mend, write_findings
from gis.clustering import explains, group_tickets, prepare_suspects, probable_pipe, suspects
from gis.connect import connect_premises
from gis.criticality_layer import write_criticality
from gis.datum_alarm import WrongDatum, wrong_datum
from gis.export import outage_features
from gis.halfway import halfway
from gis.isolation import (
    Segments,
    criticality,
    isolate,
    renew,
    segment_of,
    without_water,
)
from gis.judge import judge_position
from gis.locating.gazetteer import Gazetteer
from gis.public_area import public_area
from gis.reading import SNAP_M, NetworkFile, read_network
from gis.snap import Snapper
from gis.valve_sites import valve_sites
from gis.warm_up import warm_up
from gis.writing import whole_file, write_network, write_network_geojson

__all__ = [
    "SNAP_M",
    "Gazetteer",
    "Mended",
    "Mending",
    "NetworkFile",
    "Segments",
    "Snapper",
    "WrongDatum",
    "check",
    "connect_premises",
    "criticality",
    "explains",
    "group_tickets",
    "halfway",
    "isolate",
    "judge_position",
    "mend",
    "outage_features",
    "prepare_suspects",
    "probable_pipe",
    "public_area",
    "read_network",
    "renew",
    "segment_of",
    "suspects",
    "valve_sites",
    "warm_up",
    "whole_file",
    "without_water",
    "write_criticality",
    "write_findings",
    "write_network",
    "write_network_geojson",
    "wrong_datum",
]
