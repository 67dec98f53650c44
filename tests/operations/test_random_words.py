"""Random days on which dispatchers say this and that: every word holds, every change is told."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest

from domain.crews import HoldKind
from domain.errors import BadInput
from domain.plans import Change, ChangeKind, Plan
from domain.states import VisitState
from domain.visits import TrackedVisit
from domain.words import Priority
from operations.allow_crew import allow_crew
from operations.assign_crew import assign_crew
from operations.crew_away import crew_away
from operations.crew_back import crew_back
from operations.forbid_crew import forbid_crew
from operations.lock_crew import lock_crew
from operations.replanning.plan_changes import is_retimed, visits_of
from operations.unlock_crew import unlock_crew
from storage import Database, UnitOfWork
from tests.operations.replanned import ReplannedDay, crew, order
from tests.operations.test_plan_crews_kept import happen

#: What is stored is tested on both databases elsewhere.
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)

SEEDS, STEPS = range(3), 9


@pytest.mark.parametrize("seed", SEEDS)
def test_words_hold_and_changes_are_told(database: Database, seed: int) -> None:
    """Started work leaves its crew for a P1 order only, and only where it may be interrupted."""
    day, random = ReplannedDay(database), Random(seed)
    names = [f"C{n}" for n in range(4)]
    day.crews(*(crew(name, skills="pipe valve", at=random.uniform(0, 40)) for name in names))
    for step in range(STEPS):
        day.add(order(f"V{step}", at=random.uniform(0, 40), interruptible=True, minutes=90))
        for _ in range(3):
            happen(day, random)
        say(day, random, names)
        day.seen(random.choice(names), random.uniform(0, 40))
        before, running = day.visits(), latest(day)
        plan = day.plan()
        check_words(day, before)
        check_started(day, before, plan)
        if plan != running:
            check_changes(running, plan)
        day.pass_minutes(random.choice([1, 7, 30]))


def latest(day: ReplannedDay) -> Plan | None:
    """Return the plan that counts."""
    with day.open_work() as work:
        return work.plans.latest()


def say(day: ReplannedDay, random: Random, names: list[str]) -> None:
    """Let a dispatcher say something; what makes no sense just now is refused."""
    name, now = random.choice(names), day.now
    visit = random.choice([*day.visits().values(), None])
    work_order = visit.work_order if visit else "V0"
    until = random.choice([None, day.now + (day.at(40) - day.at(0))])

    def assign(work: UnitOfWork) -> None:
        assign_crew(work, day.keeper.of(work), work_order, name, now)

    words = (
        lambda work: lock_crew(work, name, until, "", "lin", now),
        lambda work: unlock_crew(work, name),
        lambda work: crew_away(work, name, (None, until), "", "lin", now),
        lambda work: crew_back(work, name),
        lambda work: forbid_crew(work, work_order, name, "", "lin", now),
        lambda work: allow_crew(work, work_order, name),
        assign,
    )
    with suppress(BadInput):
        day.change(random.choice(words))


def check_words(day: ReplannedDay, before: dict[str, TrackedVisit]) -> None:
    """Demand that nobody gets what a dispatcher's word keeps from them."""
    with day.open_work() as work:
        forbidden = {(one.crew, one.work_order) for one in work.crew_words.forbidden()}
        holds = [one for one in work.crew_words.holds() if not one.until or one.until > day.now]
    away = {one.crew for one in holds if one.kind is HoldKind.AWAY and one.until is None}
    locked = {one.crew for one in holds if one.kind is HoldKind.LOCKED} - away
    had = {(one.crew, one.work_order) for one in before.values()}
    for name, visit in day.visits().items():
        if visit.has_started:
            continue
        assert (visit.crew, name) not in forbidden
        assert visit.crew not in away
        assert visit.crew not in locked or (visit.crew, name) in had
    stays = {(one.crew, one.work_order) for one in day.visits().values()}
    open_orders = {name for name in before if day.order(name).state.value != "cancelled"}
    for crew_id, name in had - forbidden:
        assert crew_id not in locked or name not in open_orders or (crew_id, name) in stays


def check_started(day: ReplannedDay, before: dict[str, TrackedVisit], plan: Plan) -> None:
    """Demand that begun work stays, or was left for an emergency, with all that is told of it."""
    after = day.visits()
    for name, visit in before.items():
        if not visit.has_started:
            continue
        now = after.get(name)
        if now is not None and now.id == visit.id:
            assert (now.crew, now.state) == (visit.crew, visit.state)
            continue
        assert visit.state is VisitState.EN_ROUTE or day.order(name).interruptible
        (change,) = [one for one in plan.changes if one.work_order == name]
        assert change.kind is ChangeKind.DIVERTED
        instead = next(one for one in after.values() if one.planned.interrupts == name)
        assert instead.crew == visit.crew
        assert day.order(instead.work_order).priority is Priority.P1
        with day.open_work() as work:
            assert work.visits.get(visit.id).said.startswith("让位于")


def check_changes(before: Plan | None, after: Plan) -> None:
    """Demand that what differs is told, and nothing else."""
    old, new = visits_of(before), visits_of(after)
    told: dict[str, Change] = {one.work_order: one for one in after.changes}
    assert len(told) == len(after.changes)
    for name, visit in new.items():
        differs = name not in old or old[name].crew != visit.crew
        if differs or is_retimed(old[name], visit):
            assert told[name].crew == visit.crew
            assert told[name].crew_before == (old[name].crew if name in old else "")
        else:
            assert name not in told or told[name].kind is ChangeKind.DIVERTED
    assert all(one.cause.zh and one.cause.en for one in after.changes)
