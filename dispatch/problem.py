"""The problem: who can do which work, where, when, at what price; arrays that never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from dispatch.running import Running
from dispatch.weights import Weights
from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.travel import TravelMatrix

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

#: In ``Problem.due``: the order promises no arrival.
NO_DUE = np.iinfo(np.int64).max

#: In ``Problem.home``: no crew was told of the order.
NO_CREW = -1


@dataclass(frozen=True)
class Problem:
    """What ``solve`` is asked, as values and as arrays over them.

    Crews are numbered 0..c-1 and orders 0..n-1 in the order given. Times are whole seconds since
    ``now``, rounded so that nobody gains by it: releases and shift starts up, shift ends and due
    times down, travel up. Places are the crews' starts (0..c-1), then the orders (c..c+n-1).

    Attributes
    ----------
    work_orders, crews, travel, now, weights, running
        What the problem was built from; ``now`` is on a whole second. ``rules`` reads only these.
    travel_s
        (c + n, c + n) driving seconds; meaningless where not ``reachable``.
    reachable
        (c + n, c + n) True where there is a way.
    eligible
        (c, n) True where the crew holds all the skills, has enough people and is not barred.
    shift_start, shift_end
        (c,) seconds; a start before ``now`` counts as 0.
    release
        (n,) nobody sets out earlier; negative if reported before ``now``.
    due
        (n,) when a crew should have arrived, ``NO_DUE`` where nothing is promised.
    duration
        (n,) seconds on site.
    after
        For each order the orders that must end before it begins. Ids that are not among the
        orders count as done.
    ready
        (n,) nobody begins earlier, 0 where nothing under way is waited for.
    home
        For each order the crew that the running plan gives it to, ``NO_CREW`` where none.
    horizon
        The end of the last shift, at least 0; undone work is counted until then.
    """

    work_orders: tuple[WorkOrder, ...]
    crews: tuple[Crew, ...]
    travel: TravelMatrix
    now: datetime
    weights: Weights
    running: Running
    travel_s: IntArray
    reachable: BoolArray
    eligible: BoolArray
    shift_start: IntArray
    shift_end: IntArray
    release: IntArray
    due: IntArray
    duration: IntArray
    after: tuple[tuple[int, ...], ...]
    ready: IntArray
    home: tuple[int, ...]
    horizon: int

    @classmethod
    def build(
        cls,
        work_orders: Sequence[WorkOrder],
        crews: Sequence[Crew],
        travel: TravelMatrix,
        now: datetime,
        *,
        weights: Weights | None = None,
        running: Running | None = None,
    ) -> Problem:
        """Return the problem; ``travel`` is between crew starts, then order locations.

        Raises
        ------
        ValueError
            If ``now`` has no zone, an id comes twice, or ``travel`` has another size.
        """
        _refuse_nonsense(work_orders, crews, travel, now)
        if now.microsecond:
            now = now.replace(microsecond=0) + timedelta(seconds=1)
        around = running or Running()
        reachable = np.isfinite(travel.seconds)
        index = {order.id: i for i, order in enumerate(work_orders)}
        starts = [max(0, ceil(_since(now, crew.shift.start))) for crew in crews]
        ends = [floor(_since(now, crew.shift.end)) for crew in crews]
        return cls(
            work_orders=tuple(work_orders),
            crews=tuple(crews),
            travel=travel,
            now=now,
            weights=weights or Weights(),
            running=around,
            travel_s=np.ceil(np.where(reachable, travel.seconds, 0.0)).astype(np.int64),
            reachable=reachable,
            eligible=_eligible(work_orders, crews, around),
            shift_start=np.array(starts, dtype=np.int64),
            shift_end=np.array(ends, dtype=np.int64),
            release=_whole([ceil(_since(now, order.released_at)) for order in work_orders]),
            due=_whole([_due(now, order) for order in work_orders]),
            duration=_whole([order.duration_s for order in work_orders]),
            after=tuple(
                tuple(index[one] for one in order.after if one in index) for order in work_orders
            ),
            ready=_whole([_ready(now, order, around) for order in work_orders]),
            home=_homes(work_orders, crews, around),
            horizon=max(0, *ends) if ends else 0,
        )

    @property
    def n_crews(self) -> int:
        """How many crews."""
        return len(self.crews)

    @property
    def n_orders(self) -> int:
        """How many work orders."""
        return len(self.work_orders)


def _whole(seconds: Sequence[int]) -> IntArray:
    return np.array(seconds, dtype=np.int64)


def _since(now: datetime, instant: datetime) -> float:
    return (instant - now).total_seconds()


def _due(now: datetime, order: WorkOrder) -> int:
    return int(NO_DUE) if order.due_on_site is None else floor(_since(now, order.due_on_site))


def _ready(now: datetime, order: WorkOrder, running: Running) -> int:
    ends = [running.ends[one] for one in order.after if one in running.ends]
    return max([0, *(ceil(_since(now, end)) for end in ends)])


def _homes(
    work_orders: Sequence[WorkOrder], crews: Sequence[Crew], running: Running
) -> tuple[int, ...]:
    home = {
        order: number
        for number, crew in enumerate(crews)
        for order in running.sequences.get(crew.id, ())
    }
    return tuple(home.get(order.id, NO_CREW) for order in work_orders)


def _eligible(
    work_orders: Sequence[WorkOrder], crews: Sequence[Crew], running: Running
) -> BoolArray:
    rows = [
        [
            order.skills <= crew.skills
            and crew.size >= order.crew_size
            and (crew.id, order.id) not in running.barred
            for order in work_orders
        ]
        for crew in crews
    ]
    return np.array(rows, dtype=np.bool_).reshape(len(crews), len(work_orders))


def _refuse_nonsense(
    work_orders: Sequence[WorkOrder],
    crews: Sequence[Crew],
    travel: TravelMatrix,
    now: datetime,
) -> None:
    if now.tzinfo is None:
        raise ValueError("the plan's now needs a zone")
    for things in (work_orders, crews):
        if len({thing.id for thing in things}) != len(things):
            raise ValueError("an id comes twice among the work orders or the crews")
    places = len(crews) + len(work_orders)
    if travel.seconds.shape != (places, places):
        raise ValueError(f"travel is not between {len(crews)} starts and {len(work_orders)} places")
