"""What the pages are drawn from: values only, no personal data is taken out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from domain.closed_streets import ClosedStreets
from domain.crews import Crew, CrewHold, Forbidden
from domain.eta import Eta
from domain.events import Event
from domain.incidents import Incident, Outage, WorkOrder
from domain.network import IsolationValve, PipeNetwork
from domain.planned import Assessment
from domain.plans import Plan
from domain.reports import CrewFix, Report
from domain.sentences import LANGUAGES
from domain.streets import StreetNetwork
from domain.tickets import LocatedTicket, Ticket
from domain.travel import RouteLine
from domain.visits import TrackedVisit


@dataclass(frozen=True, slots=True)
class DayPicture:
    """A planned day, ready to be drawn.

    Attributes
    ----------
    title
        The day's name, such as ``临江 2026-11-22``.
    streets
        The base map; None draws the pipes on bare land.
    route_lines
        The drive to each visit by (crew id, work order id); a visit without one is joined to the
        place before it by a straight line.
    zone
        The zone all times are shown in.
    language
        One of ``LANGUAGES``, the first shown; the reader may switch.
    rejected_count
        Rows that were put aside; the page says how many.
    straight_line
        True if travel times are straight-line estimates; the page says so.
    notes
        Sentences the reader must see, in any language.
    """

    title: str
    network: PipeNetwork
    streets: StreetNetwork | None
    tickets: Sequence[LocatedTicket]
    incidents: Sequence[Incident]
    outages: Sequence[Outage]
    work_orders: Sequence[WorkOrder]
    crews: Sequence[Crew]
    plan: Plan
    zone: tzinfo
    route_lines: Mapping[tuple[str, str], RouteLine] = field(default_factory=dict)
    language: str = "zh-CN"
    rejected_count: int = 0
    straight_line: bool = False
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(f"no page in {self.language!r}; there are {', '.join(LANGUAGES)}")


@dataclass(frozen=True, slots=True)
class LivePicture:
    """The running day at one instant, as the console shows it.

    Attributes
    ----------
    now
        The instant; ages and clocks count from it.
    work_orders, visits
        The orders of ``incidents``, and those of their visits that are going on or are done.
    unlocated
        Tickets that wait for a place.
    fixes
        Where each crew was last seen, by its id.
    conflicts
        Crews' reports that contradict and wait for a dispatcher.
    stuck
        The latest report that an isolation valve cannot be closed, by the valve's id.
    valves
        Isolation valves as they stand.
    route_lines
        The drive to each visit by its id.
    log
        What happened to what the picture holds, newest first.
    people
        Names of users by login; empty where the reader may not see them.
    last_event
        The id of the last event that the picture has seen.
    out
        Ids of the premises really without water, by the outage's id.
    planned
        The planned shut-offs that are not over, assessed as of now.
    etas
        When its crew arrives, by the id of each visit that has not begun on site.
    seen
        Since when a crew under way is at its work as its phone shows, by the visit's id.
    acknowledged
        Ids of the collective incidents that somebody said to know of.
    closures
        Those that nobody has lifted, with the streets they touch.
    reported
        The crew that reported a closure, by the closure's id.
    unconfirmed
        Ids of reported ones that no dispatcher has looked at yet.
    holds
        What dispatchers say about whole crews, as far as it is not over.
    forbidden
        Which crews may not do which of the work orders.
    version
        The number of ``plan``, 0 while there is none.
    """

    now: datetime
    zone: tzinfo
    tickets: Sequence[LocatedTicket]
    unlocated: Sequence[Ticket]
    incidents: Sequence[Incident]
    outages: Sequence[Outage]
    work_orders: Sequence[WorkOrder]
    crews: Sequence[Crew]
    visits: Sequence[TrackedVisit]
    fixes: Mapping[str, CrewFix]
    conflicts: Sequence[Report]
    stuck: Mapping[str, Report]
    valves: Sequence[IsolationValve]
    plan: Plan | None
    route_lines: Mapping[str, RouteLine]
    log: Sequence[Event]
    people: Mapping[str, str]
    last_event: int
    straight_line: bool = False
    out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    planned: Sequence[Assessment] = ()
    acknowledged: frozenset[str] = frozenset()
    closures: Sequence[ClosedStreets] = ()
    reported: Mapping[str, str] = field(default_factory=dict)
    unconfirmed: frozenset[str] = frozenset()
    etas: Mapping[str, Eta] = field(default_factory=dict)
    seen: Mapping[str, datetime] = field(default_factory=dict)
    holds: Sequence[CrewHold] = ()
    forbidden: Sequence[Forbidden] = ()
    version: int = 0
