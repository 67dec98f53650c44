"""When kept visits are now expected: chains of visits timed from where each crew is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.plans import Visit
from domain.states import VisitState
from domain.visits import TrackedVisit
from operations.replanning.drives import Drive, Drives
from operations.replanning.kept_visits import ARRIVED, is_open

#: Begun work that should have ended long ago ends so much after now at the earliest.
#: Source: mainbreak default.
AT_LEAST = timedelta(minutes=5)

#: Work that nobody is told to do yet begins so much after now, where other work waits for it.
#: Source: mainbreak default.
TO_BE_SENT = timedelta(minutes=30)

Chains = Mapping[str, tuple[TrackedVisit, ...]]


@dataclass
class Timing:
    """Times chains from now on.

    Attributes
    ----------
    now
        On a whole second.
    positions
        Where each crew is; a crew that is not on the list any more has none.
    seen
        When each crew was seen whose position is a good fix: only then a drive under way is timed
        from there.
    ends
        By order id when it is expected to end. Given: guesses for what is in no chain; grows with
        every visit that is timed.
    """

    now: datetime
    crews: Mapping[str, Crew]
    orders: Mapping[str, WorkOrder]
    drives: Drives
    seen: Mapping[str, datetime]
    ends: dict[str, datetime] = field(default_factory=dict)

    def time(self, chains: Chains) -> dict[str, list[TrackedVisit]]:
        """Return the chains with the times they are now expected to have."""
        timed: dict[str, list[TrackedVisit]] = {crew: [] for crew in chains}
        left = {one.work_order for chain in chains.values() for one in chain}
        while left:
            ready = [crew for crew in chains if self._can_go_on(chains[crew], timed[crew], left)]
            # Chains that wait for each other in a circle: a fault of the data that must not hang.
            stuck = [crew for crew in chains if len(timed[crew]) < len(chains[crew])]
            for crew in ready or stuck[:1]:
                visit = chains[crew][len(timed[crew])]
                timed[crew].append(self._timed(visit, timed[crew]))
                self.ends[visit.work_order] = timed[crew][-1].planned.end
                left.discard(visit.work_order)
        return timed

    def free_at(self, crew: Crew, chain: Sequence[TrackedVisit]) -> datetime:
        """Return when the crew can set out for something else."""
        last = [chain[-1].planned.end] if chain else []
        return max([self.now, crew.shift.start, *last])

    def append(self, visit: TrackedVisit, behind: Sequence[Visit]) -> TrackedVisit:
        """Return the visit timed as the next one behind those of its crew."""
        return self._driven(visit, behind[-1] if behind else None)

    def _can_go_on(
        self, chain: Sequence[TrackedVisit], timed: Sequence[TrackedVisit], left: set[str]
    ) -> bool:
        if len(timed) == len(chain):
            return False
        order = self.orders.get(chain[len(timed)].work_order)
        return not left & set(order.after if order else ())

    def _timed(self, visit: TrackedVisit, before: Sequence[TrackedVisit]) -> TrackedVisit:
        if visit.state in ARRIVED and not before:
            return self._there(visit)
        if visit.state is VisitState.EN_ROUTE and not before:
            return self._under_way(visit)
        return self._driven(visit, before[-1].planned if before else None)

    def _there(self, visit: TrackedVisit) -> TrackedVisit:
        """Time work on site: it takes what is left of its duration, and a little at least."""
        arrived = (visit.on_site_at or visit.planned.eta).replace(microsecond=0)
        arrived = min(arrived, self.now)
        start = self._start(visit, arrived)
        end = max(self.now + AT_LEAST, start + self._duration(visit))
        depart = arrived - timedelta(seconds=visit.planned.travel_s)
        planned = replace(visit.planned, depart=depart, eta=arrived, start=start, end=end)
        return replace(visit, planned=planned)

    def _under_way(self, visit: TrackedVisit) -> TrackedVisit:
        """Time a drive: the way that was left when it was seen, else what was foreseen."""
        planned, seen = visit.planned, self.seen.get(visit.crew)
        drive = self.drives.of_crew(visit.crew, visit.work_order)
        if seen is not None and drive is not None:
            # Whether it has been at the depot already nobody reports.
            eta = whole(seen + timedelta(seconds=drive.seconds))
            planned = replace(planned, eta=eta, depot="", pickup_s=0)
        depart = min(planned.depart, self.now)
        planned = replace(planned, depart=depart, eta=max(self.now, planned.eta))
        return self._worked(visit, planned)

    def _driven(self, visit: TrackedVisit, before: Visit | None) -> TrackedVisit:
        """Time a visit not begun: a drive from the place before, then the work."""
        crew, order = self.crews.get(visit.crew), self.orders.get(visit.work_order)
        free = before.end if before else self.now
        depart = max([free, *([crew.shift.start] if crew else [])])
        if order is not None:
            depart = max(depart, whole(order.released_at))
        drive = None if visit.planned.depot else self._drive(visit, before)
        seconds = drive.seconds if drive else visit.planned.travel_s
        metres = self.drives.metres(drive) if drive else visit.planned.travel_m
        eta = depart + timedelta(seconds=seconds + visit.planned.pickup_s)
        planned = replace(visit.planned, depart=depart, eta=eta, travel_m=metres)
        return self._worked(visit, planned)

    def _drive(self, visit: TrackedVisit, before: Visit | None) -> Drive | None:
        if before is None:
            return self.drives.of_crew(visit.crew, visit.work_order)
        return self.drives.between(before.work_order, visit.work_order)

    def _worked(self, visit: TrackedVisit, driven: Visit) -> TrackedVisit:
        """Return the visit with its work behind the drive."""
        start = self._start(visit, driven.eta)
        duration = self._duration(visit)
        if visit.state is VisitState.PAUSED and visit.on_site_at is not None:
            duration = max(AT_LEAST, visit.on_site_at + duration - self.now)
        planned = replace(
            driven,
            start=start,
            end=whole(start + duration),
            travel_s=round((driven.eta - driven.depart).total_seconds()) - driven.pickup_s,
        )
        return replace(visit, planned=planned)

    def _duration(self, visit: TrackedVisit) -> timedelta:
        order = self.orders.get(visit.work_order)
        if order is None:
            return visit.planned.end - visit.planned.start
        return _work(order)

    def _start(self, visit: TrackedVisit, arrived: datetime) -> datetime:
        """Return when work begins: on arrival, or once its appointment and all else allow it."""
        order = self.orders.get(visit.work_order)
        if order is None:
            return arrived
        ends = [self.ends[one] for one in order.after if one in self.ends]
        opens = [whole(order.window[0])] if order.window else []
        return max([arrived, *ends, *opens])


def guessed_ends(
    orders: Mapping[str, WorkOrder], visits: Iterable[TrackedVisit], now: datetime
) -> dict[str, datetime]:
    """Return when each open order may end, for what waits for it: as planned, else a guess."""
    planned = {one.work_order: one.planned.end for one in visits if one.is_live}
    return {
        order.id: max(now, planned.get(order.id, now + TO_BE_SENT + _work(order)))
        for order in orders.values()
        if is_open(order)
    }


def _work(order: WorkOrder) -> timedelta:
    return timedelta(seconds=order.duration_s)


def whole(instant: datetime) -> datetime:
    """Return the instant, or the next whole second."""
    if not instant.microsecond:
        return instant
    return instant.replace(microsecond=0) + timedelta(seconds=1)
