"""The map under a crew's visits: streets and pipes near them, in the tables the pages draw from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import cos, radians
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.incidents import Outage
from domain.network import Link, PipeNetwork
from domain.places import LonLat
from domain.states import OutageState
from domain.streets import StreetNetwork
from maps.detail import Detail
from maps.network_data import isolation_valve_data, pipe_data
from maps.street_data import street_data
from operations.ground import Ground
from operations.showing.crew_day import CrewVisit

#: Metres around each visit that the phone's map shows. Source: mainbreak default; what a crew
#: sees when it walks from one isolation valve to the next.
AROUND_M = 800.0

#: Metres in a degree of latitude. Source: WGS-84 mean meridian, 40 007.86 km / 360.
_METRES_PER_DEGREE = 111_133.0

#: Of the isolation valves only those a crew turns.
_NAMED_ONLY = Detail(idle_isolation_valves=False)

_PREDICTED = frozenset({OutageState.PREDICTED, OutageState.ANNOUNCED})

#: West, south, east, north in degrees, one row a box.
Boxes = npt.NDArray[np.float64]


def crew_ground(
    ground: Ground, visits: Sequence[CrewVisit], outages: Sequence[Outage]
) -> dict[str, Any]:
    """Return ``streets`` and ``pipes`` around the visits, and the ``isolation_valves`` to close.

    ``outages`` holds one row an outage: its incident, whether it is only ``predicted``, and the
    rows of its pipes in ``pipes``.
    """
    boxes = _boxes([at for one in visits for at in (one.target, one.incident.location)])
    links = _links_within(ground.network, boxes)
    pipes = pipe_data(PipeNetwork(nodes=(), links=links), Detail())
    rows = {link.id: row for row, link in enumerate(links)}
    mine = {one.order.incident for one in visits}
    turned = {step.valve.id for one in visits for step in one.steps or ()}
    turned |= {step.valve.id for one in visits for step in one.opening or ()}
    return {
        "streets": street_data(_streets_within(ground.streets, boxes), Detail()),
        "pipes": pipes,
        "isolation_valves": isolation_valve_data(ground.network, turned, _NAMED_ONLY),
        "outages": [_dry(one, rows) for one in outages if one.incident in mine],
    }


def _dry(outage: Outage, rows: dict[str, int]) -> dict[str, Any]:
    isolation = outage.isolation
    dry = (*isolation.segment_pipes, *isolation.unintended_pipes)
    return {
        "incident": outage.incident,
        "predicted": outage.state in _PREDICTED,
        "pipes": [rows[one] for one in dry if one in rows],
    }


def _boxes(places: Sequence[LonLat]) -> Boxes:
    tall = AROUND_M / _METRES_PER_DEGREE
    found = []
    for at in places:
        wide = tall / max(0.01, cos(radians(at.lat)))
        found.append((at.lon - wide, at.lat - tall, at.lon + wide, at.lat + tall))
    return np.asarray(found, dtype=np.float64).reshape(-1, 4)


def _inside(points: npt.NDArray[np.float64], boxes: Boxes) -> npt.NDArray[np.bool_]:
    """Return for each (lon, lat) whether it lies in any box."""
    found = np.zeros(len(points), dtype=np.bool_)
    for west, south, east, north in boxes:
        lon, lat = points[:, 0], points[:, 1]
        found |= (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return found


def _links_within(network: PipeNetwork, boxes: Boxes) -> tuple[Link, ...]:
    if not network.links or not len(boxes):
        return ()
    ends = [(link.path[0], link.path[-1]) for link in network.links]
    first = np.asarray([(a.lon, a.lat) for a, _ in ends])
    last = np.asarray([(b.lon, b.lat) for _, b in ends])
    near = _inside(first, boxes) | _inside(last, boxes)
    return tuple(network.links[row] for row in np.flatnonzero(near))


def _streets_within(streets: StreetNetwork | None, boxes: Boxes) -> StreetNetwork | None:
    """Return the streets with an end in a box, and the areas that reach into one."""
    if streets is None or not len(boxes):
        return None
    near = _inside(streets.nodes, boxes)
    edges = np.flatnonzero(near[streets.tail] | near[streets.head])
    if not len(edges):
        return None
    courses = [streets.course(int(edge)) for edge in edges]
    used, name = np.unique([0, *streets.name[edges]], return_inverse=True)
    return replace(
        streets,
        tail=streets.tail[edges],
        head=streets.head[edges],
        length_m=streets.length_m[edges],
        seconds=streets.seconds[edges],
        road_class=streets.road_class[edges],
        name=name[1:],
        names=tuple(streets.names[one] for one in used),
        shape_start=np.cumsum([0, *(len(course) for course in courses)]),
        shape=np.concatenate(courses),
        areas=tuple(area for area in streets.areas if _reaches(area.ring, boxes)),
    )


def _reaches(ring: npt.NDArray[np.float64], boxes: Boxes) -> bool:
    """Return True if the ring's own box and one of the boxes overlap."""
    (west, south), (east, north) = ring.min(axis=0), ring.max(axis=0)
    apart = (boxes[:, 0] > east) | (boxes[:, 2] < west)
    apart |= (boxes[:, 1] > north) | (boxes[:, 3] < south)
    return bool((~apart).any())
