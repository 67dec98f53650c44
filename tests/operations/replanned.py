"""A day that is planned again and again: crews and work along one road, a clock set by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import dispatch
from domain.crews import Break, Crew, Shift
from domain.incidents import Incident, Outage, WorkOrder
from domain.places import LonLat
from domain.plans import Plan
from domain.reports import CrewFix
from domain.states import IncidentState, OutageState, VisitState, WorkOrderState
from domain.visits import TrackedVisit
from domain.words import Priority, Skill, Symptom, WorkOrderKind
from operations.ground import GroundKeeper
from operations.incidents.moving import moved, visit_moved
from operations.live_crews import LiveCrew, live_crews
from operations.plan_crews import plan_crews
from operations.plan_day import Effort
from operations.replanning.plan_around import Solver
from storage import Database, UnitOfWork
from tests.storage import examples

EIGHT = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
EFFORT = Effort(seconds=0.15)

#: Degrees of longitude that a crew drives in a minute on the equator without streets: 25 km/h over
#: ways 1.4 times as long as the straight line; a hair less, since seconds are rounded up.
MINUTE = 25_000 / 60 / 1.4 / 111_205


def spot(minutes: float) -> LonLat:
    """Return the place so many minutes east of zero."""
    return LonLat(minutes * MINUTE, 0.0)


class ReplannedDay:
    """A database in which a day goes on."""

    def __init__(self, database: Database) -> None:
        self.database, self.now, self.keeper = database, EIGHT, GroundKeeper()
        self.change(lambda work: work.network.save(examples.NETWORK))

    def clock(self) -> datetime:
        """Return the instant that was set."""
        return self.now

    def open_work(self, *, write_first: bool = False) -> UnitOfWork:
        """Open a unit of work."""
        return self.database.unit_of_work(self.clock, actor="plan", write_first=write_first)

    def change(self, act: Callable[[UnitOfWork], object]) -> None:
        """Do something to the day in a transaction of its own."""
        with self.open_work(write_first=True) as work:
            act(work)
            work.commit()

    def at(self, minutes: float) -> datetime:
        """Return the instant so many minutes after eight."""
        return EIGHT + timedelta(minutes=minutes)

    def pass_minutes(self, minutes: float) -> None:
        """Let the clock go on."""
        self.now += timedelta(minutes=minutes)

    def crews(self, *crews: Crew) -> None:
        """Replace the list of crews."""
        self.change(lambda work: work.crews.save(crews))

    def add(self, *orders: WorkOrder, outage: bool = False) -> None:
        """Store work orders with their incidents, and one outage of the first one's incident."""
        name, isolation = orders[0].incident, examples.ISOLATION
        lost = [Outage(f"O-{name}", name, OutageState.PREDICTED, isolation)] if outage else []

        def act(work: UnitOfWork) -> None:
            work.incidents.save({one.incident: _incident(one) for one in orders}.values())
            work.work_orders.save(orders)
            work.outages.save(lost)

        self.change(act)

    def plan(self, solver: Solver = dispatch.solve) -> Plan:
        """Plan as the replanner does."""
        return plan_crews(self.open_work, self.keeper.of, self.clock, EFFORT, solver)

    def during(self, act: Callable[[], object]) -> Solver:
        """Return a solver while which something happens."""

        def solve(problem: dispatch.Problem, *, seed: int, seconds: float) -> Plan:
            act()
            return dispatch.solve(problem, seed=seed, seconds=seconds)

        return solve

    def lunch(self, earliest: float, latest: float, minutes: float) -> Break:
        """Return a break between instants so many minutes after eight."""
        return Break(self.at(earliest), self.at(latest), round(60 * minutes))

    def live(self) -> dict[str, LiveCrew]:
        """Return the crews as they stand."""
        with self.open_work() as work:
            found = live_crews(work, self.keeper.of(work), self.now)
        return {one.crew.id: one for one in found}

    def visits(self) -> dict[str, TrackedVisit]:
        """Return the visits that have not ended, by work order."""
        with self.open_work() as work:
            return {one.work_order: one for one in work.visits.active()}

    def order(self, work_order: str) -> WorkOrder:
        """Return a work order as it is stored."""
        with self.open_work() as work:
            return work.work_orders.get(work_order)

    def outage(self, incident: str) -> Outage:
        """Return an incident's outage as it is stored."""
        with self.open_work() as work:
            return work.outages.get(f"O-{incident}")

    def written(self) -> tuple[int, int]:
        """Return the last event's id and the last plan's number."""
        with self.open_work() as work:
            return work.events.last_id(), work.plans.latest_number()

    def report(self, work_order: str, state: VisitState) -> None:
        """Let the crew say how far it is; the visit and its order move."""
        self.change(lambda work: reported(work, work_order, state, self.now))

    def end(self, work_order: str, state: WorkOrderState = WorkOrderState.DONE) -> None:
        """End a work order and its visit."""
        done = state is WorkOrderState.DONE
        last = VisitState.FIELD_COMPLETE if done else VisitState.CANCELLED

        def act(work: UnitOfWork) -> None:
            for one in work.visits.of_orders([work_order]):
                if one.is_live:
                    visit_moved(work.visits, one, last)
            moved(work.work_orders, work.work_orders.get(work_order), state)

        self.change(act)

    def pin(self, work_order: str, crew: str) -> None:
        """Let a dispatcher give a work order to a crew."""

        def act(work: UnitOfWork) -> None:
            visit = next(one for one in work.visits.active() if one.work_order == work_order)
            number = int(visit.id.rsplit(".")[-1])
            visit_moved(work.visits, visit, VisitState.CANCELLED)
            planned = replace(visit.planned, crew=crew, state=VisitState.ASSIGNED)
            work.visits.save([TrackedVisit(f"{work_order}.{number + 1}", planned, pinned=True)])

        self.change(act)

    def seen(self, crew: str, minutes: float, *, ago: float = 0.0) -> None:
        """Let a crew's phone say where it is, or was so many minutes ago."""
        when = self.now - timedelta(minutes=ago)
        fix = CrewFix(f"{crew}-{when.isoformat()}", crew, when, when, spot(minutes))
        self.change(lambda work: work.fixes.save([fix]))


def reported(work: UnitOfWork, work_order: str, state: VisitState, now: datetime) -> None:
    """Move the live visit of a work order, and the order with it."""
    visit = next(one for one in work.visits.active() if one.work_order == work_order)
    if state is VisitState.ON_SITE and visit.on_site_at is None:
        visit = replace(visit, on_site_at=now)
    visit_moved(work.visits, visit, state)
    order = work.work_orders.get(work_order)
    if state in {VisitState.DECLINED, VisitState.CANNOT_COMPLETE}:
        moved(work.work_orders, order, WorkOrderState.READY)
    elif state is VisitState.ON_SITE:
        moved(work.work_orders, order, WorkOrderState.IN_PROGRESS)


def crew(
    name: str,
    *,
    skills: str = "pipe",
    at: float = 0.0,
    hours: tuple[float, float] = (0.0, 8.0),
) -> Crew:
    """Return a crew on shift from eight, so many minutes east; ``skills`` separated by blanks."""
    begin, end = (EIGHT + timedelta(hours=one) for one in hours)
    held = frozenset(Skill(one) for one in skills.split())
    return Crew(name, f"{name}班", held, 4, spot(at), Shift(begin, end))


def order(name: str, *, at: float = 0.0, minutes: float = 30.0, **more: object) -> WorkOrder:
    """Return a P3 pipe order reported at eight."""
    fields: dict[str, object] = {
        "incident": f"E-{name}",
        "kind": WorkOrderKind.INSPECT,
        "tickets": (),
        "priority": Priority.P3,
        "location": spot(at),
        "skills": frozenset({Skill.PIPE}),
        "crew_size": 1,
        "duration_s": round(60 * minutes),
        "released_at": EIGHT,
        "due_on_site": None,
    }
    return WorkOrder(id=name, **{**fields, **more})  # type: ignore[arg-type]


def burst(incident: str, *, at: float = 0.0) -> tuple[WorkOrder, WorkOrder]:
    """Return the isolate and the repair order of a burst: 30 and 90 minutes."""
    both: dict[str, object] = {
        "incident": incident,
        "priority": Priority.P1,
        "due_on_site": EIGHT + timedelta(minutes=30),
        "premises_dry_before": 40,
        "premises_dry_after": 100,
        "at": at,
    }
    shut = order(
        f"{incident}I",
        kind=WorkOrderKind.ISOLATE,
        skills=frozenset({Skill.VALVE}),
        leaking=True,
        **both,  # type: ignore[arg-type]
    )
    mend = order(
        f"{incident}R",
        minutes=90,
        kind=WorkOrderKind.REPAIR,
        after=(shut.id,),
        **both,  # type: ignore[arg-type]
    )
    return shut, mend


def _incident(order: WorkOrder) -> Incident:
    return Incident(
        id=order.incident,
        symptom=Symptom.BURST if order.kind is WorkOrderKind.REPAIR else Symptom.OTHER,
        priority=order.priority,
        state=IncidentState.CONFIRMED,
        opened_at=order.released_at,
        location=order.location,
        link=None,
        tickets=(),
    )
