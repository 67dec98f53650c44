"""What a plan costs, term by term: the formulas of docs/plan.md, incident by incident.

Part of the referee: reads domain values and the plan only, shares no code with the engines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from dispatch.problem import Problem
from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.plans import Plan, Route, Visit
from domain.words import Priority, WorkOrderKind

#: The term of a running day only.
CHURN = "churn"


def score(problem: Problem, plan: Plan) -> dict[str, float]:
    """Return the cost of each term and their sum as ``total``, in seconds of travel.

    Work left unassigned counts as if it were reached, begun and ended at the horizon, the end of
    the last shift on a whole second. ``churn`` is a term only where a plan is running.
    """
    books = Books.of(problem, plan)
    told = bool(problem.running.sequences)
    terms = {name: term for name, term in TERMS.items() if told or name != CHURN}
    rounded = {name: round(float(sum(term(books))), 3) for name, term in terms.items()}
    return {**rounded, "total": round(sum(rounded.values()), 3)}


@dataclass(frozen=True)
class Books:
    """A plan beside its problem: each order's visit, each incident's orders, the routes.

    ``day`` holds the ids of the day's orders: what waits for another one waits for work done.
    """

    problem: Problem
    crews: dict[str, Crew]
    routes: tuple[Route, ...]
    day: frozenset[str]
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
        later = problem.running.undone_until
        ends += [later] if later is not None else []
        return cls(
            problem=problem,
            crews={crew.id: crew for crew in problem.crews},
            routes=plan.routes,
            day=frozenset(order.id for order in problem.work_orders),
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

    def arrival(self, order: WorkOrder) -> datetime:
        """Return when somebody arrives for an order; the horizon if unassigned."""
        visit = self.visit.get(order.id)
        return visit.eta if visit else self.horizon

    def given(self) -> Iterator[tuple[WorkOrder, Crew]]:
        """Yield each order that is given to a crew, with the crew."""
        for order in self.problem.work_orders:
            visit = self.visit.get(order.id)
            if visit is not None:
                yield order, self.crews[visit.crew]


def _isolates(order: WorkOrder) -> bool:
    return order.kind is WorkOrderKind.ISOLATE


def customers(books: Books) -> Iterator[float]:
    """Yield each incident's price of premises without water.

    n_before x (isolated - burst) + n_after x (restored - isolated). An incident nobody isolates
    keeps n_before dry until restored, or n_after if its isolation was done before this plan: if
    what restores it waits for an order that is none of the day's.
    """
    for members in books.incidents:
        burst, isolated, restored = _clock(books, members)
        before, after = _premises(members)
        seconds = before * (isolated - burst).total_seconds()
        seconds += after * (restored - isolated).total_seconds()
        yield books.problem.weights.customer * seconds


def _premises(members: tuple[WorkOrder, ...]) -> tuple[int, int]:
    before = max(order.premises_dry_before for order in members)
    return before, max(order.premises_dry_after for order in members)


def _clock(books: Books, members: tuple[WorkOrder, ...]) -> tuple[datetime, datetime, datetime]:
    """Return when an incident burst, is isolated, is restored; the latter not before it burst."""
    burst = min(order.released_at for order in members)
    mends = [
        order
        for order in members
        if not _isolates(order) and (order.premises_dry_before or order.premises_dry_after)
    ]
    restored = max(burst, *([books.end(order) for order in mends] or [books.horizon]))
    isolates = [order for order in members if _isolates(order)]
    if isolates:
        return burst, max(burst, *(books.end(order) for order in isolates)), restored
    isolated_earlier = any(one not in books.day for order in mends for one in order.after)
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
        arrival = books.arrival(order)
        if order.due_on_site is not None and arrival > order.due_on_site:
            late = books.seconds(order.due_on_site, arrival)
            yield weights.lateness[order.priority] * late + weights.miss[order.priority]


def slack(books: Books) -> Iterator[float]:
    """Yield the price of each arrival with less than the slack left before its due time."""
    weights = books.problem.weights
    for order in books.problem.work_orders:
        if order.due_on_site is not None:
            comfortable = order.due_on_site - timedelta(seconds=weights.slack_s[order.priority])
            short = books.seconds(comfortable, books.arrival(order))
            yield weights.slack[order.priority] * short


def waiting(books: Books) -> Iterator[float]:
    """Yield the price of the time from each report until work begins."""
    for order in books.problem.work_orders:
        visit = books.visit.get(order.id)
        seconds = books.seconds(order.released_at, visit.start if visit else None)
        yield books.problem.weights.waiting[order.priority] * seconds


def travel(books: Books) -> Iterator[float]:
    """Yield the price of driving: to each visit, by the depot too, and home."""
    for visit in books.visit.values():
        yield books.problem.weights.travel * visit.travel_s
    for route in books.routes:
        if route.visits and route.back is not None:
            way_home = books.seconds(route.visits[-1].end, route.back)
            yield books.problem.weights.travel * way_home


def overtime(books: Books) -> Iterator[float]:
    """Yield the price of each route's time after the shift, until the last end or the return."""
    for route in books.routes:
        if route.visits:
            over = route.back or route.visits[-1].end
            after = books.seconds(books.crews[route.crew].shift.end, over)
            yield books.problem.weights.overtime * after


def breaks(books: Books) -> Iterator[float]:
    """Yield the price of each break that begins after its latest time.

    Breaks are taken in their order: a route's first one is the crew's first one.
    """
    for route in books.routes:
        for asked, (begin, _) in zip(books.crews[route.crew].breaks, route.breaks, strict=False):
            yield books.problem.weights.break_late * books.seconds(asked.latest, begin)


def territory(books: Books) -> Iterator[float]:
    """Yield the price of each order outside its crew's districts."""
    for order, crew in books.given():
        if order.territory and crew.territories and order.territory not in crew.territories:
            yield books.problem.weights.territory


def reserve(books: Books) -> Iterator[float]:
    """Yield the price of each order that takes the reserve, P1 apart."""
    for order, crew in books.given():
        if crew.reserve and order.priority is not Priority.P1:
            yield books.problem.weights.reserve


def interrupt(books: Books) -> Iterator[float]:
    """Yield the price of each visit that takes a crew away from work on site, or on its way."""
    weights = books.problem.weights
    for visit in books.visit.values():
        if visit.interrupts:
            left = books.problem.running.begun.get(visit.crew)
            yield weights.interrupt if left is not None and left.on_site else weights.divert


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


#: The terms of the price in docs/plan.md, in its order.
TERMS: dict[str, Callable[[Books], Iterator[float]]] = {
    "customer_minutes": customers,
    "hazard": hazard,
    "lateness": lateness,
    "slack": slack,
    "waiting": waiting,
    "travel": travel,
    "overtime": overtime,
    "breaks": breaks,
    "territory": territory,
    "reserve": reserve,
    "interrupt": interrupt,
    "unassigned": unassigned,
    CHURN: churn,
}
