"""Crews: people with skills, tools and a vehicle, available during a shift."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from domain.places import LonLat
from domain.words import Skill


@dataclass(frozen=True, slots=True)
class Shift:
    """The window in which a crew is available: aware times, ``start`` before ``end``."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a shift needs times with a zone")
        if self.end <= self.start:
            raise ValueError("a shift ends after it starts")


@dataclass(frozen=True, slots=True)
class Break:
    """A break of so many seconds that should begin between two instants; aware.

    A crew takes it before it sets out, the first time it would set out at ``earliest`` or later.
    One that begins after ``latest`` is priced, not forbidden.
    """

    earliest: datetime
    latest: datetime
    duration_s: int


@dataclass(frozen=True, slots=True)
class Crew:
    """A crew, where it starts its shift (WGS-84), what it can do and what it carries.

    Attributes
    ----------
    levels
        (skill, level) where the crew holds a skill at more than level 1.
    breaks
        In order of time, none overlapping.
    overtime_s
        How long after the shift's end it may still work, at a price.
    home
        Where the crew must be back by then; None where the way home is not planned.
    stock
        (part, pieces) in the van. What is missing is picked up at a depot.
    territories
        Names of the districts it prefers; empty where it has no preference.
    reserve
        Kept free for emergencies: other work on it is priced.
    """

    id: str
    name: str
    skills: frozenset[Skill]
    size: int
    position: LonLat
    shift: Shift
    vehicle: str = ""
    levels: tuple[tuple[Skill, int], ...] = ()
    breaks: tuple[Break, ...] = ()
    overtime_s: int = 0
    home: LonLat | None = None
    stock: tuple[tuple[str, int], ...] = ()
    territories: tuple[str, ...] = ()
    reserve: bool = False

    def level(self, skill: Skill) -> int:
        """Return at which level the crew holds a skill, 0 if it does not."""
        return dict(self.levels).get(skill, 1) if skill in self.skills else 0


def next_morning(crews: Iterable[Crew], now: datetime) -> datetime | None:
    """Return when the first shift of another day begins, None without crews.

    Shifts come again every day at the same times: nobody says so, most utilities do so.
    """
    first = min((crew.shift.start for crew in crews), default=None)
    if first is None:
        return None
    first += timedelta(days=1)
    while first <= now:
        first += timedelta(days=1)
    return first


@dataclass(frozen=True, slots=True)
class Depot:
    """A store where crews pick up parts; it has enough of each.

    ``load_s`` is how long a pick-up takes, seconds.
    """

    id: str
    name: str
    position: LonLat
    load_s: int = 900


class HoldKind(StrEnum):
    """What a dispatcher says about a whole crew."""

    LOCKED = "locked"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class CrewHold:
    """A crew whose day stands as it is (locked), or that is not there (away: ill, broken down).

    ``until`` is None while nobody knows.
    """

    crew: str
    kind: HoldKind
    since: datetime
    until: datetime | None
    reason: str
    made_by: str


@dataclass(frozen=True, slots=True)
class Forbidden:
    """A dispatcher's word that this crew may not do this work order."""

    crew: str
    work_order: str
    made_at: datetime
    made_by: str
    reason: str = ""
