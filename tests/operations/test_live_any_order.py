"""Whatever crews report, in whatever order: nothing raises, nothing is lost, all fits together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from random import Random

import pytest

from domain.errors import MainbreakError
from domain.incidents import Outage, WorkOrder
from domain.network import IsolationValve
from domain.reports import NEEDS_REASON, NEEDS_VALVE, Outcome, Report, ReportKind
from domain.states import IncidentState, OutageState, TicketState, VisitState, WorkOrderState
from domain.visits import TrackedVisit
from domain.words import Symptom
from operations.dismiss_incident import dismiss_incident
from operations.incidents.of_incident import latest_outage_of
from operations.isolate_incident import adopt_proposal, retry_valve
from operations.settle_conflict import settle_conflict
from operations.verify_and_close import verify_and_close
from storage import Database, UnitOfWork
from tests.operations.live_day import NINE, LiveDay

K = ReportKind
W = WorkOrderState
VALVES = ("bc.b", "de.d", "eS.e", "ab.a", "Ra.a")
THERE = frozenset({VisitState.ON_SITE, VisitState.PAUSED})


@dataclass
class Chaos:
    """A day on which anything is said and decided, by a seed."""

    day: LiveDay
    rng: Random
    sent: list[Report]

    def crew_speaks(self) -> None:
        """Send a new report, or an old one again, or an old one under a new id."""
        if self.sent and self.rng.random() < 0.2:
            report = self.rng.choice(self.sent)
            if self.rng.random() < 0.5:
                report = replace(report, id=f"{report.id}x", received_at=self.day.now)
        else:
            report = self._new()
        stored = self.day.report(report)
        self.sent.append(report)
        with self.day.work() as work:
            assert work.reports.get(report.id) == stored
        assert (stored.conflict is None) == (stored.outcome is Outcome.APPLIED) or (
            stored.outcome is Outcome.SETTLED
        )

    def _new(self) -> Report:
        kind = self.rng.choice(
            [*K, K.VALVE_CLOSED, K.VALVE_CLOSED, K.VALVE_OPENED, K.ON_SITE, K.FIELD_COMPLETE]
        )
        crew, order = self._who()
        report = self.day.said(
            by=crew,
            order=order,
            kind=kind,
            valve=self.rng.choice(VALVES) if kind in NEEDS_VALVE else None,
            ago=self.rng.choice([0, 0, 0, 3, 20, 90]),
        )
        whole = self.rng.random() < 0.95
        return report if whole or kind not in NEEDS_REASON else replace(report, reason="")

    def _who(self) -> tuple[str, str]:
        """Return a crew and an order: mostly its own, sometimes anybody's."""
        with self.day.work() as work:
            sent = [(one.crew, one.work_order) for one in work.visits.active()]
        if sent and self.rng.random() < 0.8:
            return self.rng.choice(sent)
        return self.rng.choice(["C1", "C2"]), self.rng.choice([*self._orders(), "W0404"])

    def _orders(self) -> list[str]:
        with self.day.work() as work:
            return [one.id for one in work.work_orders.all()]

    def somebody_calls(self) -> None:
        """Take a call from anywhere about anything."""
        premises = self.rng.choice(self.day.network.premises).id
        symptom = self.rng.choice([Symptom.BURST, Symptom.NO_WATER, Symptom.LEAK_AT_METER])
        self.day.calls(premises, symptom)

    def dispatcher_decides(self) -> None:
        """Try a decision; one that does not fit is refused, and changes nothing."""
        decisions: list[Callable[[UnitOfWork], object]] = [
            self._adopt, self._retry, self._settle, self._verify, self._dismiss,
        ]  # fmt: skip
        with suppress(MainbreakError):
            if self.rng.random() < 0.5:
                crew = self.rng.choice(["C1", "C2", None])
                self.day.assign(self.rng.choice(self._orders()), crew)
                return
            with self.day.work() as work:
                self.rng.choice(decisions)(work)
                work.commit()

    def _adopt(self, work: UnitOfWork) -> None:
        outage = self.rng.choice(work.outages.all())
        adopt_proposal(work, self.day.keeper.of(work), outage.id, self.day.now)

    def _retry(self, work: UnitOfWork) -> None:
        outage = self.rng.choice(work.outages.all())
        valve = self.rng.choice(VALVES)
        retry_valve(work, self.day.keeper.of(work), outage.id, valve, self.day.now)

    def _settle(self, work: UnitOfWork) -> None:
        for report in work.reports.conflicts()[:1]:
            choice = self.rng.choice(["keep_system", "take_report"])
            settle_conflict(work, self.day.keeper.of(work), report.id, choice, self.day.now)

    def _verify(self, work: UnitOfWork) -> None:
        incident = self.rng.choice(work.incidents.all())
        verify_and_close(work, self.day.keeper.of(work), incident.id, self.day.now)

    def _dismiss(self, work: UnitOfWork) -> None:
        if self.rng.random() < 0.2:
            incident = self.rng.choice(work.incidents.all())
            dismiss_incident(work, self.day.keeper.of(work), incident.id, self.day.now)


def all_fits(day: LiveDay) -> None:
    """Check that visits, work orders, incidents, outages and the network say the same."""
    with day.work() as work:
        visits, orders = work.visits.all(), work.work_orders.all()
        for order in orders:
            order_fits(order, [one for one in visits if one.work_order == order.id])
        for incident in work.incidents.all():
            mine = [one for one in orders if one.incident == incident.id]
            incident_fits(work, incident.state, incident.tickets, mine)
        unverified = [
            found for one in work.incidents.all() if (found := latest_outage_of(work, one.id))
        ]
        for outage in work.outages.all():
            outage_fits(outage)
        network_fits(unverified, work.network.isolation_valves())


def order_fits(order: WorkOrder, visits: list[TrackedVisit]) -> None:
    """Check a work order against its visits."""
    live = [one for one in visits if one.is_live]
    assert len(live) <= 1
    assert bool(live) == (order.state in {W.ASSIGNED, W.IN_PROGRESS})
    assert (order.state is W.IN_PROGRESS) == any(one.state in THERE for one in live)
    for one in visits:
        assert (one.ended_at is None) == one.is_live
        assert one.on_site_at is not None or one.state not in {*THERE, VisitState.FIELD_COMPLETE}


def incident_fits(
    work: UnitOfWork, state: IncidentState, tickets: tuple[str, ...], orders: list[WorkOrder]
) -> None:
    """Check an incident against its work and its tickets."""
    over = all(one.state in {W.DONE, W.CANCELLED} for one in orders)
    assert over == (state not in {IncidentState.SUSPECTED, IncidentState.CONFIRMED})
    closed = {work.tickets.get(one).state for one in tickets} == {TicketState.CLOSED}
    assert closed == (state in {IncidentState.CLOSED, IncidentState.DISMISSED})


def outage_fits(outage: Outage) -> None:
    """Check an outage in itself."""
    assert len(set(outage.numbered)) == len(outage.numbered)
    assert {*outage.isolation.close, *outage.closed, *outage.stuck} <= set(outage.numbered)
    assert not set(outage.closed) & set(outage.stuck)
    predicted = outage.state in {OutageState.PREDICTED, OutageState.CANCELLED}
    assert predicted == (outage.began_at is None)
    assert (outage.state is OutageState.RESTORED) == (outage.restored_at is not None)
    assert list(outage.steps) == sorted(outage.steps, key=lambda one: one.at)
    assert all(step.isolation_valve in outage.numbered for step in outage.steps)


def network_fits(unverified: list[Outage], valves: tuple[IsolationValve, ...]) -> None:
    """Check that exactly what outages have shut is shut, or jammed, and none of it is stuck."""
    shut = {valve for outage in unverified for valve in outage.closed}
    jammed = {one.id for one in valves if not one.is_open and not one.can_turn}
    assert {one.id for one in valves if not one.is_open} | jammed == shut | jammed
    stuck = {valve for outage in unverified for valve in outage.stuck}
    assert stuck <= {one.id for one in valves if not one.can_turn}


@pytest.mark.parametrize("seed", range(8))
def test_any_day_fits_together(database: Database, seed: int) -> None:
    """Reports, calls and decisions at random, checked after every one."""
    chaos = Chaos(LiveDay(database), Random(seed), [])
    chaos.day.calls("cd1", Symptom.BURST)
    chaos.day.assign("W0001I", "C1")
    for minute in range(1, 70):
        chaos.day.at(2 * minute)
        acts = [chaos.crew_speaks, chaos.somebody_calls, chaos.dispatcher_decides]
        chaos.rng.choices(acts, [6, 1, 3])[0]()
        all_fits(chaos.day)


#: What happened on one isolation, minutes after nine.
HAPPENED = (
    (K.ACCEPTED, None, 10),
    (K.EN_ROUTE, None, 12),
    (K.ON_SITE, None, 20),
    (K.VALVE_CLOSED, "bc.b", 30),
    (K.VALVE_CLOSED, "de.d", 40),
    (K.FIELD_COMPLETE, None, 45),
)


@pytest.mark.parametrize("number", range(0, 720, 90))
def test_the_order_of_arrival_does_not_matter(database: Database, number: int) -> None:
    """A phone that was offline tells the same story backwards: same end, no conflict."""
    day = LiveDay(database)
    day.calls("cd1", Symptom.BURST)
    day.assign("W0001I", "C1")
    arriving = list(permutations(HAPPENED))[number]
    day.at(60)
    for kind, valve, minute in arriving:
        stored = day.says("C1", "W0001I", kind, valve, ago=60 - minute)
        assert stored.outcome is Outcome.APPLIED
    visit, outage = day.visit("W0001I.1"), day.outage()
    assert visit.state is VisitState.FIELD_COMPLETE
    assert visit.on_site_at == NINE + timedelta(minutes=20)
    assert set(outage.closed) == {"bc.b", "de.d"}
    assert outage.began_at == NINE + timedelta(minutes=30)
    all_fits(day)
