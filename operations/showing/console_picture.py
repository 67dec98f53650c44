"""The running day as the console shows it, read from the database in one unit of work."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from domain.crews import Crew
from domain.incidents import Incident, Outage, WorkOrder
from domain.places import LonLat
from domain.reports import NEEDS_VALVE, Report, ReportKind
from domain.states import VisitState
from domain.tickets import LocatedTicket, Ticket
from domain.travel import RouteLine, Unreachable
from domain.visits import LIVE, TrackedVisit
from maps.live_ground import LiveGround
from maps.picture import LivePicture
from operations.arriving.arrival_times import arrival_times
from operations.arriving.arrivals_seen import arrivals_seen
from operations.calling.collective_incident import acknowledged_at
from operations.closures.reported_by import crew_of, unconfirmed
from operations.ground import Ground
from operations.incidents.actual_supply import dry_now
from operations.planned.assess import assess
from storage import UnitOfWork

#: Visits that are done stay on the timeline for so long. Source: mainbreak default, one shift.
LOOKS_BACK = timedelta(hours=10)

#: Events of the log at the most, the newest. Source: mainbreak default; a long repair has fifty.
MOST_EVENTS = 300

#: Drives remembered at the most; a day of 150 calls drives some hundred ways.
MOST_DRIVES = 2000

#: Reports that the log tells besides what they moved.
_LOGGED = NEEDS_VALVE | {ReportKind.ROAD_IMPASSABLE}

#: Such visits are drawn: those that go on, and those that are done.
_DRAWN = LIVE | {VisitState.FIELD_COMPLETE}


@dataclass
class ConsoleGround:
    """What every look at one ground shares: its big tables and the drives found so far."""

    version: tuple[int, int]
    drawn: LiveGround
    drives: dict[tuple[int, LonLat, LonLat], RouteLine | Unreachable] = field(default_factory=dict)

    def drive(self, ground: Ground, here: LonLat, there: LonLat) -> RouteLine | None:
        """Return the way between two places as the streets are now, None if there is none."""
        key = (ground.travel.metric, here, there)  # what was found before a closure is not asked
        found = self.drives.get(key)
        if found is None:
            if len(self.drives) >= MOST_DRIVES:
                self.drives.clear()
            found = self.drives[key] = ground.travel.route(here, there)
        return found if isinstance(found, RouteLine) else None


class ConsoleGroundKeeper:
    """Keeps what is worked out from a ground until its network or its streets change."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: ConsoleGround | None = None

    def of(self, ground: Ground) -> ConsoleGround:
        """Return what belongs to this ground."""
        network, streets = ground.version.network, ground.version.streets
        with self._lock:
            if self._kept is None or self._kept.version != (network, streets):
                drawn = LiveGround(ground.network, ground.streets)
                self._kept = ConsoleGround((network, streets), drawn)
            return self._kept


@dataclass(frozen=True, slots=True)
class _Day:
    """What of the day is shown, read once."""

    incidents: tuple[Incident, ...]
    orders: tuple[WorkOrder, ...]
    outages: tuple[Outage, ...]
    visits: tuple[TrackedVisit, ...]
    tickets: tuple[LocatedTicket, ...]

    def subjects(self) -> list[str]:
        """Return the ids of everything that events may be about."""
        return [
            *(one.id for one in self.incidents),
            *(one.id for one in self.orders),
            *(one.id for one in self.outages),
            *(one.id for one in self.visits),
            *(one.id for one in self.tickets),
        ]


def console_picture(
    work: UnitOfWork, ground: Ground, console: ConsoleGround, now: datetime, zone: tzinfo
) -> LivePicture:
    """Return the running day as dispatchers and managers see it."""
    day = _day(work, now)
    crews = work.crews.all()
    conflicts = work.reports.conflicts()
    said = work.reports.of_orders([one.id for one in day.orders])
    turned = (one.id for one in said if one.kind in _LOGGED)
    subjects = [*day.subjects(), *turned, *(one.id for one in conflicts)]
    return LivePicture(
        now=now,
        zone=zone,
        tickets=day.tickets,
        unlocated=_unlocated(work, day.tickets),
        incidents=day.incidents,
        outages=day.outages,
        work_orders=day.orders,
        crews=crews,
        visits=day.visits,
        fixes=work.fixes.latest(),
        conflicts=conflicts,
        stuck=_stuck(work, day),
        valves=ground.network.isolation_valves,
        plan=work.plans.latest(),
        version=work.plans.latest_number(),
        holds=[one for one in work.crew_words.holds() if one.until is None or one.until > now],
        forbidden=work.crew_words.forbidden([one.id for one in day.orders]),
        route_lines=_drives(ground, console, crews, day),
        log=work.events.about(subjects, MOST_EVENTS),
        people={one.login: one.name for one in work.users.all()},
        last_event=work.events.last_id(),
        straight_line=ground.streets is None,
        out={one.id: dry_now(work, ground, one) for one in day.outages},
        planned=assess(work, ground, work.planned_shutoffs.active(), now, zone),
        acknowledged=_acknowledged(work, day.incidents),
        closures=ground.closures,
        reported={one.id: crew for one in ground.closures if (crew := crew_of(one.closure))},
        unconfirmed=unconfirmed(work, [one.closure for one in ground.closures]),
        etas=arrival_times(work, ground, now),
        seen={visit: one.at for visit, one in arrivals_seen(work, ground, now).items()},
    )


def _acknowledged(work: UnitOfWork, incidents: Iterable[Incident]) -> frozenset[str]:
    return frozenset(one.id for one in incidents if acknowledged_at(work, one) is not None)


def _day(work: UnitOfWork, now: datetime) -> _Day:
    visits = tuple(one for one in work.visits.since(now - LOOKS_BACK) if one.state in _DRAWN)
    visited = work.work_orders.some([one.work_order for one in visits])
    shown = {one.id: one for one in work.incidents.active()}
    shown |= work.incidents.some(sorted({one.incident for one in visited.values()}))
    incidents = tuple(sorted(shown.values(), key=lambda one: (one.opened_at, one.id)))
    placed = work.tickets.placed([id_ for one in incidents for id_ in one.tickets])
    return _Day(
        incidents,
        work.work_orders.of_incidents(list(shown)),
        work.outages.of_incidents(list(shown)),
        visits,
        tuple(placed.values()),
    )


def _unlocated(work: UnitOfWork, placed: Iterable[LocatedTicket]) -> tuple[Ticket, ...]:
    known = {one.id for one in placed}
    others = [one for one in work.tickets.active() if one.id not in known]
    elsewhere = work.tickets.placed([one.id for one in others])
    return tuple(one for one in others if one.id not in elsewhere)


def _stuck(work: UnitOfWork, day: _Day) -> Mapping[str, Report]:
    """Return the latest report about each isolation valve that failed in a shown outage."""
    failed = {valve for one in day.outages for valve in one.stuck}
    incidents = {one.incident for one in day.outages if one.stuck}
    orders = [one.id for one in day.orders if one.incident in incidents]
    said = work.reports.of_orders(orders) if failed else ()
    return {
        one.isolation_valve: one
        for one in said
        if one.kind is ReportKind.VALVE_STUCK and one.isolation_valve in failed
    }


def _drives(
    ground: Ground, console: ConsoleGround, crews: Sequence[Crew], day: _Day
) -> dict[str, RouteLine]:
    """Return the drive to each visit that is still ahead, from where the one before it ends."""
    place = {one.id: one.location for one in day.orders}
    found: dict[str, RouteLine] = {}
    for crew in crews:
        here = crew.position
        for visit in _in_order(crew.id, day.visits):
            there = place.get(visit.work_order)
            if there is None:
                continue
            if visit.on_site_at is None and (line := console.drive(ground, here, there)):
                found[visit.id] = line
            here = there
    return found


def _in_order(crew: str, visits: Iterable[TrackedVisit]) -> list[TrackedVisit]:
    mine = [one for one in visits if one.crew == crew]
    return sorted(mine, key=lambda one: (one.on_site_at or one.planned.start, one.id))
