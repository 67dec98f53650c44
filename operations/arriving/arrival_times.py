"""When the crew of each visit arrives, as things stand: the range, its source and its age."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from math import ceil

from domain.crews import Crew
from domain.durations import PRESET_SPREAD
from domain.eta import Eta, EtaSource, Guess, foreseen_eta, live_eta, planned_eta
from domain.incidents import Outage, WorkOrder
from domain.places import LonLat
from domain.reports import CrewFix
from domain.states import VisitState
from domain.travel import RouteLine
from domain.visits import TrackedVisit
from domain.words import WorkOrderKind
from operations.arriving.good_fix import good_fix
from operations.ground import Ground
from operations.incidents.of_incident import outage_of
from operations.replanning.timing import AT_LEAST
from operations.showing.closing_order import StepState, closing_order
from storage import UnitOfWork

#: A crew ends what it is at, then what it is under way to, then what is planned.
_FIRST = {VisitState.ON_SITE: 0, VisitState.EN_ROUTE: 1}

_THERE = frozenset({VisitState.ON_SITE, VisitState.PAUSED})


def arrival_times(work: UnitOfWork, ground: Ground, now: datetime) -> dict[str, Eta]:
    """Return when its crew arrives, by the id of each visit that has not ended or begun on site.

    Under way with a good fix: over the way left, as the streets are now. Under way with a silent
    phone, or where no street leads on: by the plan. Not set out: by the plan, moved by what the
    crew has to end before; the variances of drives and works add up along the crew's day.
    """
    return _Reckoning.read(work, ground, now).all()


def place_to_drive_to(ground: Ground, order: WorkOrder, outage: Outage | None) -> LonLat:
    """Return where a crew drives for a work order: to the isolation valve that is to turn next."""
    if order.kind is WorkOrderKind.ISOLATE and outage is not None:
        steps = closing_order(ground.network, outage)
        next_one = next((one for one in steps if one.state is StepState.NEXT), None)
        if next_one is not None:
            return next_one.valve.location
    return order.location


@dataclass(frozen=True)
class _Reckoning:
    """What was read in one moment."""

    work: UnitOfWork
    ground: Ground
    now: datetime
    crews: Mapping[str, Crew]
    visits: Sequence[TrackedVisit]
    fixes: Mapping[str, CrewFix]
    made_at: datetime
    orders: Mapping[str, WorkOrder]

    @classmethod
    def read(cls, work: UnitOfWork, ground: Ground, now: datetime) -> _Reckoning:
        crews = {crew.id: crew for crew in work.crews.all()}
        made_at = min(work.plans.made_at() or now, now)
        visits = work.visits.active()
        orders = work.work_orders.some([one.work_order for one in visits])
        return cls(work, ground, now, crews, visits, work.fixes.latest(), made_at, orders)

    def all(self) -> dict[str, Eta]:
        chains = groupby(sorted(self.visits, key=_turn), key=lambda one: one.crew)
        return {name: eta for _, chain in chains for name, eta in self._of_crew(chain)}

    def _of_crew(self, chain: Iterable[TrackedVisit]) -> Iterator[tuple[str, Eta]]:
        """Yield the ETAs of one crew's visits in the order that it makes them."""
        free = Guess(self.now)
        for visit in chain:
            if visit.state is VisitState.PAUSED:
                continue  # it has been there, and nobody knows when it goes on
            eta = None if visit.state in _THERE else self._of_visit(visit, free)
            if eta is not None:
                yield visit.id, eta
            free = self._end(visit, eta)

    def _of_visit(self, visit: TrackedVisit, free: Guess) -> Eta:
        if visit.state is VisitState.EN_ROUTE:
            return self._under_way(visit)
        planned = visit.planned
        depart = free.not_before(planned.depart)
        spread = self.ground.calibration.at(depart.at).spread
        return planned_eta(depart.after(planned.travel_s, spread), self._known_at(visit.crew))

    def _under_way(self, visit: TrackedVisit) -> Eta:
        crew, planned = self.crews.get(visit.crew), visit.planned
        fix = good_fix(self.work, self.fixes, crew, self.now) if crew is not None else None
        spread = self.ground.calibration.at(self.now).spread
        if fix is not None:
            order = self.orders[visit.work_order]
            shuts = order.kind is WorkOrderKind.ISOLATE
            outage = outage_of(self.work, order.incident) if shuts else None
            there = place_to_drive_to(self.ground, order, outage)
            line = self.ground.travel.route(fix.position, there, at=self.now)
            if isinstance(line, RouteLine):
                return live_eta(fix.device_time, self.now, ceil(line.seconds), spread)
        drive = Guess(planned.depart).after(planned.travel_s, spread)
        if fix is not None:
            return foreseen_eta(drive, fix.device_time, self.now, EtaSource.NO_WAY)
        seen = self.fixes.get(visit.crew)
        known_at = seen.device_time if seen is not None else min(planned.depart, self.now)
        return foreseen_eta(drive, known_at, self.now)

    def _known_at(self, crew: str) -> datetime:
        """Return when the newest thing happened that a planned arrival rests on."""
        seen = self.fixes.get(crew)
        return self.made_at if seen is None else min(self.now, max(self.made_at, seen.device_time))

    def _end(self, visit: TrackedVisit, eta: Eta | None) -> Guess:
        """Return when the crew is free again: work that should have ended ends soon."""
        planned = visit.planned
        seconds = (planned.end - planned.start).total_seconds()
        estimate = self.orders[visit.work_order].estimate
        spread = estimate.spread if estimate else PRESET_SPREAD
        if eta is None:
            began = Guess(min(self.now, visit.on_site_at or planned.start))
            return began.after(seconds, spread).not_before(self.now + AT_LEAST)
        begins = Guess.of(eta)
        if planned.start > planned.eta:  # it waits there for other work
            begins = begins.not_before(planned.start)
        return begins.after(seconds, spread).not_before(self.now)


def _turn(visit: TrackedVisit) -> tuple[str, int, datetime, str]:
    return visit.crew, _FIRST.get(visit.state, 2), visit.planned.start, visit.id
