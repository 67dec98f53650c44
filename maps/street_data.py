"""The base map: streets by rank with their names, parks and water."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import numpy.typing as npt
from shapely.geometry import LineString, MultiLineString
from shapely.ops import linemerge

from domain.streets import StreetNetwork
from maps.detail import Detail
from maps.encode import course, thinned

#: Half a metre is less than a pixel at the deepest zoom; it only drops places on straight lines.
INVISIBLE_M = 0.5

#: How wide a street is drawn: 0 widest. Source: the order of OSM's highway values.
RANKS = {
    "motorway": 0,
    "trunk": 0,
    "primary": 0,
    "secondary": 1,
    "tertiary": 2,
    "unclassified": 3,
    "residential": 3,
    "living_street": 3,
}
LOWEST_RANK = 4

Line = npt.NDArray[np.float64]


def street_data(streets: StreetNetwork | None, detail: Detail) -> dict[str, Any]:
    """Return ``names``, ``areas``, ``lines`` of [rank, name index, course], and the ``credit``."""
    if streets is None or not detail.streets:
        return {"names": [""], "areas": [], "lines": [], "credit": ""}
    tolerance = max(detail.street_tolerance_m, INVISIBLE_M)
    lines = [
        [rank, name, thinned(line, tolerance)]
        for (rank, name), group in sorted(_groups(streets).items())
        if rank < LOWEST_RANK or detail.minor_streets
        for line in _merged(group)
    ]
    return {
        "names": list(streets.names),
        "areas": _areas(streets),
        "lines": lines,
        "credit": streets.report.attribution,
    }


def _areas(streets: StreetNetwork) -> list[list[Any]]:
    return [[area.kind.value, area.name, course(area.ring)] for area in streets.areas]


def _groups(streets: StreetNetwork) -> dict[tuple[int, int], list[Line]]:
    """Return each street once, whichever way it is driven, by (rank, name index)."""
    seen: set[tuple[bytes, bytes]] = set()
    groups: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for edge in range(len(streets.tail)):
        line = streets.course(edge)
        there, back = line.tobytes(), line[::-1].tobytes()
        key = (min(there, back), max(there, back))
        if key not in seen:
            seen.add(key)
            groups[_rank(streets, edge), int(streets.name[edge])].append(line)
    return groups


def _rank(streets: StreetNetwork, edge: int) -> int:
    name = streets.classes[int(streets.road_class[edge])].removesuffix("_link")
    return RANKS.get(name, LOWEST_RANK)


def _merged(group: list[Line]) -> list[Line]:
    """Return the lines of one street joined end to end where no third one meets them."""
    if len(group) == 1:
        return group
    joined = linemerge(MultiLineString([LineString(line) for line in group]))
    parts = joined.geoms if isinstance(joined, MultiLineString) else [joined]
    return sorted((np.asarray(part.coords) for part in parts), key=lambda line: line.tolist())
