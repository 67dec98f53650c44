"""The crews as dispatchers say they are now: who is there and when, whose day is locked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.crews import Crew, CrewHold, HoldKind, Shift
from domain.visits import TrackedVisit
from storage import UnitOfWork


@dataclass(frozen=True)
class Roster:
    """Who can be planned.

    Attributes
    ----------
    present
        By id, in the list's order, the crews with the part of their shift in which they are there.
    locked
        Ids of those whose visits stand as they are.
    forbidden
        Pairs of crew and work order id.
    holds
        What was said of crews and is not over; it may be to come.
    """

    present: Mapping[str, Crew]
    locked: frozenset[str] = field(default_factory=frozenset)
    forbidden: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    holds: tuple[CrewHold, ...] = ()

    @classmethod
    def read(cls, work: UnitOfWork, now: datetime) -> Roster:
        """Return the roster as this unit of work sees it."""
        words = work.crew_words
        forbidden = frozenset((one.crew, one.work_order) for one in words.forbidden())
        return cls.of(work.crews.all(), words.holds(), forbidden, now)

    @classmethod
    def of(
        cls,
        crews: Iterable[Crew],
        holds: Iterable[CrewHold],
        forbidden: frozenset[tuple[str, str]],
        now: datetime,
    ) -> Roster:
        """Return the roster; ``holds`` may be over or to come."""
        standing = tuple(one for one in holds if not is_over(one, now))
        away = {one.crew: one for one in standing if one.kind is HoldKind.AWAY}
        locked = {one.crew for one in standing if one.kind is HoldKind.LOCKED}
        there = (_there(crew, away.get(crew.id), now) for crew in crews)
        present = {crew.id: crew for crew in there if crew is not None}
        return cls(present, frozenset(locked & present.keys()), forbidden, standing)

    def hold(self, crew: str, kind: HoldKind) -> CrewHold | None:
        """Return what was said of the crew, None if nothing of this kind was."""
        return next((one for one in self.holds if (one.crew, one.kind) == (crew, kind)), None)

    def keeps(self, visit: TrackedVisit) -> bool:
        """Return True if no plan takes the visit away.

        Its crew has accepted or begun it; or is there, and has it by a dispatcher's word: pinned,
        or as part of a locked day.
        """
        if visit.has_started:
            return True
        if not visit.is_live or visit.crew not in self.present:
            return False
        by_word = visit.pinned or visit.crew in self.locked
        return by_word and (visit.crew, visit.work_order) not in self.forbidden


def is_over(hold: CrewHold, now: datetime) -> bool:
    """Return True if the hold has ended by itself."""
    return hold.until is not None and hold.until <= now


def is_in_force(hold: CrewHold, now: datetime) -> bool:
    """Return True if the hold counts now."""
    return hold.since <= now and not is_over(hold, now)


def _there(crew: Crew, away: CrewHold | None, now: datetime) -> Crew | None:
    """Return the crew with the next stretch of its shift in which it is there, None if none.

    One that will be away later is planned until then; what follows is planned once it has gone.
    """
    if away is None:
        return crew
    start, end = crew.shift.start, crew.shift.end
    if max(now, start) < away.since:
        end = min(end, away.since)
    elif away.until is None:
        return None
    else:
        start = max(start, away.until)
    return replace(crew, shift=Shift(start, end)) if start < end else None
