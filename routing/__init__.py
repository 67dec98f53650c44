"""The street network: build, keep, snap, travel times, routes.

In: an .osm.pbf, .osm or .graphml file, places in WGS-84. Out: a ``StreetNetwork``, its bytes,
``TravelMatrix`` with a reason for every pair that has none, ``RouteLine``.
May import: domain. osmnx and osmium live here and nowhere else; a build needs them, a plan does
not, so they are loaded by the first ``build_streets``.
"""

from routing.artifact import from_bytes, to_bytes
from routing.build import build_place, build_streets
from routing.closing import check_shape, edges_touched
from routing.crossings import crossings_of, far_end, stretch_at
from routing.straight import StraightLineTimes
from routing.street_between import street_between
from routing.times import StreetTimes
from routing.warm_up import warm_up

__all__ = [
    "StraightLineTimes",
    "StreetTimes",
    "build_place",
    "build_streets",
    "check_shape",
    "crossings_of",
    "edges_touched",
    "far_end",
    "from_bytes",
    "street_between",
    "stretch_at",
    "to_bytes",
    "warm_up",
]
