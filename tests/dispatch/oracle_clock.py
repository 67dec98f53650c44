"""The oracle's clock: rules 1 to 9 of docs/plan.md, written from that page alone.

It reads domain values only. Times are whole seconds since ``now``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil, isfinite
from typing import NamedTuple

from dispatch import Problem
from dispatch.running import Begun
from domain.incidents import WorkOrder
from domain.words import Priority

Sequences = Sequence[Sequence[int]]

SECOND = timedelta(seconds=1)


class Impossible(Exception):
    """Sequences that no times can keep the rules with; says which rule."""


class Stop(NamedTuple):
    """One visit; ``depot`` and ``interrupts`` are ids or empty."""

    order: int
    depart: int
    travel: int
    pickup: int
    depot: str
    eta: int
    start: int
    end: int
    interrupts: str


class Run(NamedTuple):
    """One crew's stops, its breaks (begin, end) and when it is home, None where it need not be."""

    stops: tuple[Stop, ...]
    breaks: tuple[tuple[int, int], ...]
    back: int | None


class Day:
    """A problem as the oracle sees it: its values, looked up by number."""

    def __init__(self, problem: Problem) -> None:
        self.orders, self.crews, self.depots = problem.work_orders, problem.crews, problem.depots
        self.weights, self.running, self.now = problem.weights, problem.running, problem.now
        number = {order.id: i for i, order in enumerate(self.orders)}
        self.number = number
        self.release = [self.late(one.released_at) for one in self.orders]
        self.opens = [self.late(one.window[0]) if one.window else 0 for one in self.orders]
        self.closes = [self.early(one.window[1]) if one.window else None for one in self.orders]
        self.after = [[number[one] for one in o.after if one in number] for o in self.orders]
        self.ready = [self._under_way(one) for one in self.orders]
        self.partner = [number.get(one.together) for one in self.orders]
        self.shift_end = [self.early(one.shift.end) for one in self.crews]
        self.horizon = max([0, *self.shift_end])
        self.may = [[self.eligible(c, i) for i in range(len(number))] for c in self.team]
        self.drive = [[_whole(cell) for cell in row] for row in problem.travel.seconds.tolist()]
        homes = [c for c in self.team if self.crews[c].home is not None]
        first = len(self.crews) + len(self.orders)
        self.home = {c: first + k for k, c in enumerate(homes)}
        self.store = [first + len(homes) + k for k in range(len(self.depots))]
        self.begun = [self._counted(c) for c in self.team]

    @property
    def team(self) -> range:
        """The numbers of the crews."""
        return range(len(self.crews))

    def late(self, instant: datetime) -> int:
        """Return seconds since now, rounded up."""
        return -((self.now - instant) // SECOND)

    def exact(self, instant: datetime) -> float:
        """Return seconds since now, as they are: what is priced."""
        return (instant - self.now) / SECOND

    def early(self, instant: datetime) -> int:
        """Return seconds since now, rounded down."""
        return (instant - self.now) // SECOND

    def _under_way(self, order: WorkOrder) -> int:
        ends = [self.running.ends[one] for one in order.after if one in self.running.ends]
        return max([0, *map(self.late, ends)])

    def _counted(self, c: int) -> Begun | None:
        """Return what the crew has begun, if it counts by the end of rule 9."""
        begun = self.running.begun.get(self.crews[c].id)
        i = None if begun is None else self.number.get(begun.work_order)
        if begun is None or i is None or not self.may[c][i] or self.drive[c][self.place(i)] is None:
            return None
        if c in self.home and self.drive[self.place(i)][self.home[c]] is None:
            return None
        waits = self.after[i] or self.partner[i] is not None
        under_way = any(one in self.running.ends for one in self.orders[i].after)
        others = [self.running.begun.get(one.id) for one in self.crews[:c]]
        taken = any(one and one.work_order == begun.work_order for one in others)
        return None if waits or under_way or taken else begun

    def eligible(self, c: int, i: int) -> bool:
        """Rule 10."""
        crew, order = self.crews[c], self.orders[i]
        held = dict.fromkeys(crew.skills, 1)
        held.update({skill: level for skill, level in crew.levels if skill in held})
        asked = dict.fromkeys(order.skills, 1) | dict(order.levels)
        able = all(held.get(skill, 0) >= level for skill, level in asked.items())
        if crew.size < order.crew_size or not able:
            return False
        if order.id in self.running.pinned:
            return self.running.pinned[order.id] == crew.id
        return (crew.id, order.id) not in self.running.barred

    def place(self, i: int) -> int:
        """Return the place of an order."""
        return len(self.crews) + i


def _whole(seconds: float) -> int | None:
    return ceil(seconds) if isfinite(seconds) and 0 <= seconds < 2**29 else None


class _Head(NamedTuple):
    """A crew that has arrived for an order; ``begun`` if that is the one it had begun."""

    order: int
    depart: int
    travel: int
    pickup: int
    depot: str
    eta: int
    interrupts: str
    begun: Begun | None


@dataclass
class _Van:
    """A crew on its way through the day."""

    crew: int
    free: int
    place: int
    stock: dict[str, int]
    plenty: bool = False
    next_break: int = 0
    head: _Head | None = None
    told: tuple[Stop, ...] = ()
    stops: list[Stop] = field(default_factory=list)
    breaks: list[tuple[int, int]] = field(default_factory=list)


def timed(day: Day, sequences: Sequences, told: Sequence[Run] = ()) -> list[Run]:
    """Return the times of every crew's orders, each as early as rules 1 to 9 allow.

    Where a plan is ``told``, nobody sets out and nothing begins before it says so: what this
    returns is then that plan, unless it breaks a rule other than to be as early as possible.

    Raises
    ------
    Impossible
        If no times keep them.
    """
    vans = [_van(day, c) for c in day.team]
    for van, run in zip(vans, told, strict=False):
        van.told = run.stops
    ends: dict[int, int] = {}
    moved = True
    while moved:
        moved = False
        for van, sequence in zip(vans, sequences, strict=True):
            while len(van.stops) < len(sequence):
                if van.head is None:
                    van.head = _arrive(day, van, sequence[len(van.stops)])
                if not _begin(day, van, vans, ends):
                    break
                moved = True
    if len(ends) < sum(map(len, sequences)):
        raise Impossible("rule 6: they wait for what is not planned, or for each other")
    _nothing_begun_taken_away(day, sequences)
    return [_home(day, van) for van in vans]


def _van(day: Day, c: int) -> _Van:
    crew = day.crews[c]
    return _Van(c, max(0, day.late(crew.shift.start)), c, dict(crew.stock))


def _arrive(day: Day, van: _Van, i: int) -> _Head:
    """Rules 2 to 5, and 9 for the first visit."""
    begun = None if van.stops else day.begun[van.crew]
    interrupts = ""
    if begun and begun.work_order != day.orders[i].id:
        _leave(day, van, i, begun)
        begun, interrupts = None, begun.work_order
    if begun and begun.on_site:
        _fill_or_use(day, van, i, at_hand=True)
        return _Head(i, 0, 0, 0, "", 0, "", begun)
    depart = _set_out(day, van, i, called_off=bool(interrupts))
    travel, pickup, depot = _way(day, van, i, at_hand=begun is not None)
    eta = depart + travel + pickup
    return _Head(i, depart, travel, pickup, depot, eta, interrupts, begun)


def _leave(day: Day, van: _Van, i: int, begun: Begun) -> None:
    if day.orders[i].priority is not Priority.P1:
        raise Impossible("rule 9: the first visit is neither the begun order nor P1")
    if begun.on_site:
        left = day.orders[day.number[begun.work_order]]
        if not left.interruptible:
            raise Impossible("rule 9: the work on site is not interruptible")
        van.free += left.make_safe_s


def _set_out(day: Day, van: _Van, i: int, *, called_off: bool) -> int:
    """Return the departure; breaks that are due come before it, but where a crew is called off."""
    breaks, shift = day.crews[van.crew].breaks, day.crews[van.crew].shift
    asked = max(day.release[i], day.late(shift.start))
    if van.told:
        asked = max(asked, van.told[len(van.stops)].depart)
    depart = max(van.free, asked)
    while not called_off and van.next_break < len(breaks):
        due = breaks[van.next_break]
        earliest = day.late(due.earliest)
        if earliest > depart:
            break
        begin = max(van.free, earliest)
        van.free = begin + due.duration_s
        van.breaks.append((begin, van.free))
        van.next_break += 1
        depart = max(van.free, asked)
    return depart


def _way(day: Day, van: _Van, i: int, at_hand: bool) -> tuple[int, int, str]:
    """Return the seconds driven, the seconds at a depot and its id."""
    there = day.place(i)
    if not _fill_or_use(day, van, i, at_hand):
        straight = day.drive[van.place][there]
        if straight is None:
            raise Impossible("rule 5: no way")
        return straight, 0, ""
    best: tuple[int, int, str] | None = None
    for depot, store in zip(day.depots, day.store, strict=True):
        to, on = day.drive[van.place][store], day.drive[store][there]
        if to is not None and on is not None and (best is None or to + on < best[0]):
            best = to + on, depot.load_s, depot.id
    if best is None:
        raise Impossible("rule 4: parts are missing and no depot can be reached")
    return best


def _fill_or_use(day: Day, van: _Van, i: int, at_hand: bool) -> bool:
    """Take an order's parts from the van; return True if a depot must fill it first."""
    if van.plenty:
        return False
    asked: dict[str, int] = {}
    for part, pieces in day.orders[i].parts:
        asked[part] = asked.get(part, 0) + pieces
    lacks = any(van.stock.get(part, 0) < pieces for part, pieces in asked.items())
    if lacks and not at_hand:
        van.plenty = True
        return True
    for part, pieces in asked.items():
        van.stock[part] = max(0, van.stock.get(part, 0) - pieces)
    return False


def _begin(day: Day, van: _Van, vans: Sequence[_Van], ends: dict[int, int]) -> bool:
    """Rules 6 and 7: let the crew, and its partner's, begin if all they wait for has an end."""
    if van.head is None:
        return False
    both = [van]
    partner = day.partner[van.head.order]
    if partner is not None:
        both += [one for one in vans if one.head is not None and one.head.order == partner]
        if len(both) < 2:
            return False
    starts = [_earliest(day, one, ends) for one in both]
    if None in starts:
        return False
    start = max(one for one in starts if one is not None)
    for one in both:
        _work(day, one, start, ends)
    return True


def _earliest(day: Day, van: _Van, ends: dict[int, int]) -> int | None:
    head = van.head
    assert head is not None
    if head.begun and head.begun.on_site:
        return head.eta
    i = head.order
    if any(one not in ends for one in day.after[i]):
        return None
    asked = van.told[len(van.stops)].start if van.told else 0
    waits = [ends[one] for one in day.after[i]]
    return max([head.eta, day.opens[i], day.ready[i], asked, *waits])


def _work(day: Day, van: _Van, start: int, ends: dict[int, int]) -> None:
    head, van.head = van.head, None
    assert head is not None
    i, begun, closes = head.order, head.begun, day.closes[head.order]
    if closes is not None and start > closes and not begun:
        raise Impossible("rule 6: the window has closed")
    lasts = begun.remaining_s if begun and begun.on_site else day.orders[i].duration_s
    ends[i] = van.free = start + lasts
    van.place = day.place(i)
    van.stops.append(Stop(*head[:6], start, van.free, head.interrupts))


def _nothing_begun_taken_away(day: Day, sequences: Sequences) -> None:
    """Rule 9: without an emergency a begun order stays with its crew."""
    planned = {day.orders[i].id for sequence in sequences for i in sequence}
    for sequence, begun in zip(sequences, day.begun, strict=True):
        if begun and not sequence and begun.work_order in planned:
            raise Impossible("rule 9: begun work was taken away without an emergency")


def _home(day: Day, van: _Van) -> Run:
    """Rule 8."""
    c = van.crew
    if not van.stops:
        return Run((), (), None)
    first, begun = van.stops[0], day.begun[c]
    limit = day.shift_end[c] + day.crews[c].overtime_s
    if begun and day.orders[first.order].id == begun.work_order:
        then = _back(day, c, first)
        limit = limit if then is None else max(limit, then)
    last = _back(day, c, van.stops[-1])
    if last is None:
        raise Impossible("rule 8: no way home")
    if last > limit:
        raise Impossible("rule 8: after the shift and its overtime")
    return Run(tuple(van.stops), tuple(van.breaks), last if c in day.home else None)


def _back(day: Day, c: int, stop: Stop) -> int | None:
    """Return when the crew would be done after this stop, home included; None without a way."""
    if c not in day.home:
        return stop.end
    way = day.drive[day.place(stop.order)][day.home[c]]
    return None if way is None else stop.end + way
