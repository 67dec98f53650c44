"""The oracle: faults and price of any plan, written from docs/plan.md alone.

It shares no code with dispatch/: it reads the domain values of a problem and nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from dispatch import Problem
from domain.incidents import WorkOrder
from domain.plans import Blocked, Plan, Route, Unassigned, Visit
from domain.sentences import Sentence
from domain.words import Priority, WorkOrderKind
from tests.dispatch.oracle_clock import SECOND, Day, Impossible, Run, Sequences, Stop, timed

TERMS = (
    "customer_minutes",
    "hazard",
    "lateness",
    "slack",
    "waiting",
    "travel",
    "overtime",
    "breaks",
    "territory",
    "reserve",
    "interrupt",
    "unassigned",
    "churn",
)

WHY = Sentence("因为", "because")


def check(problem: Problem, plan: Plan, *, earliest: bool = True) -> list[str]:
    """Return every fault against rules 1 to 12.

    Unless ``earliest``, it is none to set out or to begin later than one could.
    """
    day = Day(problem)
    faults = _names(day, plan)
    if faults:
        return faults
    sequences = sequences_of(day, plan)
    faults = [*_who(day, sequences), *_waits(day, sequences)]
    told = runs_of(day, plan)
    try:
        right = timed(day, sequences, () if earliest else told)
    except Impossible as why:
        return [*faults, str(why)]
    for crew, a, b in zip(day.crews, told, right, strict=True):
        faults += _differences(day, crew.id, a, b)
    return faults


def _names(day: Day, plan: Plan) -> list[str]:
    """Rule 12, and every name one of the day's."""
    faults = [] if plan.now == day.now else ["another now"]
    crews = {crew.id for crew in day.crews}
    count = Counter(route.crew for route in plan.routes)
    faults += [f"crew {one}: {k} routes" for one, k in count.items() if k > 1 or one not in crews]
    visits = [(route.crew, one) for route in plan.routes for one in route.visits]
    faults += [f"{one.work_order}: in another's route" for c, one in visits if one.crew != c]
    named = Counter(one.work_order for _, one in visits)
    named.update(one.work_order for one in plan.unassigned)
    faults += [f"rule 12: {o.id} named {named[o.id]} times" for o in day.orders if named[o.id] != 1]
    faults += [f"{one}: not among the day's" for one in named if one not in day.number]
    said = [one.detail for one in plan.unassigned] + [one.reason for _, one in visits]
    faults += ["rule 12: no reason in both languages" for one in said if not (one.zh and one.en)]
    return faults


def _who(day: Day, sequences: Sequences) -> list[str]:
    pairs = [(c, i) for c, sequence in enumerate(sequences) for i in sequence]
    wrong = [(day.orders[i].id, day.crews[c].id) for c, i in pairs if not day.may[c][i]]
    return [f"rule 10: {order} by {crew}" for order, crew in wrong]


def _waits(day: Day, sequences: Sequences) -> list[str]:
    planned = {i for sequence in sequences for i in sequence}
    faults = []
    for i in planned:
        others = [*day.after[i], *([] if day.partner[i] is None else [day.partner[i]])]
        faults += [f"rule 11: {day.orders[i].id} alone" for one in others if one not in planned]
    return faults


def _differences(day: Day, crew: str, told: Run, right: Run) -> list[str]:
    faults = []
    for a, b in zip(told.stops, right.stops, strict=True):
        for name, said, true in zip(Stop._fields, a, b, strict=True):
            if said != true:
                faults.append(f"{day.orders[b.order].id} by {crew}: {name} {said}, not {true}")
    if told.breaks != right.breaks:
        faults.append(f"rule 3: {crew} breaks {told.breaks}, not {right.breaks}")
    if told.back != right.back:
        faults.append(f"rule 8: {crew} back {told.back}, not {right.back}")
    return faults


def sequences_of(day: Day, plan: Plan) -> list[list[int]]:
    """Return by crew the numbers of its orders."""
    routes = {one.crew: one for one in plan.routes}
    visits = [routes[one.id].visits if one.id in routes else () for one in day.crews]
    return [[day.number[one.work_order] for one in row] for row in visits]


def runs_of(day: Day, plan: Plan) -> list[Run]:
    """Return a plan's own times, in seconds since now."""
    routes = {one.crew: one for one in plan.routes}
    return [_run(day, routes.get(one.id, Route(one.id, ()))) for one in day.crews]


def _run(day: Day, route: Route) -> Run:
    breaks = tuple((day.late(begin), day.late(end)) for begin, end in route.breaks)
    back = None if route.back is None else day.late(route.back)
    return Run(tuple(_stop(day, one) for one in route.visits), breaks, back)


def _stop(day: Day, one: Visit) -> Stop:
    return Stop(
        day.number[one.work_order],
        day.late(one.depart),
        one.travel_s,
        one.pickup_s,
        one.depot,
        day.late(one.eta),
        day.late(one.start),
        day.late(one.end),
        one.interrupts,
    )


def plan_of(problem: Problem, sequences: Sequences) -> Plan:
    """Return the plan of sequences, timed by the oracle; ``Impossible`` where there is none."""
    day = Day(problem)
    runs = timed(day, sequences)
    routes = [
        _route(day, crew.id, run) for crew, run in zip(day.crews, runs, strict=True) if run.stops
    ]
    planned = {i for sequence in sequences for i in sequence}
    left = [one.id for i, one in enumerate(day.orders) if i not in planned]
    unassigned = tuple(Unassigned(one, Blocked.NO_TIME_LEFT, WHY) for one in left)
    return Plan(day.now, 0, tuple(routes), unassigned)


def _route(day: Day, crew: str, run: Run) -> Route:
    visits = []
    for one in run.stops:
        times = [day.now + at * SECOND for at in (one.depart, one.eta, one.start, one.end)]
        extra = {"depot": one.depot, "pickup_s": one.pickup, "interrupts": one.interrupts}
        order = day.orders[one.order].id
        visits.append(Visit(crew, order, *times, one.travel, 0, WHY, **extra))
    breaks = tuple((day.now + a * SECOND, day.now + b * SECOND) for a, b in run.breaks)
    back = None if run.back is None else day.now + run.back * SECOND
    return Route(crew, tuple(visits), breaks, back)


def score(problem: Problem, plan: Plan) -> dict[str, float]:
    """Return the price of a plan by term, and their sum as ``total``."""
    day = Day(problem)
    return price(day, runs_of(day, plan))


def price(day: Day, runs: Sequence[Run]) -> dict[str, float]:
    """Return the price of timed routes; every other order is unassigned."""
    cost = dict.fromkeys(TERMS, 0.0)
    seen: dict[int, tuple[int, int, int]] = {}
    for c, run in enumerate(runs):
        _price_route(day, c, run, cost)
        for stop in run.stops:
            seen[stop.order] = stop.eta, stop.start, stop.end
            _price_choice(day, c, stop, cost)
    never = (day.horizon,) * 3
    for i, order in enumerate(day.orders):
        if i not in seen:
            cost["unassigned"] += day.weights.unassigned[order.priority]
        _price_times(day, i, seen.get(i, never), cost)
    _price_incidents(day, {i: seen.get(i, never)[2] for i in range(len(day.orders))}, cost)
    cost["total"] = sum(cost.values())
    return cost


def _price_route(day: Day, c: int, run: Run, cost: dict[str, float]) -> None:
    if not run.stops:
        return
    last = run.stops[-1].end
    driven = sum(stop.travel for stop in run.stops)
    if run.back is not None:
        driven, last = driven + run.back - last, run.back
    cost["travel"] += day.weights.travel * driven
    cost["overtime"] += day.weights.overtime * max(0, last - day.exact(day.crews[c].shift.end))
    for (begin, _), due in zip(run.breaks, day.crews[c].breaks, strict=False):
        cost["breaks"] += day.weights.break_late * max(0, begin - day.exact(due.latest))


def _price_choice(day: Day, c: int, stop: Stop, cost: dict[str, float]) -> None:
    crew, order, weights = day.crews[c], day.orders[stop.order], day.weights
    if crew.territories and order.territory and order.territory not in crew.territories:
        cost["territory"] += weights.territory
    if crew.reserve and order.priority is not Priority.P1:
        cost["reserve"] += weights.reserve
    begun = day.begun[c]
    if stop.interrupts and begun:
        cost["interrupt"] += weights.interrupt if begun.on_site else weights.divert
    told = [one.id for one in day.crews if order.id in day.running.sequences.get(one.id, ())]
    if told and crew.id not in told:
        cost["churn"] += weights.churn


def _price_times(day: Day, i: int, times: tuple[int, int, int], cost: dict[str, float]) -> None:
    order, weights = day.orders[i], day.weights
    eta, start, end = times
    released = day.exact(order.released_at)
    p = order.priority
    cost["waiting"] += weights.waiting[p] * max(0, start - released)
    if order.leaking:
        grave = order.kind is WorkOrderKind.ISOLATE or order.premises_dry_after > 0
        rate = weights.burst if grave else weights.leak
        cost["hazard"] += rate * max(0, end - released)
    if order.due_on_site is not None:
        due = day.exact(order.due_on_site)
        if eta > due:
            cost["lateness"] += weights.lateness[p] * (eta - due) + weights.miss[p]
        cost["slack"] += weights.slack[p] * max(0, eta - due + weights.slack_s[p])


def _premises(order: WorkOrder) -> bool:
    return order.premises_dry_before > 0 or order.premises_dry_after > 0


def _price_incidents(day: Day, ends: dict[int, int], cost: dict[str, float]) -> None:
    incidents = defaultdict(list)
    for i, order in enumerate(day.orders):
        incidents[order.incident].append(i)
    for numbers in incidents.values():
        lost, kept_low = _premises_seconds(day, numbers, ends)
        cost["customer_minutes"] += day.weights.customer * lost
        cost["hazard"] += day.weights.customer * kept_low


def _premises_seconds(day: Day, numbers: list[int], ends: dict[int, int]) -> tuple[float, float]:
    """Return premises x seconds dry, and those by which isolating late would seem to gain."""
    orders = day.orders
    before = max(orders[i].premises_dry_before for i in numbers)
    after = max(orders[i].premises_dry_after for i in numbers)
    burst = min(day.exact(orders[i].released_at) for i in numbers)
    shut = [i for i in numbers if orders[i].kind is WorkOrderKind.ISOLATE]
    mend = [i for i in numbers if i not in shut and _premises(orders[i])]
    if not shut:
        restored = max([burst, *(ends[i] for i in mend)])
        gone = any(one not in day.number for i in mend for one in orders[i].after)
        return (after if gone else before) * (restored - burst), 0.0
    isolated = max(burst, *(ends[i] for i in shut))
    restored = max([burst, *(ends[i] for i in mend)]) if mend else isolated
    lost = before * (isolated - burst) + after * (restored - isolated)
    return lost, max(0, after - before) * (isolated - burst)
