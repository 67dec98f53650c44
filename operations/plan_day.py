"""The main job: from a list of calls and a list of crews to a plan on a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import chain
from pathlib import Path

import dispatch
import gateways
from dispatch.arrays import places_of
from domain.calibration import Calibration
from domain.crews import Crew, Depot
from domain.errors import BadFile, MainbreakError
from domain.incidents import Incident, Outage, WorkOrder
from domain.network import PipeNetwork
from domain.plans import Plan
from domain.progress import Progress, quiet
from domain.rejection import Rejected
from domain.streets import StreetNetwork
from domain.tickets import LocatedTicket, Ticket
from domain.travel import RouteLine, TravelMatrix
from gateways import Rows
from operations.locate_tickets import locate_tickets
from operations.named_roads import named_roads
from operations.open_incidents import open_incidents
from operations.over_streets import over_streets
from operations.travel import calibrate, load_streets, travel_over
from operations.work_times import work_times
from storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class Day:
    """Everything one planned day consists of; what the files and the map are written from."""

    network: PipeNetwork
    streets: StreetNetwork | None
    tickets: tuple[LocatedTicket, ...]
    unlocated: tuple[Ticket, ...]
    rejected: tuple[Rejected, ...]
    incidents: tuple[Incident, ...]
    outages: tuple[Outage, ...]
    work_orders: tuple[WorkOrder, ...]
    crews: tuple[Crew, ...]
    travel: TravelMatrix
    plan: Plan
    route_lines: Mapping[tuple[str, str], RouteLine]
    depots: tuple[Depot, ...] = ()


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search: the random seed, and seconds at the most."""

    seed: int = 1
    seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class DayFiles:
    """The two CSV files that a day is planned from."""

    tickets: Path
    crews: Path


def plan_day(
    work: UnitOfWork,
    files: DayFiles,
    zone: tzinfo,
    *,
    now: datetime | None = None,
    effort: Effort = Effort(),
    weights: dispatch.Weights | None = None,
    progress: Progress | None = None,
) -> Day:
    """Return the planned day; ``now`` defaults to the start of the first shift.

    Nothing is stored: see ``keep_day``. ``weights`` default to those of dispatch.

    Raises
    ------
    NothingImported
        If there is no network yet.
    BadFile
        If one of the two files cannot be what it claims.
    """
    tell = progress or quiet
    tell(0.0, "reading tickets and crews")
    network = work.network.load()
    tickets, crews = _read_rows(files, zone, now)
    tell(0.05, "locating tickets on the pipes")
    streets = load_streets(work)
    located, lost = locate_tickets(network, work.places.all(), named_roads(streets), tickets)
    tell(0.15, "grouping calls, isolating bursts")
    opened = open_incidents(network, located, work_times(work, zone))
    tell(0.25, "driving times over the streets")
    engine = travel_over(streets)
    calibrate(engine, Calibration(zone, work.calibration.load()))
    orders = tuple(chain.from_iterable(one.work_orders for one in opened))
    depots = work.depots.all()
    now = now or _start(crews, located)
    travel = engine.matrix(places_of(orders, crews.values, depots), at=now)
    tell(0.35, "planning crews")
    problem = dispatch.Problem.build(
        orders, crews.values, travel, now, weights=weights, depots=depots
    )
    plan = _solve(problem, effort, tell)
    tell(0.92, "drawing routes")
    start = {crew.id: crew.position for crew in crews.values}
    place = {order.id: order.location for order in orders}
    stops = {depot.id: depot.position for depot in depots}
    plan, lines = over_streets(plan, engine, start, place, now, stops)
    return Day(
        network=network,
        streets=streets,
        tickets=located,
        unlocated=_unlocated(tickets.values, located),
        rejected=(*tickets.rejected, *lost, *crews.rejected),
        incidents=tuple(one.incident for one in opened),
        outages=tuple(one.outage for one in opened if one.outage),
        work_orders=orders,
        crews=crews.values,
        travel=travel,
        plan=plan,
        route_lines=lines,
        depots=depots,
    )


def _read_rows(
    files: DayFiles, zone: tzinfo, now: datetime | None
) -> tuple[Rows[Ticket], Rows[Crew]]:
    """Return both files' rows; shifts given as HH:MM lie on the day being planned.

    That is the date of ``now``, else the commonest date of the tickets, the latest on a tie: a
    call from the night before does not move everybody's shift.
    """
    tickets = gateways.read_tickets(files.tickets, zone)
    dates = Counter(one.received_at.astimezone(zone).date() for one in tickets.values)
    commonest = max(dates, key=lambda one: (dates[one], one), default=None)
    day = now.astimezone(zone).date() if now else commonest
    return tickets, gateways.read_crews(files.crews, zone, day)


def _unlocated(
    tickets: tuple[Ticket, ...], located: tuple[LocatedTicket, ...]
) -> tuple[Ticket, ...]:
    known = {one.id for one in located}
    return tuple(one for one in tickets if one.id not in known)


def _start(crews: Rows[Crew], tickets: tuple[LocatedTicket, ...]) -> datetime:
    """Return the start of the first shift; without crews, when the first ticket was received."""
    shifts = [crew.shift.start for crew in crews.values]
    received = [one.ticket.received_at for one in tickets]
    if not shifts and not received:
        raise BadFile(crews.file, "no usable crew, and no usable ticket either", "correct the rows")
    return min(shifts or received)


def _solve(problem: dispatch.Problem, effort: Effort, tell: Progress) -> Plan:
    def part(fraction: float, what: str) -> None:
        tell(0.35 + 0.55 * fraction, what)

    dispatch.warm_up()  # at once, but after an upgrade: then half a minute
    plan = dispatch.solve(problem, seed=effort.seed, seconds=effort.seconds, progress=part)
    if plan.violations:
        raise MainbreakError(f"no plan keeps every rule ({plan.violations[0]}); report this day.")
    return plan


def keep_day(work: UnitOfWork, day: Day) -> None:
    """Replace the stored day by this one, in one transaction; unlocated tickets are kept too."""
    work.commit()  # ends the reading, so that what others wrote while we searched is no conflict
    work.clear_day()
    work.tickets.save([*day.tickets, *day.unlocated])
    work.crews.save(day.crews)
    work.incidents.save(day.incidents)
    work.outages.save(day.outages)
    work.work_orders.save(day.work_orders)
    work.plans.save(day.plan)
    work.commit()
