"""Whatever is decided by hand, in whatever order: no ticket is lost and every undo undoes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import pytest

from domain.errors import BadInput
from domain.reports import ReportKind
from domain.states import ENDED, IncidentState, OutageState, TicketState, WorkOrderState
from domain.words import Symptom
from domain.work import BURST_FAMILY
from operations.calling.by_hand import Decision
from operations.take_call import Call
from storage import Database, UnitOfWork
from tests.operations.by_hand import Hand
from tests.operations.live_day import LiveDay

RUNNING = frozenset({IncidentState.SUSPECTED, IncidentState.CONFIRMED})
SYMPTOMS = (Symptom.BURST, Symptom.NO_WATER, Symptom.LOW_PRESSURE, Symptom.MANHOLE)


@dataclass
class Desk:
    """A dispatcher who tries anything, by a seed."""

    hand: Hand
    rng: Random
    decided: int = 0
    undone: int = 0
    calls: list[str] = field(default_factory=list)

    def somebody_calls(self) -> None:
        """Take a call from anywhere, now and then from nowhere in particular."""
        going = sorted(self.hand.held())
        call = Call(
            premises=self.rng.choice(self.hand.day.network.premises).id,
            symptom=self.rng.choice(SYMPTOMS),
        )
        if going and self.rng.random() < 0.2:
            call = Call(text="没水", incident=self.rng.choice(going))
        self.calls.append(self.hand.day.call(call).ticket.id)

    def a_crew_sets_out(self) -> None:
        """Have a crew begin some order that waits."""
        with self.hand.day.work() as work:
            waiting = [one.id for one in work.work_orders.active()]
        if waiting:
            order = self.rng.choice(waiting)
            with suppress(BadInput):
                self.hand.day.assign(order, "C1")
                self.hand.day.says("C1", order, ReportKind.EN_ROUTE)

    def decides(self) -> None:
        """Decide something; what is refused changes nothing, what is done can be undone."""
        before, told = self.hand.held(), self.hand.day.told()
        decision: Decision | None = None
        with suppress(BadInput):
            decision = self.rng.choice([self._attach, self._detach, self._merge, self._split])()
        if decision is None:
            assert (self.hand.held(), self.hand.day.told()) == (before, told)
            return
        self.decided += 1
        assert decision.changed == (self.hand.held() != before)
        self._takes_it_back(decision, before)

    def _takes_it_back(self, decision: Decision, before: dict[str, tuple[str, ...]]) -> None:
        if decision.changed and self.rng.random() < 0.6:
            self.hand.undo(decision.undo)
            self.undone += 1
            assert self.hand.held() == before

    def _any(self, some: list[str]) -> str:
        return self.rng.choice(sorted(some) or ["E9999"])

    def _attach(self) -> Decision:
        return self.hand.attach(self._any(self.calls), self._any([*self.hand.held()]))

    def _detach(self) -> Decision:
        return self.hand.detach(self._any(self.calls))

    def _merge(self) -> Decision:
        if self.rng.random() < 0.3:
            return self.hand.unmerge(self._any(self._all()))
        return self.hand.merge(self._any(self._all()), self._any(self._all()))

    def _split(self) -> Decision:
        one, tickets = self.rng.choice(sorted(self.hand.held().items()))
        some = self.rng.sample(tickets, self.rng.randint(1, len(tickets)))
        return self.hand.split(one, *some)

    def _all(self) -> list[str]:
        with self.hand.day.work() as work:
            return [one.id for one in work.incidents.all()]


def nothing_is_lost(work: UnitOfWork, calls: list[str]) -> None:
    """Check that each ticket with a place is in one incident that has not ended, others in one."""
    held = Counter(one for each in work.incidents.active() for one in each.tickets)
    assert set(held.values()) <= {1}
    tickets = {one.id: one for one in work.tickets.all()}
    assert sorted(tickets) == sorted(calls)
    for name in work.tickets.placed(list(tickets)):
        if tickets[name].state is not TicketState.CLOSED:
            assert held[name] == 1


def work_is_there(work: UnitOfWork) -> None:
    """Check that every incident that runs has tickets and work, and none that was merged has."""
    orders = work.work_orders.all()
    for one in work.incidents.all():
        mine = [order for order in orders if order.incident == one.id]
        alive = [order for order in mine if order.state not in ENDED[WorkOrderState]]
        if one.state in RUNNING:
            assert one.tickets
            assert alive
            assert all(order.tickets == one.tickets for order in alive)
        if one.state is IncidentState.MERGED:
            assert not alive
            assert work.incidents.get(one.merged_into or "").state is not IncidentState.DISMISSED
    outages = Counter(one.incident for one in work.outages.active())
    assert set(outages.values()) <= {1}
    for one in work.incidents.active():
        bursting = one.symptom is Symptom.BURST and one.symptom in BURST_FAMILY
        assert outages[one.id] == (1 if bursting else outages[one.id])
    for outage in work.outages.all():
        if outage.state is OutageState.PREDICTED:
            assert work.incidents.get(outage.incident).state in RUNNING


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_decisions_keeps_every_ticket(database: Database, seed: int) -> None:
    """Calls, crews and decisions at random, checked after every one."""
    desk = Desk(Hand(LiveDay(database)), Random(seed))
    for _ in range(4):
        desk.somebody_calls()
    acts: list[Callable[[], None]] = [desk.decides, desk.somebody_calls, desk.a_crew_sets_out]
    for minute in range(1, 60):
        desk.hand.day.at(minute)
        desk.rng.choices(acts, [8, 2, 0.5])[0]()
        with desk.hand.day.work() as work:
            nothing_is_lost(work, desk.calls)
            work_is_there(work)
    assert desk.decided > 10
    assert desk.undone > 3
