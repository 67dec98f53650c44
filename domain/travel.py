"""Travel times, routes and steps: what every engine answers, and the one interface to ask by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, overload

import numpy as np

from domain.closures import Closure
from domain.places import LonLat
from domain.streets import FloatArray, StreetName


class Unreachable(StrEnum):
    """Why there is no travel time between two places; never written as a large number."""

    TOO_FAR_FROM_ROAD = "too_far_from_road"
    OTHER_PART = "other_part"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class TravelMatrix:
    """Travel times from p origins to q destinations, and how they were found.

    Attributes
    ----------
    seconds
        (p, q) driving seconds from row to column; ``inf`` where there is none. Zero between
        equal places.
    reasons
        Why a cell is ``inf``, by (row, column).
    straight_line
        True if no streets were known and the times are straight-line estimates.
    method
        One sentence for people: which engine, which assumptions.
    metric
        The version of the street speeds and closures that every cell was reckoned with.
    """

    seconds: FloatArray
    reasons: dict[tuple[int, int], Unreachable]
    straight_line: bool
    method: str
    metric: int = 0


class StepType(StrEnum):
    """What to do at a place. Source: the step vocabulary of OSRM's HTTP API."""

    DEPART = "depart"
    TURN = "turn"
    NEW_NAME = "new name"
    CONTINUE = "continue"
    MERGE = "merge"
    ON_RAMP = "on ramp"
    OFF_RAMP = "off ramp"
    FORK = "fork"
    END_OF_ROAD = "end of road"
    ROUNDABOUT = "roundabout"
    EXIT_ROUNDABOUT = "exit roundabout"
    ARRIVE = "arrive"


class Modifier(StrEnum):
    """Which way. Source: the step vocabulary of OSRM's HTTP API."""

    UTURN = "uturn"
    SHARP_RIGHT = "sharp right"
    RIGHT = "right"
    SLIGHT_RIGHT = "slight right"
    STRAIGHT = "straight"
    SLIGHT_LEFT = "slight left"
    LEFT = "left"
    SHARP_LEFT = "sharp left"


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction and the drive that follows it.

    Attributes
    ----------
    type, modifier
        What to do at ``at``; of a departure and an arrival the modifier is the side of the street
        that the place lies on, None straight ahead or unknown.
    at
        WGS-84.
    street
        The street driven on after it; of an arrival the street arrived on.
    metres, seconds
        Until the next step; zero of the arrival.
    exit
        Which exit of a roundabout, from 1; None elsewhere.
    """

    type: StepType
    modifier: Modifier | None
    at: LonLat
    street: StreetName
    metres: float
    seconds: float
    exit: int | None = None


class Course(Sequence[LonLat]):
    """Places kept as a (k, 2) WGS-84 array; each is made when it is looked at.

    Equal to any other sequence of the same places.
    """

    __slots__ = ("lonlat",)

    def __init__(self, lonlat: FloatArray) -> None:
        self.lonlat = lonlat

    def __len__(self) -> int:
        return len(self.lonlat)

    @overload
    def __getitem__(self, at: int) -> LonLat: ...

    @overload
    def __getitem__(self, at: slice) -> Course: ...

    def __getitem__(self, at: int | slice) -> LonLat | Course:
        if isinstance(at, slice):
            return Course(self.lonlat[at])
        lon, lat = self.lonlat[at].tolist()
        return LonLat(lon, lat)

    def __iter__(self) -> Iterator[LonLat]:
        return map(LonLat, self.lonlat[:, 0].tolist(), self.lonlat[:, 1].tolist())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Course):
            return np.array_equal(self.lonlat, other.lonlat)
        if isinstance(other, Sequence) and not isinstance(other, str):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Course({self.lonlat.tolist()})"


@dataclass(frozen=True, slots=True)
class RouteLine:
    """The way from one place to another: what the map draws and the crew drives.

    Attributes
    ----------
    path
        WGS-84 places from the start to the end, both included.
    metres, seconds
        Of the whole way; the seconds are those of the matrix for this pair.
    steps
        What to do on the way, departure first, arrival last; empty unless asked for.
    metric
        As of ``TravelMatrix``.
    """

    path: Sequence[LonLat]
    metres: float
    seconds: float
    steps: tuple[Step, ...] = ()
    metric: int = 0


@dataclass(frozen=True, slots=True)
class RoadPlace:
    """Where a place meets the streets.

    ``at`` (WGS-84) is the nearest point on a street, ``distance_m`` metres away; ``reason`` says
    why it is of no use, None if it is.
    """

    place: LonLat
    at: LonLat
    distance_m: float
    street: StreetName
    reason: Unreachable | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """What can be reached from a place within a time: stretches of street as (k, 2) WGS-84."""

    stretches: tuple[FloatArray, ...]
    metric: int = 0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do: its name, and whether it knows streets, turns and closures."""

    engine: str
    streets: bool
    turn_restrictions: bool
    closures: bool
    steps: bool


@dataclass(frozen=True, slots=True)
class Closing:
    """What the engine made of the closures it was given.

    ``metric`` is the version from now on; ``streets`` counts by closure id how many directed
    edges it closes or slows, so that a closure that touches none can be told.
    """

    metric: int
    streets: dict[str, int] = field(default_factory=dict)


class TravelTimes(Protocol):
    """One engine. Every answer is reckoned with one metric: speeds and closures of one instant.

    ``at`` chooses the time band whose calibration scales the seconds; None is free flow.
    """

    @property
    def capabilities(self) -> Capabilities:
        """What this engine can do."""

    @property
    def metric(self) -> int:
        """The version of speeds and closures that the next answer is reckoned with."""

    def matrix(
        self,
        origins: Sequence[LonLat],
        destinations: Sequence[LonLat] | None = None,
        *,
        at: datetime | None = None,
    ) -> TravelMatrix:
        """Return the times from each origin to each destination; to the origins if none given."""

    def route(
        self, a: LonLat, b: LonLat, *, at: datetime | None = None, steps: bool = False
    ) -> RouteLine | Unreachable:
        """Return the fastest way with the seconds of the matrix, or why there is none."""

    def snap(self, places: Sequence[LonLat]) -> tuple[RoadPlace, ...]:
        """Return where each place meets its nearest street."""

    def reachable(
        self, origin: LonLat, seconds: float, *, at: datetime | None = None
    ) -> Reach | Unreachable:
        """Return what can be reached within so many seconds."""

    def close(self, closures: Sequence[Closure]) -> Closing:
        """Drive by exactly these closures from the next answer on; readers never wait."""
