"""A plan: each crew's ordered visits, the unassigned work with reasons, at an instant."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.sentences import Sentence
from domain.states import VisitState


class Blocked(StrEnum):
    """Why a work order is unassigned; the machine's word."""

    NO_SKILL = "no_skill"
    CREW_TOO_SMALL = "crew_too_small"
    UNREACHABLE = "unreachable"
    AFTER_SHIFTS = "after_shifts"
    WAITS_FOR_UNASSIGNED = "waits_for_unassigned"
    NO_TIME_LEFT = "no_time_left"
    DECLINED = "declined"
    FORBIDDEN = "forbidden"
    PINNED_AWAY = "pinned_away"
    LEVEL_TOO_LOW = "level_too_low"
    NO_PARTS = "no_parts"
    WINDOW_OVER = "window_over"
    NO_PARTNER = "no_partner"


@dataclass(frozen=True, slots=True)
class Rival:
    """Another crew that could make a visit, and why it does not.

    Attributes
    ----------
    blocked
        Why it cannot; None where it could.
    eta
        When it would arrive; None where it cannot.
    extra_s
        What the plan would cost more, seconds of travel; 0 where it cannot.
    slack_s
        Seconds from its arrival to the due time, negative if late; None without a due time.
    said
        All that in words.
    """

    crew: str
    blocked: Blocked | None
    eta: datetime | None
    extra_s: int
    slack_s: int | None
    said: Sentence


class ChangeKind(StrEnum):
    """What a new version of the plan does with a work order."""

    ADDED = "added"
    MOVED = "moved"
    RETIMED = "retimed"
    TAKEN_OUT = "taken_out"
    DROPPED = "dropped"
    DIVERTED = "diverted"


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from the version before, for one work order, and what caused it.

    ``crew`` and ``crew_before`` are ids, empty for nobody. ``later_s`` is how much later it
    begins, negative if sooner.
    """

    work_order: str
    kind: ChangeKind
    crew_before: str
    crew: str
    later_s: int
    cause: Sentence


@dataclass(frozen=True, slots=True)
class Visit:
    """One crew at one place for one work order.

    ``depart``, ``eta``, ``start`` and ``end`` are aware and in this order; ``eta`` is ``depart``
    plus ``travel_s`` and ``pickup_s``. ``start`` may be later than ``eta`` where the order must
    wait. A plan is made of times only: ``travel_m`` is 0 until the drive has been measured over
    the streets.

    Attributes
    ----------
    depot, pickup_s
        The depot on the way where parts are picked up, and the seconds that takes.
    interrupts
        The work order that the crew leaves half done, or turns round from, for this one.
    rivals
        The next best crews, at most three.
    """

    crew: str
    work_order: str
    depart: datetime
    eta: datetime
    start: datetime
    end: datetime
    travel_s: int
    travel_m: int
    reason: Sentence
    state: VisitState = VisitState.ASSIGNED
    depot: str = ""
    pickup_s: int = 0
    interrupts: str = ""
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """A crew's visits in order, and its breaks (start, end).

    ``back`` is when it is at its home; None where the way home is not planned.
    """

    crew: str
    visits: tuple[Visit, ...]
    breaks: tuple[tuple[datetime, datetime], ...] = ()
    back: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A work order nobody could be given, and why; ``crews`` says it crew by crew."""

    work_order: str
    reason: Blocked
    detail: Sentence
    crews: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All routes plus the unassigned, at the instant ``now``.

    ``cost`` holds one figure per term in seconds-equivalents and their sum as ``total``;
    ``greedy_cost`` the same for the greedy plan. ``violations`` is empty for every plan that
    leaves dispatch/. ``engine`` names what found the plan. ``changes`` says what is different
    from the version before.
    """

    now: datetime
    seed: int
    routes: tuple[Route, ...]
    unassigned: tuple[Unassigned, ...]
    cost: dict[str, float] = field(default_factory=dict)
    greedy_cost: dict[str, float] = field(default_factory=dict)
    violations: tuple[str, ...] = ()
    engine: str = ""
    changes: tuple[Change, ...] = ()
