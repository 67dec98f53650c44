"""Small days for the tests: crews and work orders with the fewest words, on a line of places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np

from dispatch import Problem, Weights
from domain.crews import Crew, Shift
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.travel import TravelMatrix, Unreachable
from domain.words import Priority, Skill, WorkOrderKind
from tests.dispatch.plain_weights import PLAIN

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """Return the instant so many minutes after now."""
    return NOW + timedelta(minutes=minutes)


def crew(
    name: str, *, skills: str = "pipe", size: int = 4, hours: tuple[float, float] = (0, 8)
) -> Crew:
    """Return a crew; ``skills`` separated by blanks."""
    shift = Shift(at(60 * hours[0]), at(60 * hours[1]))
    held = frozenset(Skill(skill) for skill in skills.split())
    return Crew(name, f"{name}班", held, size, LonLat(0, 0), shift)


def order(name: str, **more: object) -> WorkOrder:
    """Return a half-hour P3 pipe order reported at eight."""
    fields: dict[str, object] = {
        "incident": f"E-{name}",
        "kind": WorkOrderKind.INSPECT,
        "tickets": (),
        "priority": Priority.P3,
        "location": LonLat(0, 0),
        "skills": frozenset({Skill.PIPE}),
        "crew_size": 1,
        "duration_s": 1800,
        "released_at": NOW,
        "due_on_site": None,
    }
    return WorkOrder(id=name, **{**fields, **more})  # type: ignore[arg-type]


def burst(incident: str, **more: object) -> tuple[WorkOrder, WorkOrder]:
    """Return the isolate and the repair order of a burst."""
    both: dict[str, object] = {
        "incident": incident,
        "priority": Priority.P1,
        "due_on_site": at(30),
        "premises_dry_before": 40,
        "premises_dry_after": 100,
        **more,
    }
    shut = order(
        f"{incident}I",
        kind=WorkOrderKind.ISOLATE,
        skills=frozenset({Skill.VALVE}),
        leaking=True,
        **both,
    )
    mend = order(f"{incident}R", kind=WorkOrderKind.REPAIR, after=(shut.id,), **both)
    return shut, mend


def line(minutes: Sequence[float], cut: Sequence[int] = ()) -> TravelMatrix:
    """Return travel between places at these minutes along one road; ``cut`` places have no way."""
    spots = np.array(minutes, dtype=float) * 60
    seconds = np.abs(spots[:, None] - spots[None, :])
    for place in cut:
        seconds[place, :] = seconds[:, place] = np.inf
        seconds[place, place] = 0.0
    cells = {(int(a), int(b)): Unreachable.OTHER_PART for a, b in np.argwhere(np.isinf(seconds))}
    return TravelMatrix(seconds, cells, straight_line=True, method="a line")


def problem(
    crews: Sequence[Crew],
    orders: Sequence[WorkOrder],
    minutes: Sequence[float],
    *,
    cut: Sequence[int] = (),
    weights: Weights | None = None,
) -> Problem:
    """Return the problem of a day at eight o'clock."""
    return Problem.build(orders, crews, line(minutes, cut), NOW, weights=weights or PLAIN)


def random_problem(seed: int, *, crews: int, orders: int, hours: float = 8) -> Problem:
    """Return a random day with bursts, chains, gaps in the roads, crews too small or unskilled."""
    random = Random(seed)
    teams = [_random_crew(random, number, hours) for number in range(crews)]
    work: list[WorkOrder] = []
    while len(work) < orders:
        work += _random_work(random, len(work), hours)
    size = len(teams) + len(work)
    seconds = np.array([[random.uniform(0, 2400) for _ in range(size)] for _ in range(size)])
    np.fill_diagonal(seconds, 0.0)
    for _ in range(size):
        a, b = random.randrange(size), random.randrange(size)
        seconds[a, b] = 0.0 if a == b else np.inf
    travel = TravelMatrix(seconds, {}, straight_line=False, method="random")
    return Problem.build(work, teams, travel, NOW)


def _random_crew(random: Random, number: int, hours: float) -> Crew:
    skills = " ".join(sorted({random.choice(["pipe", "valve", "meter"]) for _ in range(2)}))
    begin = random.choice([-2.0, 0.0, hours / 4])
    shift = (begin, begin + hours * random.uniform(0.5, 1.0))
    return crew(f"C{number}", skills=skills, size=random.randint(1, 4), hours=shift)


def _random_work(random: Random, number: int, hours: float) -> tuple[WorkOrder, ...]:
    released = at(round(random.uniform(-60, 45 * hours)))
    minutes = random.choice([20, 45, 90])
    if random.random() < 0.3:
        return burst(
            f"E{number}",
            released_at=released,
            due_on_site=released + timedelta(minutes=30),
            duration_s=60 * minutes,
            premises_dry_before=random.randint(0, 200),
            premises_dry_after=random.randint(0, 200),
        )
    due = released + timedelta(hours=2) if random.random() < 0.7 else None
    skill = random.choice([Skill.PIPE, Skill.METER, Skill.VALVE])
    return (
        order(
            f"W{number}",
            priority=random.choice(list(Priority)),
            skills=frozenset({skill}),
            crew_size=random.randint(1, 3),
            duration_s=60 * minutes,
            released_at=released,
            due_on_site=due,
            premises_dry_before=random.randint(0, 2),
            leaking=random.random() < 0.3,
        ),
    )
