"""When work is done nine times in ten: as planned, and all before it that may take longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil, hypot

from domain.calibration import SPREAD
from domain.durations import PRESET_SPREAD, DurationEstimate, DurationSource
from domain.incidents import WorkOrder
from domain.plans import Plan, Visit


@dataclass(frozen=True)
class Ahead:
    """A plan's visits by work order, the visit before each on its route, and the work orders."""

    visits: Mapping[str, Visit]
    previous: Mapping[str, str]
    orders: Mapping[str, WorkOrder]
    now: datetime

    @classmethod
    def of(cls, plan: Plan, orders: Mapping[str, WorkOrder], now: datetime) -> Ahead:
        """Return what lies ahead in a plan."""
        routes = [route.visits for route in plan.routes]
        visits = {visit.work_order: visit for route in routes for visit in route}
        previous = {
            later.work_order: earlier.work_order
            for route in routes
            for earlier, later in pairwise(route)
        }
        return cls(visits, previous, orders, now)

    def latest_end(self, work_order: str) -> datetime:
        """Return when the work order is done nine times in ten; never sooner than planned.

        Every drive and every work before it, by its own crew and by those it waits for, may take
        longer. They do so independently of each other, so their excesses add up as squares.
        """
        excess = hypot(*(self._excess(one) for one in self._until(work_order)))
        return self.visits[work_order].end + timedelta(minutes=ceil(excess / 60))

    def _until(self, work_order: str) -> set[str]:
        """Return the work order and all that must end before it ends."""
        found: set[str] = set()
        left = [work_order]
        while left:
            one = left.pop()
            if one in found or one not in self.visits:
                continue
            found.add(one)
            order = self.orders.get(one)
            left += [self.previous.get(one, ""), *(order.after if order else ())]
            left += [order.together] if order and order.together else []
        return found

    def _excess(self, work_order: str) -> float:
        """Return by how many seconds a visit exceeds its plan at the most, nine times in ten."""
        visit = self.visits[work_order]
        worked = max(0.0, (self.now - visit.start).total_seconds())
        latest = visit.start + timedelta(seconds=self._estimate(work_order).latest_s(worked))
        work = max(0.0, (latest - visit.end).total_seconds())
        drive = (SPREAD - 1.0) * visit.travel_s if visit.eta > self.now else 0.0
        return hypot(work, drive)

    def _estimate(self, work_order: str) -> DurationEstimate:
        """Return the estimate of a work order; of one made before there were any, the preset's."""
        order, visit = self.orders.get(work_order), self.visits[work_order]
        if order is not None and order.estimate is not None:
            return order.estimate
        seconds = order.duration_s if order else (visit.end - visit.start).total_seconds()
        p50_s = max(1, round(seconds))
        return DurationEstimate(p50_s, round(p50_s * PRESET_SPREAD), DurationSource.PRESET)
