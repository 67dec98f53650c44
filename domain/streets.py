"""The street network as arrays: what routing builds, the town is laid along, the map draws."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from domain.places import LonLat

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


class AreaKind(StrEnum):
    """Green and blue on the base map; nothing is routed over it."""

    PARK = "park"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class Area:
    """A park or a water body: one outer ring, WGS-84 (k, 2), first place equal to the last."""

    kind: AreaKind
    ring: FloatArray
    name: str = ""


@dataclass(frozen=True, slots=True)
class StreetReport:
    """What a build kept and what it left out, for the person who imported the file.

    Counts are of nodes and directed edges; ``dropped_*`` lie outside the largest strongly
    connected part, so a crew that drove in could not drive out. ``attribution`` is who must be
    named wherever the streets are drawn; empty for invented ones.
    """

    source: str
    nodes: int
    edges: int
    dropped_nodes: int
    dropped_edges: int
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class StreetNetwork:
    """Directed street edges in arrays, all strongly connected.

    Attributes
    ----------
    nodes
        (n, 2) WGS-84 lon, lat.
    tail, head
        (m,) node indexes of each directed edge.
    length_m, seconds
        (m,) metres; free-flow driving seconds from the class table.
    road_class
        (m,) index into ``classes`` (OSM's highway values, such as ``residential``).
    name
        (m,) index into ``names``; index 0 is the empty name.
    shape_start
        (m + 1,) edge e's course is ``shape[shape_start[e]:shape_start[e + 1]]``.
    shape
        (k, 2) WGS-84 lon, lat; each course has at least two places, tail first, head last.
    areas
        Parks and water bodies for the base map.
    """

    nodes: FloatArray
    tail: IntArray
    head: IntArray
    length_m: FloatArray
    seconds: FloatArray
    road_class: IntArray
    classes: tuple[str, ...]
    name: IntArray
    names: tuple[str, ...]
    shape_start: IntArray
    shape: FloatArray
    areas: tuple[Area, ...]
    report: StreetReport

    def course(self, edge: int) -> FloatArray:
        """Return the (k, 2) WGS-84 course of one edge, tail first."""
        return self.shape[self.shape_start[edge] : self.shape_start[edge + 1]]

    def name_of(self, edge: int) -> str:
        """Return the street's name, empty if it has none."""
        return self.names[int(self.name[edge])]


class Unreachable(StrEnum):
    """Why there is no travel time between two places; never written as a large number."""

    TOO_FAR_FROM_ROAD = "too_far_from_road"
    OTHER_PART = "other_part"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TravelTimes:
    """Travel times between places, and how they were found.

    Attributes
    ----------
    seconds
        (n, n) driving seconds from row to column; ``inf`` where there is none. Zero diagonal.
    metres
        (n, n) driving metres, ``inf`` in the same cells.
    reasons
        Why a cell is ``inf``, by (row, column).
    straight_line
        True if no streets were known and the times are straight-line estimates.
    method
        One sentence for people: which engine, which assumptions.
    """

    seconds: FloatArray
    metres: FloatArray
    reasons: dict[tuple[int, int], Unreachable]
    straight_line: bool
    method: str


@dataclass(frozen=True, slots=True)
class RouteLine:
    """The way from one place to another: what the map draws and the crew drives.

    Attributes
    ----------
    path
        WGS-84 places from the start to the end, both included.
    metres, seconds
        The same figures as the travel-time matrix gives for this pair.
    """

    path: tuple[LonLat, ...]
    metres: float
    seconds: float
