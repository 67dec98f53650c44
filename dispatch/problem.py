"""The problem: who can do which work, where, when, at what price; arrays that never change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from dispatch import arrays
from dispatch.arrays import NEVER, NO_CREW, NO_ORDER, NO_PLACE, BoolArray, FloatArray, IntArray
from dispatch.running import Running
from dispatch.weights import Weights
from domain.crews import Crew, Depot
from domain.incidents import WorkOrder
from domain.travel import TravelMatrix

__all__ = ["NEVER", "NO_CREW", "NO_ORDER", "NO_PLACE", "Problem"]


@dataclass(frozen=True)
class Problem:
    """What ``solve`` is asked, as values and as arrays over them.

    Crews are numbered 0..c-1, orders 0..n-1, depots 0..d-1 in the order given. Times are whole
    seconds since ``now``, rounded so that nobody gains by it: releases, openings and shift starts
    up, shift ends, closings and due times down, travel up. Places are the crews' starts (0..c-1),
    the orders (c..c+n-1), the homes of the crews that have one, the depots.

    Attributes
    ----------
    work_orders, crews, depots, travel, now, weights, running
        What the problem was built from; ``now`` is on a whole second. ``rules`` reads only these.
    travel_s
        (places, places) driving seconds; meaningless where not ``reachable``.
    reachable
        (places, places) True where there is a way.
    eligible
        (c, n) True where the crew may and can do the order by itself: rule 10.
    once
        (c, n) what it costs once that this crew does the order: churn, territory, reserve.
    shift_start, shift_end, limit
        (c,) seconds; a start before ``now`` counts as 0; ``limit`` is with overtime.
    home_place
        (c,) place, ``NO_PLACE`` where the way home is not planned.
    breaks
        (c, k, 3) earliest, latest, duration; ``NEVER`` where a crew has fewer than k.
    stock, parts
        (c, p) and (n, p) pieces of each part that any order uses up.
    depot_place, load_s
        (d,) place and seconds.
    begun, remaining
        (c,) the order that the crew has begun, ``NO_ORDER`` where none; the seconds of work left
        where it works on site, -1 where it is driving there.
    release
        (n,) nobody sets out earlier; negative if reported before ``now``.
    opens, closes
        (n,) work begins between them; 0 and ``NEVER`` without an appointment.
    due
        (n,) when a crew should have arrived, ``NEVER`` where nothing is promised.
    duration
        (n,) seconds on site.
    emergency
        (n,) True for P1: what begun work may be left for.
    after
        For each order the orders that must end before it begins. Ids that are not among the
        orders count as done.
    partner
        (n,) the order that must begin at the same instant, ``NO_ORDER`` where none.
    ready
        (n,) nobody begins earlier, 0 where nothing under way is waited for.
    home
        For each order the crew that the running plan gives it to, ``NO_CREW`` where none.
    horizon
        Undone work is counted until then: the end of the last shift, or ``running.undone_until``
        if that is later; at least 0.
    """

    work_orders: tuple[WorkOrder, ...]
    crews: tuple[Crew, ...]
    depots: tuple[Depot, ...]
    travel: TravelMatrix
    now: datetime
    weights: Weights
    running: Running
    travel_s: IntArray = field(repr=False)
    reachable: BoolArray = field(repr=False)
    eligible: BoolArray = field(repr=False)
    once: FloatArray = field(repr=False)
    shift_start: IntArray
    shift_end: IntArray
    limit: IntArray
    home_place: IntArray
    breaks: IntArray
    stock: IntArray
    parts: IntArray
    depot_place: IntArray
    load_s: IntArray
    begun: IntArray
    remaining: IntArray
    release: IntArray
    opens: IntArray
    closes: IntArray
    due: IntArray
    duration: IntArray
    emergency: BoolArray
    after: tuple[tuple[int, ...], ...]
    partner: IntArray
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
        depots: Sequence[Depot] = (),
    ) -> Problem:
        """Return the problem.

        ``travel`` is between ``places_of(work_orders, crews, depots)``. A time that is NaN,
        negative or ``arrays.NO_WAY`` or more counts as no way.

        Raises
        ------
        ValueError
            If ``now`` has no zone, an id comes twice, or ``travel`` has another size.
        """
        _refuse_nonsense(work_orders, crews, depots, travel, now)
        if now.microsecond:
            now = now.replace(microsecond=0) + timedelta(seconds=1)
        weights, running = weights or Weights(), running or Running()
        reachable = (travel.seconds >= 0) & (travel.seconds <= arrays.NO_WAY - 1)
        travel_s = np.ceil(np.where(reachable, travel.seconds, 0.0)).astype(np.int64)
        of_crews = arrays.of_crews(crews, now)
        of_orders = arrays.of_orders(work_orders, running, now)
        parts, stock = arrays.parts_and_stock(work_orders, crews)
        home = arrays.homes(work_orders, crews, running)
        n_crews, n_orders = len(crews), len(work_orders)
        eligible = arrays.eligible(work_orders, crews, running)
        begun, remaining = arrays.begun_work(crews, work_orders, running, eligible, reachable)
        with_home = sum(crew.home is not None for crew in crews)
        first_depot = n_crews + n_orders + with_home
        return cls(
            work_orders=tuple(work_orders),
            crews=tuple(crews),
            depots=tuple(depots),
            travel=travel,
            now=now,
            weights=weights,
            running=running,
            travel_s=travel_s,
            reachable=reachable,
            eligible=eligible,
            once=arrays.once(work_orders, crews, home, running, weights),
            home_place=arrays.home_places(crews, n_orders),
            begun=begun,
            remaining=remaining,
            stock=stock,
            parts=parts,
            depot_place=np.arange(first_depot, first_depot + len(depots)),
            load_s=np.array([one.load_s for one in depots], dtype=np.int64),
            home=home,
            horizon=arrays.horizon(crews, running, now),
            **of_crews,
            **of_orders,
            after=arrays.after(work_orders),
        )

    @property
    def n_crews(self) -> int:
        """How many crews."""
        return len(self.crews)

    @property
    def n_orders(self) -> int:
        """How many work orders."""
        return len(self.work_orders)


def _refuse_nonsense(
    work_orders: Sequence[WorkOrder],
    crews: Sequence[Crew],
    depots: Sequence[Depot],
    travel: TravelMatrix,
    now: datetime,
) -> None:
    if now.tzinfo is None:
        raise ValueError("the plan's now needs a zone")
    for things in (work_orders, crews, depots):
        if len({thing.id for thing in things}) != len(things):
            raise ValueError("an id comes twice among the work orders, the crews or the depots")
    places = len(arrays.places_of(work_orders, crews, depots))
    if travel.seconds.shape != (places, places):
        raise ValueError(f"travel is not between the {places} places of crews, orders and depots")
