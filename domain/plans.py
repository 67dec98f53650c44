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


@dataclass(frozen=True, slots=True)
class Visit:
    """One crew at one place for one work order.

    ``depart``, ``eta``, ``start`` and ``end`` are aware and in this order; ``eta`` is ``depart``
    plus ``travel_s``. ``start`` may be later than ``eta`` where the order must wait. A plan is made
    of times only: ``travel_m`` is 0 until the drive has been measured over the streets.
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


@dataclass(frozen=True, slots=True)
class Route:
    """A crew's visits in order; the way home is not planned."""

    crew: str
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A work order nobody could be given, and why."""

    work_order: str
    reason: Blocked
    detail: Sentence


@dataclass(frozen=True, slots=True)
class Plan:
    """All routes plus the unassigned, at the instant ``now``.

    ``cost`` holds one figure per term in seconds-equivalents and their sum as ``total``;
    ``greedy_cost`` the same for the greedy plan. ``violations`` is empty for every plan that
    leaves dispatch/. ``engine`` names what found the plan.
    """

    now: datetime
    seed: int
    routes: tuple[Route, ...]
    unassigned: tuple[Unassigned, ...]
    cost: dict[str, float] = field(default_factory=dict)
    greedy_cost: dict[str, float] = field(default_factory=dict)
    violations: tuple[str, ...] = ()
    engine: str = ""
