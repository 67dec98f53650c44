"""What a plan costs, term by term: the formulas of docs/plan.md, incident by incident.

Part of the referee: reads domain values and the plan only, shares no code with the engines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dispatch.problem import Problem
from domain.incidents import WorkOrder
from domain.plans import Plan, Visit
from domain.words import WorkOrderKind


def score(problem: Problem, plan: Plan) -> dict[str, float]:
    """Return the cost of each term and their sum as ``total``, in seconds of travel.

    Work left unassigned counts as if it were reached, begun and ended at the horizon, the end of
    the last shift on a whole second. ``churn`` is a term only where a plan is running.
    """
    books = Books.of(problem, plan)
    terms = {
        "customer_minutes": sum(customers(books)),
        "hazard": sum(hazard(books)),
        "lateness": sum(lateness(books)),
        "waiting": sum(waiting(books)),
        "travel": sum(travel(books)),
        "unassigned": sum(unassigned(books)),
    }
    if problem.running.sequences:
        terms["churn"] = sum(churn(books))
    rounded = {term: round(float(value), 3) for term, value in terms.items()}
    return {**rounded, "total": round(sum(rounded.values()), 3)}


@dataclass(frozen=True)
class Books:
    """A plan beside its problem: each order's visit, each incident's orders."""

    problem: Problem
    visit: dict[str, Visit]
    incidents: tuple[tuple[WorkOrder, ...], ...]
    horizon: datetime

    @classmethod
    def of(cls, problem: Problem, plan: Plan) -> Books:
        """Return the books of a plan."""
        visits = {visit.work_order: visit for route in plan.routes for visit in route.visits}
        incidents: dict[str, list[WorkOrder]] = {}
        for order in problem.work_orders:
            incidents.setdefault(order.incident, []).append(order)
        ends = [crew.shift.end for crew in problem.crews]
        return cls(
            problem=problem,
            visit=visits,
            incidents=tuple(tuple(members) for members in incidents.values()),
            horizon=max([problem.now, *ends]).replace(microsecond=0),
        )

    def seconds(self, since: datetime, until: datetime | None) -> float:
        """Return the seconds between two instants, at least 0; None means the horizon."""
        return max(0.0, ((until or self.horizon) - since).total_seconds())

    def end(self, order: WorkOrder) -> datetime:
        """Return when an order ends; the horizon if unassigned."""
        visit = self.visit.get(order.id)
        return visit.end if visit else self.horizon


def _isolates(order: WorkOrder) -> bool:
    return order.kind is WorkOrderKind.ISOLATE


def customers(books: Books) -> Iterator[float]:
    """Yield each incident's price of premises without water.

    n_before x (isolated - burst) + n_after x (restored - isolated). An incident nobody isolates
    keeps n_before dry until restored, or n_after if its isolation was done before this plan.
    """
    for members in books.incidents:
        burst, isolated, restored = _clock(books, members)
        before, after = _premises(members)
        seconds = before * books.seconds(burst, isolated)
        seconds += after * books.seconds(isolated, restored)
        yield books.problem.weights.customer * seconds


def _premises(members: tuple[WorkOrder, ...]) -> tuple[int, int]:
    before = max(order.premises_dry_before for order in members)
    return before, max(order.premises_dry_after for order in members)


def _clock(books: Books, members: tuple[WorkOrder, ...]) -> tuple[datetime, datetime, datetime]:
    """Return when an incident burst, is isolated, is restored."""
    burst = min(order.released_at for order in members)
    mends = [
        order
        for order in members
        if not _isolates(order) and (order.premises_dry_before or order.premises_dry_after)
    ]
    restored = max((books.end(order) for order in mends), default=books.horizon)
    isolates = [order for order in members if _isolates(order)]
    if isolates:
        return burst, min(restored, max(books.end(order) for order in isolates)), restored
    isolated_earlier = any(order.after for order in mends)
    return burst, (burst if isolated_earlier else restored), restored


def hazard(books: Books) -> Iterator[float]:
    """Yield the price of water running away, and of a burst that is not yet isolated.

    The second part charges max(0, n_after - n_before) premises until the isolation: without it
    the customers' formula would pay for waiting with the isolation, since fewer are dry before.
    """
    weights = books.problem.weights
    for members in books.incidents:
        for order in members:
            if order.leaking:
                burst = _isolates(order) or order.premises_dry_after > 0
                rate = weights.burst if burst else weights.leak
                yield rate * books.seconds(order.released_at, books.end(order))
        if any(_isolates(order) for order in members):
            since, isolated, _ = _clock(books, members)
            before, after = _premises(members)
            yield weights.customer * max(0, after - before) * books.seconds(since, isolated)


def lateness(books: Books) -> Iterator[float]:
    """Yield the price of each arrival after its due time: per second, plus once for the miss."""
    weights = books.problem.weights
    for order in books.problem.work_orders:
        visit = books.visit.get(order.id)
        arrival = visit.eta if visit else books.horizon
        if order.due_on_site is not None and arrival > order.due_on_site:
            late = books.seconds(order.due_on_site, arrival)
            yield weights.lateness[order.priority] * late + weights.miss[order.priority]


def waiting(books: Books) -> Iterator[float]:
    """Yield the price of the time from each report until work begins."""
    for order in books.problem.work_orders:
        visit = books.visit.get(order.id)
        seconds = books.seconds(order.released_at, visit.start if visit else None)
        yield books.problem.weights.waiting[order.priority] * seconds


def travel(books: Books) -> Iterator[float]:
    """Yield the price of driving."""
    for visit in books.visit.values():
        yield books.problem.weights.travel * visit.travel_s


def churn(books: Books) -> Iterator[float]:
    """Yield the price of each order that another crew of the problem was told to do."""
    crews = {crew.id for crew in books.problem.crews}
    for crew, orders in books.problem.running.sequences.items():
        for order in orders:
            visit = books.visit.get(order)
            if crew in crews and visit is not None and visit.crew != crew:
                yield books.problem.weights.churn


def unassigned(books: Books) -> Iterator[float]:
    """Yield the price of each order nobody is given."""
    for order in books.problem.work_orders:
        if order.id not in books.visit:
            yield books.problem.weights.unassigned[order.priority]
