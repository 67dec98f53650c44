"""What can be wrong with a day, one fault a function, to be put on top of each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from dispatch import Problem, Running, Weights
from dispatch.running import Begun
from domain.crews import Break, Crew, Depot, Shift
from domain.incidents import WorkOrder
from domain.travel import TravelMatrix
from domain.words import Priority, Skill
from tests.dispatch.instances import HERE, NOW, at, team, work

#: As far as a typing error goes: a datetime has room for some more or less.
FIRST, LAST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)

#: Rows and columns of the matrix.
Cells = tuple[slice, slice]


@dataclass
class Parts:
    """What a day is made of: three crews, eight orders, a depot, two homes; a line of places."""

    crews: list[Crew] = field(default_factory=list)
    orders: list[WorkOrder] = field(default_factory=list)
    depots: list[Depot] = field(default_factory=list)
    sequences: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ends: dict[str, datetime] = field(default_factory=dict)
    barred: set[tuple[str, str]] = field(default_factory=set)
    pinned: dict[str, str] = field(default_factory=dict)
    begun: dict[str, Begun] = field(default_factory=dict)
    weights: Weights | None = None
    no_time: tuple[float, Cells] | None = None

    def problem(self) -> Problem:
        """Return the problem they make."""
        homes = sum(one.home is not None for one in self.crews)
        places = np.arange(len(self.crews) + len(self.orders) + homes + len(self.depots))
        seconds = 300.0 * np.abs(places[:, None] - places[None, :]).astype(np.float64)
        if self.no_time is not None:
            value, cells = self.no_time
            seconds[cells] = value
        running = Running(
            sequences=self.sequences,
            ends=self.ends,
            barred=frozenset(self.barred),
            pinned=self.pinned,
            begun=self.begun,
        )
        return Problem.build(
            self.orders,
            self.crews,
            TravelMatrix(seconds, {}, straight_line=True, method="a line"),
            NOW,
            weights=self.weights,
            running=running,
            depots=self.depots,
        )

    def order(self, number: int, **more: object) -> None:
        """Change a work order; a day without it has nothing to change."""
        if number < len(self.orders):
            self.orders[number] = replace(self.orders[number], **more)  # type: ignore[arg-type]

    def each_crew(self, **more: object) -> None:
        """Change every crew."""
        self.crews = [replace(one, **more) for one in self.crews]  # type: ignore[arg-type]

    def each_order(self, **more: object) -> None:
        """Change every work order."""
        self.orders = [replace(one, **more) for one in self.orders]  # type: ignore[arg-type]


def usual() -> Parts:
    """Return a day with something of everything and nothing wrong."""
    lunch = (Break(at(180), at(240), 1800),)
    crews = [
        team("A", breaks=lunch, overtime_s=1800, home=HERE, stock=(("clamp", 1),)),
        team("B", breaks=lunch, territories=("east",), stock=(("clamp", 0),)),
        team("C", (-1, 6), home=HERE, reserve=True, skills=frozenset({Skill.PIPE, Skill.VALVE})),
    ]
    p1: dict[str, object] = {"priority": Priority.P1, "incident": "I", "due_on_site": at(30)}
    orders = [
        work("shut", **p1, skills=frozenset({Skill.VALVE}), leaking=True, premises_dry_before=40),
        work("mend", **p1, after=("shut",), premises_dry_after=90, parts=(("clamp", 1),)),
        work("pair", together="other"),
        work("other", together="pair"),
        work("meet", window=(at(60), at(120)), territory="east"),
        work("small", interruptible=True, due_on_site=at(90), parts=(("clamp", 1),)),
        work("later", released_at=at(45), priority=Priority.P2),
        work("last", priority=Priority.P4, levels=((Skill.PIPE, 1),)),
    ]
    return Parts(crews, orders, [Depot("D", "D", HERE)], {"A": ("shut", "small"), "B": ("last",)})


#: What spoils a day.
Fault = Callable[[Parts], None]


def _all(*faults: Fault) -> Fault:
    def fault(parts: Parts) -> None:
        for one in faults:
            one(parts)

    return fault


def _cells(value: float, cells: Cells = (slice(None), slice(None))) -> Fault:
    def fault(parts: Parts) -> None:
        parts.no_time = value, cells

    return fault


def _crews(**more: object) -> Fault:
    return lambda parts: parts.each_crew(**more)


def _orders(**more: object) -> Fault:
    return lambda parts: parts.each_order(**more)


def _order(number: int, **more: object) -> Fault:
    return lambda parts: parts.order(number, **more)


def _running(name: str, **more: object) -> Fault:
    return lambda parts: getattr(parts, name).update(more)


def _no_crews(parts: Parts) -> None:
    parts.crews = []


def _no_orders(parts: Parts) -> None:
    parts.orders = []


def _no_depots(parts: Parts) -> None:
    parts.depots = []


def _circle(parts: Parts) -> None:
    parts.order(5, after=("last",))
    parts.order(6, after=("small",))
    parts.order(7, after=("later",))


def _pair_in_a_row(parts: Parts) -> None:
    parts.order(2, after=("other",))


def _three_together(parts: Parts) -> None:
    parts.order(2, together="meet")
    parts.order(4, together="other")


def _all_barred(parts: Parts) -> None:
    parts.barred |= {(crew.id, order.id) for crew in parts.crews for order in parts.orders}


def _odd_breaks(parts: Parts) -> None:
    one = Break(at(30), at(20), 1800)
    parts.each_crew(breaks=(one, one, Break(at(0), at(0), 0), Break(at(10), at(10), 10**6)))


def _weights(**more: object) -> Fault:
    def fault(parts: Parts) -> None:
        parts.weights = Weights(**more)  # type: ignore[arg-type]

    return fault


def _each(value: float) -> dict[Priority, float]:
    return dict.fromkeys(Priority, value)


_PRICES = ("travel", "customer", "burst", "leak", "overtime", "churn")
_HUGE, _FREE = dict.fromkeys(_PRICES, 1e15), dict.fromkeys(_PRICES, 0.0)

FAULTS: dict[str, Fault] = {
    "nothing": lambda _: None,
    "nan": _cells(np.nan),
    "some nan": _cells(np.nan, (slice(None), slice(4, 7))),
    "negative": _cells(-1.0),
    "infinite": _cells(np.inf),
    "minus infinite": _cells(-np.inf),
    "no way out": _cells(np.inf, (slice(0, 3), slice(None))),
    "no way home": _cells(np.nan, (slice(None), slice(11, None))),
    "years of driving": _cells(1e9),
    "endless driving": _cells(1e300),
    "no crews": _no_crews,
    "no orders": _no_orders,
    "no depots": _no_depots,
    "shifts over": _crews(shift=Shift(at(-600), at(-1))),
    "shifts of a second": _crews(shift=Shift(at(1), at(1) + timedelta(seconds=1))),
    "shifts for ever": _crews(shift=Shift(FIRST, LAST)),
    "shifts in thousands of years": _crews(shift=Shift(LAST - timedelta(hours=8), LAST)),
    "endless overtime": _crews(overtime_s=10**9),
    "no skills": _crews(skills=frozenset()),
    "no people": _crews(size=0),
    "odd breaks": _odd_breaks,
    "breaks in thousands of years": _crews(breaks=(Break(LAST, LAST, 10**9),)),
    "breaks all day": _crews(breaks=(Break(FIRST, FIRST, 10**9),)),
    "only reserve": _crews(reserve=True),
    "parts counted twice": _crews(stock=(("clamp", 0), ("clamp", 2))),
    "pinned to one without the skill": _running("pinned", small="C", shut="B", last="A"),
    "pinned to one who is absent": _running("pinned", shut="Z", small="Z", pair="Z"),
    "a pair pinned to one crew": _running("pinned", pair="A", other="A"),
    "all pinned to one crew": lambda day: day.pinned.update({one.id: "C" for one in day.orders}),
    "pinned orders that are not there": _running("pinned", ghost="A", phantom="Z"),
    "all barred": _all_barred,
    "pinned and barred": _all(_all_barred, _running("pinned", small="A")),
    "begun by one, pinned to another": _all(
        _running("begun", A=Begun("small", True, 600)), _running("pinned", small="B")
    ),
    "begun by two": _running(
        "begun", A=Begun("small", True, 600), B=Begun("small", True, 600), C=Begun("small", False)
    ),
    "begun by all": _running(
        "begun", A=Begun("small", True, 0), B=Begun("last", False), C=Begun("later", True, 10**8)
    ),
    "begun by one who may not": _all(_running("begun", A=Begun("small", True, 600)), _all_barred),
    "begun what is not there": _running("begun", A=Begun("ghost", True, 600), Z=Begun("x", False)),
    "begun what waits": _running("begun", A=Begun("mend", True, 600), B=Begun("pair", False)),
    "begun what takes for ever": _running("begun", A=Begun("small", True, 10**9)),
    "begun and as good as done": _running("begun", A=Begun("small", True, 0)),
    "due before the release": _orders(released_at=at(60), due_on_site=at(-600)),
    "due at the end of time": _orders(due_on_site=LAST),
    "due at the beginning of time": _orders(due_on_site=FIRST),
    "released at the end of time": _orders(released_at=LAST),
    "released at the beginning of time": _orders(released_at=FIRST),
    "windows over": _orders(window=(at(-120), at(-60))),
    "windows inside out": _orders(window=(at(120), at(60))),
    "windows in thousands of years": _orders(window=(LAST, LAST)),
    "windows of an instant": _orders(window=(at(60), at(60))),
    "after itself": _order(5, after=("small",)),
    "after each other": _circle,
    "after what is not there": _orders(after=("ghost",)),
    "after what never ends": _all(_running("ends", ghost=LAST), _orders(after=("ghost",))),
    "after what ended long ago": _all(_running("ends", ghost=FIRST), _orders(after=("ghost",))),
    "together with itself": _order(5, together="small"),
    "together with what is not there": _orders(together="ghost"),
    "together with one that is with another": _order(4, together="pair"),
    "together with what nobody can": _order(3, crew_size=99),
    "three together": _three_together,
    "together and one after the other": _pair_in_a_row,
    "together at different hours": _all(
        _order(2, window=(at(60), at(70))), _order(3, window=(at(90), at(95)))
    ),
    "predecessor nobody can": _order(0, skills=frozenset({Skill.TANKER}), crew_size=99),
    "no work in it": _orders(duration_s=0),
    "years of work": _orders(duration_s=10**9),
    "endless work": _orders(duration_s=10**10),
    "millions of people": _orders(crew_size=10**6),
    "billions of premises": _orders(premises_dry_before=10**9, premises_dry_after=10**9),
    "levels nobody has": _orders(levels=((Skill.PIPE, 99),)),
    "levels of what is not asked": _orders(skills=frozenset(), levels=((Skill.TANKER, 3),)),
    "parts without end": _orders(parts=(("clamp", 10**12), ("clamp", 1))),
    "nobody made safe": _all(
        _running("begun", A=Begun("small", True, 600)), _order(5, make_safe_s=10**9)
    ),
    "told twice": lambda day: day.sequences.update(
        A=("last", "last", "shut"), B=("last", "ghost"), Z=("mend",), C=("other", "pair")
    ),
    "told the wrong way round": lambda day: day.sequences.update(A=("mend", "shut")),
    "all emergencies": _orders(priority=Priority.P1),
    "free": _weights(**_FREE, unassigned=_each(0.0), waiting=_each(0.0), lateness=_each(0.0)),
    "beyond price": _weights(**_HUGE, unassigned=_each(1e15), lateness=_each(1e15)),
    "waiting pays": _weights(unassigned=_each(0.0), travel=1e9),
}
