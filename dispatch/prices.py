"""The price of one order's times, as the engines see it: a straight line in each time.

The formulas are those of docs/plan.md, rearranged order by order: for a burst, premises dry
before and after the isolation add up to one slope on the end of the isolation and one on the end
of the repair. ``rules.score`` computes the same figure incident by incident, in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from dispatch.problem import NEVER, Problem
from domain.incidents import WorkOrder
from domain.words import WorkOrderKind


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of each order in seconds of travel; lists over the orders.

    Attributes
    ----------
    waiting
        Per second from release to start.
    slack
        Per second after due less ``slack_s``.
    lateness, miss
        Per second after due, and once.
    slope
        Per second of the end, counted from ``since``.
    since
        Second at which the end's clock began: the incident's first release.
    fixed
        Constant part, so that the sum over orders is the plan's cost.
    dropped
        What the order costs if nobody is given it, all terms together.
    """

    waiting: list[float]
    slack: list[float]
    lateness: list[float]
    miss: list[float]
    slope: list[float]
    since: list[int]
    fixed: list[float]
    dropped: list[float]


def prices_of(problem: Problem) -> Prices:
    """Return the prices of a problem's orders."""
    weights, orders = problem.weights, problem.work_orders
    since, slope, fixed = _clocks(problem)
    prices = Prices(
        waiting=[weights.waiting[order.priority] for order in orders],
        slack=[weights.slack[order.priority] for order in orders],
        lateness=[weights.lateness[order.priority] for order in orders],
        miss=[weights.miss[order.priority] for order in orders],
        slope=slope,
        since=since,
        fixed=fixed,
        dropped=[],
    )
    prices.dropped.extend(_dropped(problem, prices, i) for i in range(problem.n_orders))
    return prices


def _clocks(problem: Problem) -> tuple[list[int], list[float], list[float]]:
    """Return per order: when its incident's clock began, the slope of its end, the constant."""
    weights, orders = problem.weights, problem.work_orders
    known = {order.id for order in orders}
    incidents: dict[str, list[int]] = {}
    for i, order in enumerate(orders):
        incidents.setdefault(order.incident, []).append(i)
    since, slope, fixed = [0] * len(orders), [0.0] * len(orders), [0.0] * len(orders)
    for members in incidents.values():
        first = min(int(problem.release[i]) for i in members)
        customers = _customer_slopes([orders[i] for i in members], known)
        for i, premises in zip(members, customers, strict=True):
            since[i] = first
            leak = _leak_rate(problem, orders[i])
            slope[i] = weights.customer * premises + leak
            fixed[i] = -leak * (int(problem.release[i]) - first)
        _add_never_restored(problem, members, first, fixed)
    return since, slope, fixed


def _leak_rate(problem: Problem, order: WorkOrder) -> float:
    if not order.leaking:
        return 0.0
    of_a_burst = order.kind is WorkOrderKind.ISOLATE or order.premises_dry_after > 0
    return problem.weights.burst if of_a_burst else problem.weights.leak


def _dry(orders: Iterable[WorkOrder]) -> tuple[int, int]:
    orders = list(orders)
    before = max(order.premises_dry_before for order in orders)
    return before, max(order.premises_dry_after for order in orders)


def _restores(order: WorkOrder) -> bool:
    return order.kind is not WorkOrderKind.ISOLATE and (
        order.premises_dry_before > 0 or order.premises_dry_after > 0
    )


def _customer_slopes(members: list[WorkOrder], known: Set[str]) -> list[float]:
    """Return premises per second on the end of each order of one incident."""
    before, after = _dry(members)
    isolates = [order.kind is WorkOrderKind.ISOLATE for order in members]
    waited_for = {one for order in members if _restores(order) for one in order.after}
    restores = [_restores(order) and order.id not in waited_for for order in members]
    waits = (one for order in members if _restores(order) for one in order.after)
    shut = any(isolates) or any(one not in known for one in waits)
    per_isolate = max(0, before - after) / max(1, sum(isolates))
    per_restore = (after if shut else before) / max(1, sum(restores))
    return [
        per_isolate if isolate else per_restore if restore else 0.0
        for isolate, restore in zip(isolates, restores, strict=True)
    ]


def _add_never_restored(
    problem: Problem, members: list[int], first: int, fixed: list[float]
) -> None:
    """Count the premises of an isolated burst to the horizon where no order restores them."""
    orders = [problem.work_orders[i] for i in members]
    isolated = any(order.kind is WorkOrderKind.ISOLATE for order in orders)
    if isolated and not any(_restores(order) for order in orders):
        seconds = max(0, problem.horizon - first)
        fixed[members[0]] += problem.weights.customer * _dry(orders)[1] * seconds


def _dropped(problem: Problem, prices: Prices, i: int) -> float:
    horizon, release = problem.horizon, int(problem.release[i])
    cost = problem.weights.unassigned[problem.work_orders[i].priority] + prices.fixed[i]
    cost += prices.waiting[i] * max(0, horizon - release)
    cost += prices.slope[i] * max(0, horizon - prices.since[i])
    due = int(problem.due[i])
    if due != NEVER:
        slack_s = problem.weights.slack_s[problem.work_orders[i].priority]
        cost += prices.slack[i] * max(0, horizon - due + slack_s)
        if horizon > due:
            cost += prices.lateness[i] * (horizon - due) + prices.miss[i]
    return cost
