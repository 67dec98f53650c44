"""Random days of work for the benchmarks: made here, so that nothing judged has a hand in them.

A flat town of 14 km by 14 km, two shifts, calls over the day, one burst in twelve incidents; a
burst brings an isolate order and a repair that waits for it. All by seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np

from domain.crews import Crew, Shift
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.travel import TravelMatrix
from domain.words import Priority, Skill, WorkOrderKind

DAWN = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
HOUR = 3600
TOWN_DEG = 0.13
METRES_PER_DEG = 111_320.0

#: kind, skill, people, minutes, priority, hours until due, share of the calls
TRADES = (
    (WorkOrderKind.INSPECT, Skill.PIPE, 1, 30, Priority.P2, 1, 30),
    (WorkOrderKind.REPAIR, Skill.PIPE, 2, 120, Priority.P3, 4, 20),
    (WorkOrderKind.METER, Skill.METER, 1, 40, Priority.P3, 4, 25),
    (WorkOrderKind.FLUSH, Skill.WATER_QUALITY, 1, 45, Priority.P3, 4, 10),
    (WorkOrderKind.DEFECT, Skill.VALVE, 2, 60, Priority.P4, 24, 15),
)

#: Skills and people of the crews, dealt in turn.
TEAMS = (
    ({Skill.PIPE, Skill.VALVE}, 3),
    ({Skill.METER, Skill.WATER_QUALITY}, 1),
    ({Skill.PIPE, Skill.VALVE, Skill.LARGE_MAIN}, 4),
    ({Skill.PIPE, Skill.METER}, 2),
)


@dataclass(frozen=True)
class Day:
    """One random day: the work, the crews, the travel between them, its morning."""

    work_orders: tuple[WorkOrder, ...]
    crews: tuple[Crew, ...]
    travel: TravelMatrix
    now: datetime


def make_day(seed: int, *, orders: int, crews: int) -> Day:
    """Return a day with about so many work orders (a burst counts two)."""
    random = Random(seed)
    work: list[WorkOrder] = []
    while len(work) < orders:
        work += _incident(random, f"E{len(work):04d}", burst=random.random() < 1 / 12)
    teams = tuple(_crew(random, number) for number in range(crews))
    places = [crew.position for crew in teams] + [order.location for order in work]
    return Day(tuple(work), teams, _drive(places, seed), DAWN)


def _place(random: Random) -> LonLat:
    return LonLat(round(random.random() * TOWN_DEG, 6), round(random.random() * TOWN_DEG, 6))


def _crew(random: Random, number: int) -> Crew:
    skills, size = TEAMS[number % len(TEAMS)]
    start = DAWN + timedelta(hours=4 if number % 10 >= 7 else 0)
    shift = Shift(start, start + timedelta(hours=10))
    return Crew(f"C{number:02d}", f"Crew {number}", frozenset(skills), size, _place(random), shift)


def _incident(random: Random, name: str, *, burst: bool) -> list[WorkOrder]:
    place = _place(random)
    called = DAWN + timedelta(seconds=random.randint(-HOUR, 9 * HOUR))
    return _burst(random, name, place, called) if burst else _call(random, name, place, called)


def _call(random: Random, name: str, place: LonLat, called: datetime) -> list[WorkOrder]:
    trade = random.choices(TRADES, weights=[one[6] for one in TRADES])[0]
    kind, skill, people, minutes, priority, due, _ = trade
    return [
        WorkOrder(
            id=f"{name}-1",
            incident=name,
            kind=kind,
            tickets=(name,),
            priority=priority,
            location=place,
            skills=frozenset({skill}),
            crew_size=people,
            duration_s=60 * round(minutes * random.uniform(0.6, 1.5)),
            released_at=called,
            due_on_site=called + timedelta(hours=due),
            premises_dry_before=1 if kind is WorkOrderKind.INSPECT else 0,
            leaking=kind is WorkOrderKind.REPAIR,
        )
    ]


def _burst(random: Random, name: str, place: LonLat, called: datetime) -> list[WorkOrder]:
    out = int(random.lognormvariate(5.0, 1.0)) + 20
    shut = WorkOrder(
        id=f"{name}-1",
        incident=name,
        kind=WorkOrderKind.ISOLATE,
        tickets=(name,),
        priority=Priority.P1,
        location=place,
        skills=frozenset({Skill.VALVE}),
        crew_size=1,
        duration_s=60 * random.randint(20, 50),
        released_at=called,
        due_on_site=called + timedelta(minutes=30),
        premises_dry_before=int(out * random.uniform(0.4, 1.0)),
        premises_dry_after=out,
        leaking=True,
    )
    mend = WorkOrder(
        id=f"{name}-2",
        incident=name,
        kind=WorkOrderKind.REPAIR,
        tickets=(name,),
        priority=Priority.P1,
        location=place,
        skills=frozenset({Skill.PIPE}),
        crew_size=3,
        duration_s=60 * random.randint(120, 240),
        released_at=called,
        due_on_site=called + timedelta(minutes=30),
        after=(shut.id,),
        premises_dry_before=shut.premises_dry_before,
        premises_dry_after=out,
    )
    return [shut, mend]


def _drive(places: list[LonLat], seed: int) -> TravelMatrix:
    """Return street-like times: 1.35 times the straight line at 28 km/h, each way its own."""
    spots = np.array([(place.lon, place.lat) for place in places]) * METRES_PER_DEG
    metres = 1.35 * np.linalg.norm(spots[:, None] - spots[None, :], axis=2)
    metres *= np.random.default_rng(seed).uniform(1.0, 1.25, metres.shape)
    np.fill_diagonal(metres, 0.0)
    return TravelMatrix(metres / (28 / 3.6), {}, straight_line=True, method="made")
