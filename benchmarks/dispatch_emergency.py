"""One emergency after another into a day under way: how fast, and what else it moves.

A plan of 100 crews and 1000 orders runs for two hours; then emergencies come, two minutes apart.
As in operations, what crews have begun is outside the search: each is free where and when that
ends. One visit in ten is pinned.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from statistics import median
from typing import Any

import numpy as np

import dispatch
from benchmarks.dispatch_instances import SHIFT_S, make_instance
from benchmarks.dispatch_ours import NOW, crews_of, travel_of, work_orders_of
from benchmarks.lines import Line
from domain.crews import Shift
from domain.incidents import WorkOrder
from domain.plans import Plan
from domain.travel import TravelMatrix
from domain.words import Priority, WorkOrderKind

#: How long the plan has run; between two emergencies; until a crew is due at one.
BEGINS, APART, DUE = timedelta(hours=2), timedelta(minutes=2), timedelta(hours=1)
PINNED = 0.1
#: Premises that a made emergency leaves dry.
DRY = 80


@dataclass(frozen=True)
class Size:
    """How large the day is, how many emergencies come, how long the searches may take."""

    crews: int
    orders: int
    emergencies: int
    plan_s: float
    react_s: float


FULL = Size(100, 1000, 25, 20.0, 0.3)
QUICK = Size(20, 150, 5, 1.5, 0.3)


@dataclass(frozen=True)
class Reaction:
    """What one emergency took and changed.

    ``arrival_s`` is from the call to the crew's arrival, None if nobody is sent. ``moved`` counts
    other visits that went to another crew, ``lost`` those that nobody has any more, ``unpinned``
    the pinned ones among both; ``broken`` what the referee says.
    """

    seconds: float
    cpu: float
    arrival_s: float | None
    moved: int
    lost: int
    unpinned: int
    broken: int


class Day:
    """A day under way; ``strike`` lets one emergency happen."""

    def __init__(self, size: Size, seed: int) -> None:
        self._size, self._seed = size, seed
        self._random = Random(seed)
        instance = make_instance(size.crews, size.orders + size.emergencies, seed)
        self._crews = crews_of(instance)
        orders = [_as_promised(order) for order in work_orders_of(instance)]
        struck = sorted(self._random.sample(range(len(orders)), size.emergencies))
        self._struck = [_as_emergency(orders[number]) for number in struck]
        self._orders = {order.id: order for order in orders}
        self._row = {crew.id: c for c, crew in enumerate(self._crews)}
        self._row |= {order.id: size.crews + i for i, order in enumerate(orders)}
        self._homes = size.crews + len(orders)
        self._seconds = travel_of(instance).seconds
        self._stands = {crew.id: crew.id for crew in self._crews}
        for order in self._struck:
            del self._orders[order.id]
        problem = self._problem(NOW, dispatch.Running())
        self._plan = dispatch.solve(problem, seed=seed, seconds=size.plan_s)
        later = [v.work_order for v in _visits(self._plan) if v.depart >= NOW + BEGINS]
        pins = self._random.sample(later, round(PINNED * len(later)))
        self._pinned = {v.work_order: v.crew for v in _visits(self._plan) if v.work_order in pins}

    def reactions(self) -> Iterator[Reaction]:
        """Yield what each emergency took and changed; the first only warms up."""
        at = NOW + BEGINS
        for order in self._struck:
            self._advance(at)
            self._orders[order.id] = replace(order, released_at=at, due_on_site=at + DUE)
            yield self._strike(order.id, at)
            at += APART

    def _strike(self, order: str, at: datetime) -> Reaction:
        told = _crew_of(self._plan)
        sequences = {
            route.crew: tuple(visit.work_order for visit in route.visits)
            for route in self._plan.routes
        }
        pinned = {one: crew for one, crew in self._pinned.items() if one in told}
        running = dispatch.Running(sequences=sequences, pinned=pinned)
        places = self._travel()
        begun, worked = time.perf_counter(), time.process_time()
        problem = self._problem(at, running, places)
        plan = dispatch.react(problem, seed=self._seed, seconds=self._size.react_s)
        taken, busy = time.perf_counter() - begun, time.process_time() - worked
        self._plan = plan
        new = _crew_of(plan)
        return Reaction(
            taken,
            busy,
            _arrival(plan, order, at),
            sum(one in new and new[one] != crew for one, crew in told.items()),
            sum(one not in new for one in told),
            sum(new.get(one) != crew for one, crew in pinned.items()),
            len(dispatch.rules.check(problem, plan)),
        )

    def _advance(self, at: datetime) -> None:
        """Take out what is begun by then; its crew is free where and when it ends."""
        routes = []
        for route in self._plan.routes:
            for visit in route.visits:
                if visit.depart < at:
                    self._stands[route.crew] = visit.work_order
                    self._free(route.crew, visit.end)
                    del self._orders[visit.work_order]
            left = tuple(visit for visit in route.visits if visit.depart >= at)
            routes.append(replace(route, visits=left))
        self._plan = replace(self._plan, routes=tuple(routes))

    def _free(self, crew: str, at: datetime) -> None:
        c = self._row[crew]
        end = NOW + timedelta(seconds=SHIFT_S)
        shift = Shift(min(at, end - timedelta(seconds=1)), end)
        self._crews[c] = replace(self._crews[c], shift=shift)

    def _travel(self) -> TravelMatrix:
        """Return the seconds between where crews stand, the orders and the homes."""
        starts = [self._row[self._stands[crew.id]] for crew in self._crews]
        orders = [self._row[order] for order in self._orders]
        homes = list(range(self._homes, self._homes + len(self._crews)))
        rows = np.array([*starts, *orders, *homes])
        return TravelMatrix(self._seconds[np.ix_(rows, rows)], {}, False, "made")

    def _problem(
        self, at: datetime, running: dispatch.Running, travel: TravelMatrix | None = None
    ) -> dispatch.Problem:
        return dispatch.Problem.build(
            tuple(self._orders.values()),
            tuple(self._crews),
            travel or self._travel(),
            at,
            running=running,
        )


def _as_promised(order: WorkOrder) -> WorkOrder:
    """Return the order with its window as a promise, unless it is an appointment."""
    assert order.window is not None
    opens, closes = order.window
    if opens > NOW:
        return order
    whenever = closes >= NOW + timedelta(seconds=SHIFT_S)
    return replace(order, window=None, due_on_site=None if whenever else closes)


def _as_emergency(order: WorkOrder) -> WorkOrder:
    return replace(
        order,
        kind=WorkOrderKind.REPAIR,
        priority=Priority.P1,
        window=None,
        duration_s=40 * 60,
        premises_dry_before=DRY,
        premises_dry_after=DRY,
        leaking=True,
    )


def _visits(plan: Plan) -> list[Any]:
    return [visit for route in plan.routes for visit in route.visits]


def _crew_of(plan: Plan) -> Mapping[str, str]:
    return {visit.work_order: visit.crew for visit in _visits(plan)}


def _arrival(plan: Plan, order: str, at: datetime) -> float | None:
    etas = [visit.eta for visit in _visits(plan) if visit.work_order == order]
    return (etas[0] - at).total_seconds() if etas else None


def measured(size: Size, seed: int) -> dict[str, Any]:
    """Return the reactions of one day, without the first, which only warms up."""
    dispatch.warm_up()
    done = list(Day(size, seed).reactions())[1:]
    return {
        "seconds": [round(one.seconds, 4) for one in done],
        "cpu": [round(one.cpu, 4) for one in done],
        "arrivals": [one.arrival_s for one in done],
        "moved": [one.moved for one in done],
        "lost": [one.lost for one in done],
        "unpinned": sum(one.unpinned for one in done),
        "broken": sum(one.broken for one in done),
    }


def lines_of(title: str, days: list[dict[str, Any]]) -> Iterator[Line]:
    """Yield the lines over all emergencies of all days."""
    head = {"case": title, "emergencies": sum(len(day["seconds"]) for day in days)}

    def all_of(what: str) -> list[Any]:
        return [one for day in days for one in day[what]]

    def line(metric: str, value: float, unit: str) -> Line:
        return head | {"metric": metric, "value": round(float(value), 4), "unit": unit}

    for share in (50, 95):
        yield line(f"p{share}", np.percentile(all_of("seconds"), share), "s")
    yield line("p95, processor", np.percentile(all_of("cpu"), 95), "s")
    yield line("other visits moved", median(all_of("moved")), "visits")
    yield line("other visits moved, most", max(all_of("moved")), "visits")
    yield line("other visits lost", sum(all_of("lost")), "visits")
    there = [one for one in all_of("arrivals") if one is not None]
    yield line("emergencies planned", len(there) / len(all_of("arrivals")), "share")
    if there:
        yield line("arrival after the call, p50", median(there) / 60, "min")
    yield line("pinned visits touched", sum(day["unpinned"] for day in days), "visits")
    yield line("broken rules", sum(day["broken"] for day in days), "rules")
