"""The rule many desks live by: as soon as a call comes in, send the nearest free crew.

Urgent calls first; a repair is offered when its isolation has ended; nobody is diverted.
"""

from __future__ import annotations

import heapq
from datetime import datetime, timedelta
from math import ceil

from benchmarks.days import Day
from domain.incidents import WorkOrder
from domain.plans import Blocked, Plan, Route, Unassigned, Visit
from domain.sentences import Sentence

WHY = Sentence("最近的空闲班组", "nearest free crew")
NONE = Sentence("没有空闲班组", "no crew was free")


def nearest_free_crew(day: Day) -> Plan:
    """Return the plan that the rule leads to, call by call."""
    desk = Desk(day)
    moments = [max(day.now, order.released_at) for order in day.work_orders]
    moments += [max(day.now, crew.shift.start) for crew in day.crews]
    heapq.heapify(moments)
    while moments:
        moment = heapq.heappop(moments)
        for end in desk.send_all(moment):
            heapq.heappush(moments, end)
    routes = tuple(Route(crew.id, tuple(desk.visits[c])) for c, crew in enumerate(day.crews))
    left = tuple(Unassigned(o.id, Blocked.NO_TIME_LEFT, NONE) for _, o in sorted_work(desk.waiting))
    return Plan(day.now, 0, routes, left, engine="nearest free crew")


def sorted_work(waiting: dict[int, WorkOrder]) -> list[tuple[int, WorkOrder]]:
    """Return the waiting orders with their numbers, most urgent and then oldest first."""
    return sorted(waiting.items(), key=lambda one: (one[1].priority, one[1].released_at, one[0]))


class Desk:
    """Who is where until when, and what still waits."""

    def __init__(self, day: Day) -> None:
        self.day = day
        self.waiting = dict(enumerate(day.work_orders))
        self.visits: list[list[Visit]] = [[] for _ in day.crews]
        self.place = list(range(len(day.crews)))
        self.free = [max(day.now, crew.shift.start) for crew in day.crews]
        self.ended: dict[str, datetime] = {}

    def send_all(self, moment: datetime) -> list[datetime]:
        """Send crews to whatever waits at this moment; return when they will have ended."""
        ends = []
        for number, order in sorted_work(self.waiting):
            done = all(one in self.ended and self.ended[one] <= moment for one in order.after)
            if done and order.released_at <= moment:
                crew = self.nearest(number, order, moment)
                if crew is not None:
                    ends.append(self.send(crew, number, order, moment))
        return ends

    def nearest(self, number: int, order: WorkOrder, moment: datetime) -> int | None:
        """Return the nearest free crew that can do the order within its shift."""
        able = [
            (self.drive(c, number), c)
            for c, crew in enumerate(self.day.crews)
            if self.free[c] <= moment
            and order.skills <= crew.skills
            and crew.size >= order.crew_size
            and moment + timedelta(seconds=self.drive(c, number) + order.duration_s)
            <= crew.shift.end
        ]
        return min(able)[1] if able else None

    def drive(self, crew: int, number: int) -> int:
        """Return the whole seconds from where a crew is to an order."""
        return ceil(float(self.day.travel.seconds[self.place[crew], len(self.day.crews) + number]))

    def send(self, crew: int, number: int, order: WorkOrder, moment: datetime) -> datetime:
        """Note the visit and return its end."""
        drive, there = self.drive(crew, number), len(self.day.crews) + number
        eta = moment + timedelta(seconds=drive)
        end = eta + timedelta(seconds=order.duration_s)
        self.visits[crew].append(
            Visit(
                crew=self.day.crews[crew].id,
                work_order=order.id,
                depart=moment,
                eta=eta,
                start=eta,
                end=end,
                travel_s=drive,
                travel_m=0,
                reason=WHY,
            )
        )
        self.place[crew], self.free[crew], self.ended[order.id] = there, end, end
        del self.waiting[number]
        return end
