"""From domain values to the arrays of a problem; what they mean stands in ``Problem``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil, floor
from typing import Any

import numpy as np
import numpy.typing as npt

from dispatch.running import Running
from dispatch.weights import Weights
from domain.crews import Crew, Depot
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.words import Priority

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]

#: Later than any time, and small enough that a day's seconds can be added to it.
NEVER = 1 << 60

#: Seconds of driving from which on there is no way: seventeen years, and small enough to be added.
NO_WAY = 1 << 29

#: Instead of a crew's, an order's or a place's number.
NO_CREW = NO_ORDER = NO_PLACE = -1


def places_of(
    work_orders: Sequence[WorkOrder], crews: Sequence[Crew], depots: Sequence[Depot] = ()
) -> list[LonLat]:
    """Return the places of a problem in the order its travel matrix has them."""
    homes = [crew.home for crew in crews if crew.home is not None]
    starts = [crew.position for crew in crews]
    return [
        *starts,
        *(order.location for order in work_orders),
        *homes,
        *(depot.position for depot in depots),
    ]


def of_crews(crews: Sequence[Crew], now: datetime) -> dict[str, Any]:
    """Return the arrays over crews that need nothing but their values."""
    ends = [floor(_since(now, crew.shift.end)) for crew in crews]
    return {
        "shift_start": _whole([max(0, ceil(_since(now, crew.shift.start))) for crew in crews]),
        "shift_end": _whole(ends),
        "limit": _whole([end + crew.overtime_s for end, crew in zip(ends, crews, strict=True)]),
        "breaks": _breaks(crews, now),
    }


def horizon(crews: Sequence[Crew], running: Running, now: datetime) -> int:
    """Return the second until which undone work counts."""
    ends = [crew.shift.end for crew in crews]
    ends += [running.undone_until] if running.undone_until is not None else []
    return max([0, *(floor(_since(now, end)) for end in ends)])


def begun_work(
    crews: Sequence[Crew],
    work_orders: Sequence[WorkOrder],
    running: Running,
    may: BoolArray,
    reachable: BoolArray,
) -> tuple[IntArray, IntArray]:
    """Return (c,) begun orders that count by rule 9, and the seconds left where a crew is there."""
    index = {order.id: i for i, order in enumerate(work_orders)}
    orders, left = [NO_ORDER] * len(crews), [-1] * len(crews)
    taken: set[int] = set()
    back = home_places(crews, len(work_orders))
    for c, crew in enumerate(crews):
        one = running.begun.get(crew.id)
        i = NO_ORDER if one is None else index.get(one.work_order, NO_ORDER)
        if one is None or i == NO_ORDER or i in taken:
            continue
        taken.add(i)
        order = work_orders[i]
        names = (*order.after, order.together)
        waits = any(name in index or name in running.ends for name in names)
        there = len(crews) + i
        ways = reachable[c, there] and (back[c] == NO_PLACE or reachable[there, back[c]])
        if may[c, i] and ways and not waits:
            orders[c] = i
            left[c] = one.remaining_s if one.on_site else -1
    return _whole(orders), _whole(left)


def _breaks(crews: Sequence[Crew], now: datetime) -> IntArray:
    most = max((len(crew.breaks) for crew in crews), default=0)
    rows = np.full((len(crews), most, 3), NEVER, dtype=np.int64)
    for c, crew in enumerate(crews):
        for k, one in enumerate(crew.breaks):
            times = ceil(_since(now, one.earliest)), floor(_since(now, one.latest))
            rows[c, k] = (*times, one.duration_s)
    return rows


def of_orders(work_orders: Sequence[WorkOrder], running: Running, now: datetime) -> dict[str, Any]:
    """Return the arrays over orders that need nothing but their values."""
    index = {order.id: i for i, order in enumerate(work_orders)}
    windows = [order.window for order in work_orders]
    return {
        "release": _whole([ceil(_since(now, order.released_at)) for order in work_orders]),
        "opens": _whole([ceil(_since(now, one[0])) if one else 0 for one in windows]),
        "closes": _whole([floor(_since(now, one[1])) if one else NEVER for one in windows]),
        "due": _whole([_due(now, order) for order in work_orders]),
        "duration": _whole([order.duration_s for order in work_orders]),
        "emergency": np.array([one.priority is Priority.P1 for one in work_orders], dtype=np.bool_),
        "partner": _whole([index.get(order.together, NO_ORDER) for order in work_orders]),
        "ready": _whole([_ready(now, order, running) for order in work_orders]),
    }


def after(work_orders: Sequence[WorkOrder]) -> tuple[tuple[int, ...], ...]:
    """Return for each order the numbers of those that must end before it begins."""
    index = {order.id: i for i, order in enumerate(work_orders)}
    return tuple(tuple(index[one] for one in order.after if one in index) for order in work_orders)


def homes(
    work_orders: Sequence[WorkOrder], crews: Sequence[Crew], running: Running
) -> tuple[int, ...]:
    """Return for each order the crew that was told to do it."""
    home = {
        order: number
        for number, crew in enumerate(crews)
        for order in running.sequences.get(crew.id, ())
    }
    return tuple(home.get(order.id, NO_CREW) for order in work_orders)


def home_places(crews: Sequence[Crew], n_orders: int) -> IntArray:
    """Return for each crew the place of its home."""
    has = np.array([crew.home is not None for crew in crews], dtype=np.bool_)
    return np.where(has, len(crews) + n_orders + np.cumsum(has) - 1, NO_PLACE).astype(np.int64)


def parts_and_stock(
    work_orders: Sequence[WorkOrder], crews: Sequence[Crew]
) -> tuple[IntArray, IntArray]:
    """Return (n, p) pieces used up and (c, p) pieces in the vans, of the parts anybody uses."""
    names = sorted({part for order in work_orders for part, _ in order.parts})
    number = {name: p for p, name in enumerate(names)}
    used = np.zeros((len(work_orders), len(names)), dtype=np.int64)
    stock = np.zeros((len(crews), len(names)), dtype=np.int64)
    for i, order in enumerate(work_orders):
        for part, pieces in order.parts:
            used[i, number[part]] += pieces
    for c, crew in enumerate(crews):
        for part, pieces in crew.stock:
            if part in number:
                stock[c, number[part]] += pieces
    return used, stock


def eligible(
    work_orders: Sequence[WorkOrder], crews: Sequence[Crew], running: Running
) -> BoolArray:
    """Return (c, n) True where the crew is capable and neither barred nor pinned away."""
    may = np.zeros((len(crews), len(work_orders)), dtype=np.bool_)
    kinds: dict[tuple[Any, ...], BoolArray] = {}
    for i, order in enumerate(work_orders):
        kind = (order.skills, order.crew_size, order.levels)
        if kind not in kinds:
            kinds[kind] = np.array([is_capable(crew, order) for crew in crews], dtype=np.bool_)
        may[:, i] = kinds[kind]
    row = {crew.id: c for c, crew in enumerate(crews)}
    column = {order.id: i for i, order in enumerate(work_orders)}
    for crew_id, order_id in running.barred:
        if crew_id in row and order_id in column and order_id not in running.pinned:
            may[row[crew_id], column[order_id]] = False
    for order_id, crew_id in running.pinned.items():
        if order_id in column:
            others = np.arange(len(crews)) != row.get(crew_id, NO_CREW)
            may[others, column[order_id]] = False
    may[:, sorted(never_in_time(work_orders))] = False
    return may


def never_in_time(work_orders: Sequence[WorkOrder]) -> set[int]:
    """Return the orders that nobody can ever begin, whatever the plan.

    Those in a circle of ``after``, where two that are together count as one, those behind it, and
    those together with one that is not together with them.
    """
    index = {order.id: i for i, order in enumerate(work_orders)}
    pair = [index.get(order.together, i) for i, order in enumerate(work_orders)]
    itself = {i for i, order in enumerate(work_orders) if order.together == order.id}
    alone = itself | {i for i, j in enumerate(pair) if pair[j] != i}
    if not alone and not any(order.after for order in work_orders):
        return alone
    before = [{index[one] for one in order.after if one in index} for order in work_orders]
    waits = [before[i] | before[j] for i, j in enumerate(pair)]
    free: set[int] = set()
    left = set(range(len(pair))) - alone
    while ready := {i for i in left if waits[i] <= free}:
        free |= ready
        left -= ready
    return set(range(len(pair))) - free


def is_capable(crew: Crew, order: WorkOrder) -> bool:
    """Return True if the crew has the skills, at their levels, and the people."""
    return (
        order.skills <= crew.skills
        and crew.size >= order.crew_size
        and all(crew.level(skill) >= level for skill, level in order.levels)
    )


def once(
    work_orders: Sequence[WorkOrder],
    crews: Sequence[Crew],
    home: Sequence[int],
    running: Running,
    weights: Weights,
) -> FloatArray:
    """Return (c, n) what it costs once that this crew does the order."""
    price = np.zeros((len(crews), len(work_orders)))
    told = np.array(home, dtype=np.int64)
    if running.sequences:
        others = (told >= 0) & (told != np.arange(len(crews))[:, None])
        price += weights.churn * others
    where = [order.territory for order in work_orders]
    ordinary = np.array([one.priority is not Priority.P1 for one in work_orders], dtype=np.bool_)
    for c, crew in enumerate(crews):
        if crew.territories:
            away = [bool(one) and one not in crew.territories for one in where]
            price[c] += weights.territory * np.array(away, dtype=np.bool_)
        if crew.reserve:
            price[c] += weights.reserve * ordinary
    return price


def _whole(seconds: Sequence[int]) -> IntArray:
    return np.array(seconds, dtype=np.int64)


def _since(now: datetime, instant: datetime) -> float:
    return (instant - now).total_seconds()


def _due(now: datetime, order: WorkOrder) -> int:
    return NEVER if order.due_on_site is None else floor(_since(now, order.due_on_site))


def _ready(now: datetime, order: WorkOrder, running: Running) -> int:
    ends = [running.ends[one] for one in order.after if one in running.ends]
    return max([0, *(ceil(_since(now, end)) for end in ends)])
