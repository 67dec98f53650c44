"""Incidents, outages and work orders: what is wrong, who is dry, what must be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.durations import DurationEstimate
from domain.isolation import Isolation
from domain.network import Position
from domain.places import LonLat
from domain.states import IncidentState, OutageState, WorkOrderState
from domain.words import Priority, Skill, Symptom, WorkOrderKind


class Responsibility(StrEnum):
    """Whose a fault is: the meter is the border between the utility's pipes and the customer's."""

    UTILITY = "utility"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A segment that may have failed, named by one of its pipes, and how likely it is the one.

    ``probability`` runs from 0 to 1; over all suspects of an incident it adds up to 1 at most.
    """

    pipe: str
    probability: float


@dataclass(frozen=True, slots=True)
class Incident:
    """One problem in the field, perhaps reported by many tickets.

    Attributes
    ----------
    opened_at
        When its first ticket was received; of those who were never back, when its parent's was.
    link
        The pipe it was put on, None where no pipe is near.
    tickets
        Ids, first received first.
    collective_at
        When the fifth premises within 60 minutes reported it, None if that never happened or is
        undone: a major incident, of which the manager is told.
    parent
        The incident it goes on from: somebody is still out after that one's end, or has dirty
        water after its works. None for most.
    merged_into
        The incident that has its tickets now, None unless its state is merged.
    suspects
        The segments that may have failed by who called and who did not, likeliest first.
    responsibility, responsibility_reason
        Whose it is and why, as somebody decided; None and empty while nobody has.
    """

    id: str
    symptom: Symptom
    priority: Priority
    state: IncidentState
    opened_at: datetime
    location: LonLat
    link: str | None
    tickets: tuple[str, ...]
    label: str = ""
    collective_at: datetime | None = None
    parent: str | None = None
    merged_into: str | None = None
    suspects: tuple[Suspect, ...] = ()
    responsibility: Responsibility | None = None
    responsibility_reason: str = ""

    @property
    def is_collective(self) -> bool:
        """True if five premises reported it within an hour."""
        return self.collective_at is not None


class EtrSource(StrEnum):
    """Who says when supply is restored."""

    PLAN = "plan"
    CREW = "crew"
    DISPATCHER = "dispatcher"


@dataclass(frozen=True, slots=True)
class Etr:
    """When supply is restored, by whose word, and since when that word stands.

    ``latest`` is when it is restored nine times in ten; None where nobody reckoned that.
    """

    at: datetime
    source: EtrSource
    said_at: datetime
    latest: datetime | None = None


@dataclass(frozen=True, slots=True)
class SupplyStep:
    """One isolation valve turned during an outage, and who was without water after it.

    ``at`` is when the crew says it turned it; ``position`` how it stood then; ``out`` counts the
    premises actually without water from then on, ``restored`` those that it gave water back to.
    """

    at: datetime
    isolation_valve: str
    position: Position
    out: int
    restored: int = 0


@dataclass(frozen=True, slots=True)
class Outage:
    """Supply interrupted for the premises of an incident's isolation.

    Attributes
    ----------
    began_at, restored_at
        When water stopped and when it was back; None while that has not happened.
    etr
        None while nobody can say.
    numbered
        Every isolation valve ever put in the closing order, in the order of its number from 1: a
        number given to a crew never changes, additions take the next one.
    closed, stuck
        Isolation valves reported closed, and reported impossible to close.
    proposal
        The isolation without the stuck ones, until a dispatcher adopts it; None if none is due.
    steps
        Each isolation valve turned so far, by instant: what predicted became, valve by valve.
    """

    id: str
    incident: str
    state: OutageState
    isolation: Isolation
    began_at: datetime | None = None
    restored_at: datetime | None = None
    etr: Etr | None = None
    numbered: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    proposal: Isolation | None = None
    steps: tuple[SupplyStep, ...] = ()


#: Seconds that it takes to leave work half done. Source: mainbreak default, 15 minutes.
MAKE_SAFE_S = 900


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """Authorised work at one place.

    Attributes
    ----------
    after
        Ids of the work orders that must be finished before this one begins.
    skills, crew_size
        A crew is eligible if it holds all the skills and has at least this many people.
    duration_s
        Seconds on site.
    released_at
        No crew sets out for it earlier.
    due_on_site
        The SLA clock for arriving, None if it has none. Late is costly, not forbidden.
    premises_dry_before, premises_dry_after
        Premises without water from this incident until it is isolated, and while the isolation
        valves are shut.
    leaking
        True if water runs away until this order is done.
    levels
        (skill, level) where a skill of level 2 or more is needed.
    window
        An appointment: work begins between the two instants, both included. Hard.
    parts
        (part, pieces) that the work uses up.
    territory
        Name of the district it lies in, empty where nobody says.
    together
        Id of another work order that must begin at the same instant, by another crew. Both name
        each other.
    interruptible
        True if a crew may leave it half done for an emergency. What was done is then lost.
    make_safe_s
        Seconds on site before a crew can leave it so.
    estimate
        Where ``duration_s`` comes from, and the time that nine of ten such works keep.
    """

    id: str
    incident: str
    kind: WorkOrderKind
    tickets: tuple[str, ...]
    priority: Priority
    location: LonLat
    skills: frozenset[Skill]
    crew_size: int
    duration_s: int
    released_at: datetime
    due_on_site: datetime | None
    after: tuple[str, ...] = ()
    premises_dry_before: int = 0
    premises_dry_after: int = 0
    leaking: bool = False
    state: WorkOrderState = WorkOrderState.READY
    levels: tuple[tuple[Skill, int], ...] = ()
    window: tuple[datetime, datetime] | None = None
    parts: tuple[tuple[str, int], ...] = ()
    territory: str = ""
    together: str = ""
    interruptible: bool = False
    make_safe_s: int = MAKE_SAFE_S
    estimate: DurationEstimate | None = None
