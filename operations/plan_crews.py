"""Plan again while the day goes on: read, search outside of any transaction, write what changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import dispatch
from domain.clocks import Clock
from domain.plans import Plan
from domain.states import IncidentState
from operations.ground import Ground
from operations.plan_day import Effort
from operations.replanning.keep_plan import keep_plan
from operations.replanning.plan_around import Solver, Task, plan_around
from operations.replanning.refusals import refusals
from operations.replanning.running_day import RunningDay
from storage import UnitOfWork

#: How often a search is begun anew because an event was answered meanwhile: in a storm of events
#: their answers are the plan. Source: mainbreak default.
_TRIES = 3


class OpenWork(Protocol):
    """Opens a unit of work that acts for the planner."""

    def __call__(self, *, write_first: bool = False) -> UnitOfWork:
        """Return the unit, to be entered."""
        ...


def plan_crews(
    open_work: OpenWork,
    ground_of: Callable[[UnitOfWork], Ground],
    clock: Clock,
    effort: Effort,
    solver: Solver = dispatch.solve,
    weights: dispatch.Weights | None = None,
) -> Plan:
    """Return the plan that counts from now on; it is stored if it changed anything.

    Two transactions, and none is open during the search: what is reported meanwhile is respected
    by the second one, and planned by the next run. If another plan was stored meanwhile, it is
    done again; after ``_TRIES`` the other's stands.

    Raises
    ------
    NothingImported
        If there is no network yet.
    MainbreakError
        If no plan keeps every rule, or the database refused.
    """
    for _ in range(_TRIES):
        with open_work() as work:
            task = read_task(work, ground_of(work), clock())
        proposal = plan_around(task, effort, solver, weights)
        with open_work(write_first=True) as work:
            plan = keep_plan(work, proposal, clock())
            work.commit()
        if plan is not None:
            return plan
    with open_work() as work:
        return work.plans.latest() or proposal.plan


def is_anything_active(open_work: OpenWork) -> bool:
    """Return True if there is work to plan or a visit to watch."""
    with open_work() as work:
        return bool(work.work_orders.active() or work.visits.active())


def read_task(work: UnitOfWork, ground: Ground, now: datetime) -> Task:
    """Return what is to be planned, as this unit of work sees it."""
    day = RunningDay.read(work, ground, now)
    alive = {one.id for one in work.incidents.active() if one.state is not IncidentState.RESOLVED}
    orders = tuple(order for order in work.work_orders.active() if order.incident in alive)
    number = work.plans.latest_number()
    return Task(
        day,
        orders,
        refused=refusals(work, [order.id for order in orders]),
        depots=work.depots.all(),
        running=work.plans.version(number),
        number=number,
    )
