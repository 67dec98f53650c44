"""The street network as arrays: what routing builds, the town is laid along, the map draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

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
    named wherever the streets are drawn; empty for invented ones. ``bans`` counts the turn
    restrictions kept, ``bans_unread`` those that name what the file lacks or make no sense;
    ``*_left_out`` count the ferries and the private roads that were not asked for, as the file
    has them (ways, or edges of a graph).
    """

    source: str
    nodes: int
    edges: int
    dropped_nodes: int
    dropped_edges: int
    attribution: str = ""
    bans: int = 0
    bans_unread: int = 0
    ferries_left_out: int = 0
    private_left_out: int = 0


@dataclass(frozen=True, slots=True)
class StreetName:
    """What a street is called: by those who live there, in Chinese, in English, by number.

    Each may be empty; ``ref`` is a road's number such as ``G65``.
    """

    local: str = ""
    zh: str = ""
    en: str = ""
    ref: str = ""


def _no_ints() -> IntArray:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class DrivingRules:
    """What steers a drive beside the streets' course; empty where streets are only drawn.

    Attributes
    ----------
    ban_start, bans
        Ban k is the sequence of edges ``bans[ban_start[k]:ban_start[k + 1]]``, two or more, each
        beginning where the one before ends, that must not be driven one after the other.
    signals
        Indexes of nodes with traffic signals, ascending.
    roundabouts, ferries, private
        Indexes of edges, ascending: round a roundabout; on a ferry; for residents only.
    opposite
        (m,) for each edge the edge of the same course backwards, -1 on a one-way street.
    ref, refs
        (m,) index into ``refs``, road numbers; index 0 is the empty one.
    order
        The turn states, by number, in the order in which a contraction hierarchy takes them;
        empty if it has not been prepared.
    left
        True where traffic drives on the left.
    """

    ban_start: IntArray = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    bans: IntArray = field(default_factory=_no_ints)
    signals: IntArray = field(default_factory=_no_ints)
    roundabouts: IntArray = field(default_factory=_no_ints)
    ferries: IntArray = field(default_factory=_no_ints)
    private: IntArray = field(default_factory=_no_ints)
    opposite: IntArray = field(default_factory=_no_ints)
    ref: IntArray = field(default_factory=_no_ints)
    refs: tuple[str, ...] = ("",)
    order: IntArray = field(default_factory=_no_ints)
    left: bool = False


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
    translations
        What each of ``names`` is in Chinese and in English, empty where unknown; an empty tuple
        if nothing is known.
    rules
        Turn bans, signals, roundabouts and what else a drive obeys.
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
    translations: tuple[tuple[str, str], ...] = ()
    rules: DrivingRules = field(default_factory=DrivingRules)

    def course(self, edge: int) -> FloatArray:
        """Return the (k, 2) WGS-84 course of one edge, tail first."""
        return self.shape[self.shape_start[edge] : self.shape_start[edge + 1]]

    def name_of(self, edge: int) -> str:
        """Return the street's name, empty if it has none."""
        return self.names[int(self.name[edge])]

    def label_of(self, edge: int) -> StreetName:
        """Return all the names of the street that an edge belongs to."""
        name = int(self.name[edge])
        zh, en = self.translations[name] if self.translations else ("", "")
        rules = self.rules
        return StreetName(
            self.names[name], zh, en, rules.refs[int(rules.ref[edge])] if len(rules.ref) else ""
        )
