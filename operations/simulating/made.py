"""The random days: crews, calls, and what nobody knows of the work beforehand. All by seed.

Calls come in the crews' hours: nights, with a service of their own, are not simulated. What is
drawn here is the same for every policy, drives' luck included.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from math import exp, log
from random import Random

from domain.clocks import due_on_site
from domain.crews import Break, Crew, Shift
from domain.incidents import WorkOrder
from domain.words import Priority, Skill, WorkOrderKind
from operations.simulating.ground import Ground
from operations.simulating.size import (
    DAY,
    EARLY,
    EARLY_OF_TEN,
    HOUR,
    LATE,
    SHIFT_H,
    Size,
    instant,
)

#: Skills and people of the crews, dealt in turn. Source: mainbreak default; four in ten hold a
#: valve key and mend pipes with three people or more, so that a burst finds a crew on each shift.
TEAMS: tuple[tuple[frozenset[Skill], int], ...] = (
    (frozenset({Skill.PIPE, Skill.VALVE, Skill.LARGE_MAIN}), 4),
    (frozenset({Skill.METER, Skill.WATER_QUALITY}), 2),
    (frozenset({Skill.PIPE, Skill.VALVE, Skill.METER}), 2),
    (frozenset({Skill.PIPE, Skill.VALVE}), 3),
    (frozenset({Skill.PIPE, Skill.METER, Skill.WATER_QUALITY}), 2),
)

#: A break of half an hour begins four to five and a half hours into the shift.
#: Source: mainbreak default.
BREAK_S, BREAK_FROM_S, BREAK_UNTIL_S = 1800, 4 * HOUR, 5 * HOUR + 1800

#: Calls come from the first hour to the second, evenly; those of bursts end earlier, since nobody
#: is on duty at night to mend them. Source: mainbreak defaults; until 20 h, as first drawn, the
#: twelve late crews would face two and a half times what they can do while the day idles.
CALLS_H, BURSTS_H = (7, 18), (7, 16)


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of small work: its share of the tickets, minutes at scale 1, premises it keeps dry.

    ``dry`` is the share of such works that keep any premises dry, ``premises`` their median.
    """

    kind: WorkOrderKind
    skill: Skill
    people: int
    minutes: float
    priority: Priority
    share: float
    dry: float = 0.0
    premises: float = 0.0


#: Source: mainbreak defaults, as ``domain.work`` has kinds, skills, people, priorities.
TRADES = (
    Trade(WorkOrderKind.INSPECT, Skill.PIPE, 1, 30, Priority.P2, 0.25, 1.0, 3),
    Trade(WorkOrderKind.REPAIR, Skill.PIPE, 2, 90, Priority.P3, 0.20, 0.5, 6),
    Trade(WorkOrderKind.METER, Skill.METER, 1, 40, Priority.P3, 0.25),
    Trade(WorkOrderKind.FLUSH, Skill.WATER_QUALITY, 1, 45, Priority.P3, 0.10),
    Trade(WorkOrderKind.DEFECT, Skill.VALVE, 2, 60, Priority.P4, 0.20),
)

#: Premises that a burst leaves dry: lognormal, nineteen in twenty between these; a share stays dry
#: while the isolation valves are shut. Source: shared study.
BURST_DRY, STAYS_DRY = (50, 2000), 0.7

#: Minutes of an isolation, of a repair, and of the repair of a large main, which one burst in so
#: many is. Source: shared study (3 to 6 h); ``domain.work``.
ISOLATE_MIN, REPAIR_MIN, LARGE_MIN, LARGE_SHARE = (25, 50), (180, 270), 300, 0.15

#: Work takes its estimate times a lognormal factor of mean 1; so do drives. Source: mainbreak
#: defaults; crews' own figures replace the first in ``operations``' duration model.
WORK_SIGMA, DRIVE_SIGMA = 0.35, 0.15

#: Premises out are known up to a lognormal factor of this sigma. Source: mainbreak default; the
#: study's 1.0 is a town without a network.
PREMISES_SIGMA = 0.3

#: How often an isolation valve sticks, so that the isolation takes twice as long; and how often it
#: holds for good, so that valves further out must be shut by a second isolate order of so many
#: minutes. Source: mainbreak defaults.
STICKS, HOLDS, SECOND_MIN = 0.15, 0.08, 30

#: Small work that may be left half done. Source: shared study, half of the jobs.
INTERRUPTIBLE = 0.5


@dataclass(frozen=True, slots=True)
class Work:
    """A work order, and what nobody knows of it beforehand.

    Attributes
    ----------
    order
        As every policy sees it once it is called in.
    place
        Number of the ground's place.
    called
        Second it is called in; of a second isolate order 0, it is called when the first ends.
    day
        Day of its incident's call, 0 the first.
    true_s
        Seconds that the work takes in truth.
    dry_before, dry_after
        Premises dry in truth until the isolation, and from then on.
    second
        The further isolate order that this isolation turns out to need, None mostly.
    """

    order: WorkOrder
    place: int
    called: int
    day: int
    true_s: int
    dry_before: int = 0
    dry_after: int = 0
    second: Work | None = None


@dataclass(frozen=True)
class Days:
    """The days of one run: the crews with their bases, and all work in the order of its calls."""

    seed: int
    size: Size
    crews: tuple[Crew, ...]
    bases: tuple[int, ...]
    work: tuple[Work, ...]

    def crew_of(self, number: int, day: int) -> Crew:
        """Return a crew with the shift and the break of that day."""
        return _on_day(self.crews[number], day)

    def drive_factor(self, order: str, attempt: int) -> float:
        """Return what the drive to an order takes in truth, as a multiple of the matrix."""
        random = Random(f"drive {self.seed} {order} {attempt}")
        return _factor(random, DRIVE_SIGMA)

    @property
    def horizon(self) -> int:
        """The morning after the last day, when what is left would go on."""
        return self.size.days * DAY + EARLY * HOUR


def make_days(seed: int, size: Size, ground: Ground) -> Days:
    """Return the days of a seed."""
    random = Random(f"crews {seed}")
    bases = tuple(random.randrange(len(ground.places)) for _ in range(size.crews))
    crews = tuple(_crew(number, ground, base) for number, base in enumerate(bases))
    scale = work_scale(size, ground)
    work = [one for day in range(size.days) for one in _day(seed, day, size, ground, scale)]
    return Days(seed, size, crews, bases, tuple(sorted(work, key=lambda one: one.called)))


def work_scale(size: Size, ground: Ground) -> float:
    """Return by what small work is stretched so that an average day has the load asked for."""
    crew_s = size.crews * (SHIFT_H * HOUR - BREAK_S)
    burst_s = 60 * (sum(ISOLATE_MIN) / 2 + _mean_repair_min())
    drives = size.tickets + 2 * size.bursts
    small_s = size.load * crew_s - size.bursts * burst_s - drives * ground.mean_s
    plain_s = 60 * max(1, size.tickets) * sum(one.share * one.minutes for one in TRADES)
    return max(0.1, small_s / plain_s)


def _mean_repair_min() -> float:
    return LARGE_SHARE * LARGE_MIN + (1 - LARGE_SHARE) * sum(REPAIR_MIN) / 2


def _factor(random: Random, sigma: float) -> float:
    """Return a lognormal factor of mean 1."""
    return random.lognormvariate(-sigma * sigma / 2, sigma)


def _crew(number: int, ground: Ground, base: int) -> Crew:
    skills, people = TEAMS[(number + number // 10) % len(TEAMS)]  # all teams on both shifts
    start = EARLY if number % 10 < EARLY_OF_TEN else LATE
    shift = Shift(instant(start * HOUR), instant((start + SHIFT_H) * HOUR))
    rest = Break(
        shift.start + timedelta(seconds=BREAK_FROM_S),
        shift.start + timedelta(seconds=BREAK_UNTIL_S),
        BREAK_S,
    )
    name = f"C{number + 1:02d}"
    return Crew(name, name, skills, people, ground.places[base], shift, breaks=(rest,))


def _on_day(crew: Crew, day: int) -> Crew:
    later = timedelta(days=day)
    return replace(
        crew,
        shift=Shift(crew.shift.start + later, crew.shift.end + later),
        breaks=tuple(
            replace(one, earliest=one.earliest + later, latest=one.latest + later)
            for one in crew.breaks
        ),
    )


def _day(seed: int, day: int, size: Size, ground: Ground, scale: float) -> list[Work]:
    random = Random(f"calls {seed} {day}")
    work = [
        _small(random, f"{day + 1}-{number:03d}", day, ground, scale)
        for number in range(_poisson(random, size.tickets))
    ]
    for number in range(_poisson(random, size.bursts)):
        work += _burst(random, f"{day + 1}-B{number:02d}", day, ground)
    return work


def _poisson(random: Random, mean: float) -> int:
    """Return how many calls come when each comes by itself, at so many on average."""
    count, left = 0, random.expovariate(1.0)
    while left < mean:
        count, left = count + 1, left + random.expovariate(1.0)
    return count


def _called(random: Random, day: int, hours: tuple[int, int]) -> int:
    return day * DAY + random.randrange(hours[0] * HOUR, hours[1] * HOUR)


def _small(random: Random, name: str, day: int, ground: Ground, scale: float) -> Work:
    trade = random.choices(TRADES, [one.share for one in TRADES])[0]
    place, called = random.randrange(len(ground.places)), _called(random, day, CALLS_H)
    planned = max(300, round(60 * trade.minutes * scale * random.uniform(0.6, 1.4)))
    dry = (
        round(trade.premises * random.lognormvariate(0, 0.8)) if random.random() < trade.dry else 0
    )
    order = WorkOrder(
        id=f"{name}-1",
        incident=name,
        kind=trade.kind,
        tickets=(name,),
        priority=trade.priority,
        location=ground.places[place],
        skills=frozenset({trade.skill}),
        crew_size=trade.people,
        duration_s=planned,
        released_at=instant(called),
        due_on_site=due_on_site(trade.priority, instant(called)),
        premises_dry_before=dry,
        leaking=trade.kind is WorkOrderKind.REPAIR,
        interruptible=random.random() < INTERRUPTIBLE,
    )
    true_s = max(60, round(planned * _factor(random, WORK_SIGMA)))
    return Work(order, place, called, day, true_s, dry)


def _burst(random: Random, name: str, day: int, ground: Ground) -> list[Work]:
    place, called = random.randrange(len(ground.places)), _called(random, day, BURSTS_H)
    low, high = (log(one) for one in BURST_DRY)
    out = min(
        BURST_DRY[1], max(BURST_DRY[0], exp(random.gauss((low + high) / 2, (high - low) / 4)))
    )
    believed = out * _factor(random, PREMISES_SIGMA)
    shut = WorkOrder(
        id=f"{name}-1",
        incident=name,
        kind=WorkOrderKind.ISOLATE,
        tickets=(name,),
        priority=Priority.P1,
        location=ground.places[place],
        skills=frozenset({Skill.VALVE}),
        crew_size=1,
        duration_s=60 * random.randint(*ISOLATE_MIN),
        released_at=instant(called),
        due_on_site=due_on_site(Priority.P1, instant(called)),
        premises_dry_before=round(believed),
        premises_dry_after=round(believed * STAYS_DRY),
        leaking=True,
    )
    mend = _mend(random, shut)
    dry = round(out), round(out * STAYS_DRY)
    shut_s = shut.duration_s * _factor(random, WORK_SIGMA) * (2 if random.random() < STICKS else 1)
    mend_s = round(mend.duration_s * _factor(random, WORK_SIGMA))
    second = _second(random, shut, place, day) if random.random() < HOLDS else None
    return [
        Work(shut, place, called, day, round(shut_s), *dry, second),
        Work(mend, place, called, day, mend_s, *dry),
    ]


def _mend(random: Random, shut: WorkOrder) -> WorkOrder:
    """Return the repair, raised at the report for every policy alike."""
    large = random.random() < LARGE_SHARE
    skills = {Skill.PIPE, Skill.LARGE_MAIN} if large else {Skill.PIPE}
    return replace(
        shut,
        id=f"{shut.incident}-2",
        kind=WorkOrderKind.REPAIR,
        skills=frozenset(skills),
        crew_size=4 if large else 3,
        duration_s=60 * (LARGE_MIN if large else random.randint(*REPAIR_MIN)),
        due_on_site=None,
        after=(shut.id,),
        leaking=False,
    )


def _second(random: Random, shut: WorkOrder, place: int, day: int) -> Work:
    order = replace(shut, id=f"{shut.incident}-3", duration_s=60 * SECOND_MIN)
    return Work(order, place, 0, day, round(60 * SECOND_MIN * _factor(random, WORK_SIGMA)))
