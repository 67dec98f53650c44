"""Days for the oracle's tests: by hand on a line of places, or drawn with every feature.

Each feature draws from its own seed, so that a failing day can be made smaller by leaving
features, crews or orders away without changing what stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from dispatch import Problem, Running, Weights
from dispatch.running import Begun
from domain.crews import Break, Crew, Depot, Shift
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.travel import TravelMatrix
from domain.words import Priority, Skill, WorkOrderKind
from tests.dispatch.plain_weights import PLAIN

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
HERE = LonLat(120.0, 30.0)

#: What days can have. The first two are drawn only where they are asked for: the engines price
#: several restorations of one incident order by order, and broken seconds as whole ones.
FEATURES = (
    "restores",
    "fractions",
    "levels",
    "breaks",
    "overtime",
    "homes",
    "parts",
    "windows",
    "late_calls",
    "bursts",
    "chains",
    "together",
    "territory",
    "reserve",
    "barred",
    "pinned",
    "begun",
    "sequences",
    "under_way",
    "gaps",
    "nan",
    "weights",
)

SKILLS = (Skill.PIPE, Skill.VALVE, Skill.METER)
DISTRICTS = ("east", "west", "")


def at(minutes: float) -> datetime:
    """Return the instant so many minutes after now."""
    return NOW + timedelta(minutes=minutes)


def team(name: str, hours: tuple[float, float] = (0, 8), **more: object) -> Crew:
    """Return a crew of three that can do anything."""
    fields: dict[str, object] = {"skills": frozenset(Skill), "size": 3, "position": HERE}
    shift = Shift(at(60 * hours[0]), at(60 * hours[1]))
    return Crew(id=name, name=name, shift=shift, **{**fields, **more})  # type: ignore[arg-type]


def work(name: str, **more: object) -> WorkOrder:
    """Return half an hour of P3 pipe work, known at ``NOW``, an incident of its own."""
    fields: dict[str, object] = {
        "incident": f"I-{name}",
        "kind": WorkOrderKind.REPAIR,
        "tickets": (),
        "priority": Priority.P3,
        "location": HERE,
        "skills": frozenset({Skill.PIPE}),
        "crew_size": 1,
        "duration_s": 1800,
        "released_at": NOW,
        "due_on_site": None,
    }
    return WorkOrder(id=name, **{**fields, **more})  # type: ignore[arg-type]


def on_a_line(
    crews: Sequence[Crew],
    orders: Sequence[WorkOrder],
    minutes: Sequence[float],
    *,
    depots: Sequence[Depot] = (),
    running: Running | None = None,
    weights: Weights | None = None,
) -> Problem:
    """Return a day whose places lie at these minutes of one road."""
    spots = np.array(minutes, dtype=float) * 60
    travel = TravelMatrix(np.abs(spots[:, None] - spots[None, :]), {}, True, "a line")
    return Problem.build(
        orders, crews, travel, NOW, weights=weights or PLAIN, running=running, depots=depots
    )


def draw(seed: int, crews: int, orders: int, features: Iterable[str] | None = None) -> Problem:
    """Return a random day with these features; with about a third of them if not said."""
    if features is None:
        luck = Random(seed)
        features = [one for one in FEATURES[2:] if luck.random() < 0.35]
    return _Drawn(seed, crews, orders, frozenset(features)).problem()


class Recipe(NamedTuple):
    """What a drawn day is made from: short enough to read in a failing test."""

    seed: int
    crews: int
    orders: int
    features: tuple[str, ...]

    def day(self) -> Problem:
        """Return the day."""
        return draw(*self)


def recipes(
    crews: tuple[int, int] = (0, 4), orders: tuple[int, int] = (0, 10)
) -> st.SearchStrategy[Recipe]:
    """Return days by how large they are, which features they have, and a seed."""
    features = st.sets(st.sampled_from(FEATURES)).map(lambda some: tuple(sorted(some)))
    return st.builds(
        Recipe, st.integers(0, 10**6), st.integers(*crews), st.integers(*orders), features
    )


class _Drawn:
    """One day while it is being drawn."""

    def __init__(self, seed: int, crews: int, orders: int, features: frozenset[str]) -> None:
        self.seed, self.features = seed, features
        self.crews = [self._crew(c) for c in range(crews)]
        self.orders = [self._order(i) for i in range(orders)]

    def _luck(self, *what: object) -> Random:
        return Random(f"{self.seed} {what}")

    def _has(self, feature: str, number: int, chance: float) -> Random | None:
        """Return the luck for one thing's feature, None where it has none."""
        luck = self._luck(feature, number)
        return luck if feature in self.features and luck.random() < chance else None

    def _crew(self, c: int) -> Crew:
        luck = self._luck("crew", c)
        begin = luck.choice([-2.0, -1.0, -0.5, 0.5])
        hours = begin, begin + luck.choice([3.0, 4.0, 6.0, 8.0])
        skills = frozenset(luck.sample(SKILLS, luck.choice([1, 2, 3, 3, 3])))
        made = team(f"C{c}", hours, skills=skills, size=luck.choice([1, 2, 3, 3, 3]))
        if luck := self._has("levels", c, 0.6):
            made = replace(
                made, levels=tuple((one, luck.choice([1, 2, 3])) for one in sorted(skills))
            )
        if luck := self._has("breaks", c, 0.7):
            made = replace(made, breaks=self._breaks(luck))
        if luck := self._has("overtime", c, 0.6):
            made = replace(made, overtime_s=luck.choice([600, 1800, 3600]))
        if self._has("homes", c, 0.5):
            made = replace(made, home=HERE)
        if luck := self._has("parts", c, 0.7):
            made = replace(
                made, stock=(("clamp", luck.randint(0, 2)), ("pipe", luck.randint(0, 3)))
            )
        if luck := self._has("territory", c, 0.7):
            made = replace(made, territories=tuple(luck.sample(DISTRICTS[:2], luck.choice([1, 2]))))
        if self._has("reserve", c, 0.3):
            made = replace(made, reserve=True)
        return made

    @staticmethod
    def _breaks(luck: Random) -> tuple[Break, ...]:
        first = luck.randint(-30, 120)
        one = Break(at(first), at(first + luck.randint(0, 60)), 60 * luck.choice([10, 30]))
        then = first + 90 + luck.randint(0, 60)
        two = Break(at(then), at(then + luck.randint(0, 60)), 60 * luck.choice([10, 45]))
        return (one, two)[: luck.choice([1, 2])]

    def _order(self, i: int) -> WorkOrder:
        luck = self._luck("order", i)
        released = at(luck.choice([-45, -20, -5, 0]))
        due = luck.choice([None, 20, 60, 150])
        made = work(
            f"W{i}",
            priority=luck.choice(list(Priority)),
            kind=luck.choice([WorkOrderKind.INSPECT, WorkOrderKind.REPAIR, WorkOrderKind.METER]),
            skills=frozenset({luck.choice(SKILLS)}),
            crew_size=luck.choice([1, 1, 1, 1, 2, 3]),
            duration_s=60 * luck.choice([7, 20, 45, 90]),
            released_at=released,
            due_on_site=None if due is None else released + timedelta(minutes=due),
            premises_dry_before=luck.choice([0, 0, 1, 3]),
            premises_dry_after=luck.choice([0, 0, 0, 2, 4]),
            leaking=luck.random() < 0.3,
        )
        made = self._asks(made, i)
        if luck := self._has("late_calls", i, 0.5):
            later = timedelta(minutes=luck.randint(1, 240))
            due_on_site = made.due_on_site and made.due_on_site + later
            made = replace(made, released_at=released + later, due_on_site=due_on_site)
        if luck := self._has("windows", i, 0.3):
            opens = at(luck.randint(-60, 200))
            made = replace(
                made, window=(opens, opens + timedelta(minutes=luck.choice([0, 30, 120])))
            )
        return made

    def _asks(self, made: WorkOrder, i: int) -> WorkOrder:
        if luck := self._has("levels", i + 1000, 0.2):
            asked = tuple((one, luck.choice([2, 3])) for one in made.skills)
            made = replace(made, levels=asked)
        if luck := self._has("parts", i + 1000, 0.4):
            asked = luck.choice([("clamp", 1), ("pipe", 2)]), ("pipe", luck.choice([1, 2]))
            made = replace(made, parts=asked[: luck.choice([1, 2])])
        if luck := self._has("territory", i + 1000, 0.8):
            made = replace(made, territory=luck.choice(DISTRICTS))
        return made

    def problem(self) -> Problem:
        """Return what was drawn, tied together."""
        for number in range(0, len(self.orders) - 1, 2):
            self._tie(number)
        for number in range(2, len(self.orders)):
            if self._has("restores", number, 0.4):
                self._join(number)
        running = self._running()
        if "fractions" in self.features:
            self._break_seconds()
        depots = []
        if "parts" in self.features:
            luck = self._luck("depots")
            several = range(luck.choice([0, 1, 2]))
            depots = [Depot(f"D{k}", f"D{k}", HERE, 300 * k) for k in several]
        weights = self._weights() if "weights" in self.features else None
        return Problem.build(
            self.orders,
            self.crews,
            self._travel(len(depots)),
            NOW,
            weights=weights,
            running=running,
            depots=depots,
        )

    def _tie(self, i: int) -> None:
        """Make two neighbours a burst, a chain or a pair; or leave them alone."""
        one, two = self.orders[i : i + 2]
        if luck := self._has("bursts", i, 0.4):
            dry = {
                "incident": f"E{i}",
                "priority": Priority.P1,
                "premises_dry_before": luck.choice([0, 40, 90]),
                "premises_dry_after": luck.choice([0, 60, 200]),
                "window": None,
            }
            one = replace(one, kind=WorkOrderKind.ISOLATE, leaking=True, **dry)
            gone = luck.choice([(), (), ("gone",)])
            two = replace(two, kind=WorkOrderKind.REPAIR, after=(one.id, *gone), **dry)
        elif luck := self._has("chains", i, 0.4):
            first = self.orders[luck.randrange(i + 1)]
            two = replace(two, after=(first.id,))
            if luck.random() < 0.15:
                one = replace(one, after=(two.id,))
        elif luck := self._has("together", i, 0.5):
            two = replace(two, location=one.location, together=one.id, window=None)
            one = replace(one, together=two.id)
            if luck.random() < 0.2:
                one, two = replace(one, together=""), replace(two, together="gone")
        self.orders[i : i + 2] = one, two

    def _join(self, i: int) -> None:
        """Let an order restore supply, or only the road, after the repair of a burst before it."""
        mend, order = self.orders[i - 1], self.orders[i]
        dry = self._luck("dry", i).choice([1, 1, 0])
        if mend.incident.startswith("E") and not order.together and not order.after:
            self.orders[i] = replace(
                order,
                incident=mend.incident,
                kind=WorkOrderKind.RESTORE if dry else WorkOrderKind.REINSTATE,
                after=(mend.id,),
                premises_dry_before=dry * mend.premises_dry_before,
                premises_dry_after=dry * mend.premises_dry_after,
            )

    def _running(self) -> Running:
        names = [one.id for one in self.orders]
        sequences, pinned, barred, ends = {}, {}, set(), {}
        for c, crew in enumerate(self.crews):
            if luck := self._has("sequences", c, 0.9):
                free = [one for one in names if not any(one in row for row in sequences.values())]
                told = luck.sample(free, luck.randint(0, len(free)))
                sequences[crew.id] = (*told, "ended")
        for i, order in enumerate(self.orders):
            if luck := self._has("barred", i, 0.3):
                barred |= {(one.id, order.id) for one in self.crews if luck.random() < 0.5}
            if luck := self._has("pinned", i, 0.2):
                pinned[order.id] = luck.choice([*(one.id for one in self.crews), "away"])
            if luck := self._has("under_way", i, 0.3):
                self.orders[i] = replace(order, after=(*order.after, f"U{i}"))
                ends[f"U{i}"] = at(luck.randint(-10, 150))
        begun = self._begun(pinned, barred)
        return Running(sequences, ends, frozenset(barred), pinned, begun)

    def _begun(self, pinned: dict[str, str], barred: set[tuple[str, str]]) -> dict[str, Begun]:
        """Give crews on shift work they have begun; most of it counts by rule 9."""
        begun: dict[str, Begun] = {}
        for c, crew in enumerate(self.crews):
            luck = self._has("begun", c, 0.4)
            early = crew.shift.start > NOW and (crew.breaks or (luck and luck.random() < 0.7))
            if not luck or not self.orders or early:
                continue
            i = luck.randrange(len(self.orders))
            order = self.orders[i]
            if luck.random() < 0.9 and any(one.work_order == order.id for one in begun.values()):
                continue
            if luck.random() < 0.9:
                barred -= {(crew.id, order.id)}
                self._make_able(c, order)
                self._part(order)
                order = replace(order, after=(), together="")
            on_site = luck.random() < 0.6
            order = replace(
                order,
                released_at=min(order.released_at, NOW),
                interruptible=luck.random() < 0.6,
                make_safe_s=luck.choice([0, 300, 900]),
            )
            self.orders[i] = order
            pinned.pop(order.id, None)
            left = 60 * luck.choice([0, 5, 40, 200]) if on_site else 0
            begun[crew.id] = Begun(order.id, on_site, left)
        return begun

    def _part(self, order: WorkOrder) -> None:
        """Let its partner, if it has one, go alone."""
        self.orders = [
            replace(o, together="") if o.together == order.id else o for o in self.orders
        ]

    def _make_able(self, c: int, order: WorkOrder) -> None:
        crew = self.crews[c]
        self.crews[c] = replace(
            crew,
            skills=crew.skills | order.skills,
            size=max(crew.size, order.crew_size),
            levels=(*crew.levels, *((one, 3) for one, _ in order.levels)),
        )

    def _travel(self, depots: int) -> TravelMatrix:
        """Return random seconds: asymmetric, no triangle inequality, perhaps with gaps."""
        luck = self._luck("travel")
        homes = sum(one.home is not None for one in self.crews)
        size = len(self.crews) + len(self.orders) + homes + depots
        rows = [
            [luck.choice([0.4, 1.0]) * luck.uniform(0, 2400) for _ in range(size)]
            for _ in range(size)
        ]
        seconds = np.array(rows).reshape(size, size)
        np.fill_diagonal(seconds, 0.0)
        for feature, cell in (("gaps", np.inf), ("nan", np.nan), ("nan", -1.0)):
            if feature in self.features and size:
                for _ in range(size):
                    a, b = luck.randrange(size), luck.randrange(size)
                    seconds[a, b] = 0.0 if a == b else cell
        return TravelMatrix(seconds, {}, straight_line=False, method="drawn")

    def _break_seconds(self) -> None:
        """Let releases, windows and shifts fall between two seconds."""
        luck = self._luck("fractions")

        def broken(instant: datetime) -> datetime:
            return instant + timedelta(microseconds=luck.randrange(1, 10**6))

        for c, crew in enumerate(self.crews):
            shift = Shift(broken(crew.shift.start), broken(crew.shift.end))
            self.crews[c] = replace(crew, shift=shift)
        for i, order in enumerate(self.orders):
            window = order.window and (broken(order.window[0]), broken(order.window[1]))
            due = order.due_on_site and broken(order.due_on_site)
            released = broken(order.released_at)
            times = {"window": window, "due_on_site": due, "released_at": released}
            self.orders[i] = replace(order, **times)

    def _weights(self) -> Weights:
        luck = self._luck("weights")
        by = {one: luck.uniform(0, 9) for one in Priority}
        names = "customer burst leak overtime break_late territory reserve interrupt divert churn"
        one = {name: round(luck.uniform(0, 900), 3) for name in names.split()[4:]}
        return Weights(**one, lateness=by, slack={p: x / 5 for p, x in by.items()})
