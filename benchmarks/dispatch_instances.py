"""Instances of a day's dispatch for comparing solvers: made here, by size and seed.

A town of streets, crews that start and end at their own homes, orders with skills, windows and
priorities; all of it plain arrays that every solver's adapter reads alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from benchmarks.dispatch_streets import Town

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

#: What a dropped order costs, seconds of travel, by priority P1 to P4.
PENALTY = (40_000, 20_000, 10_000, 5_000)

HOUR = 3600
SHIFT_S = 10 * HOUR

#: The share of all crew hours that a plain plan works or drives.
LOAD = 0.95

#: What a plain plan drives for each order, as a multiple of the drive to its third nearest order;
#: set once, on seeds 1 and 2, by what VROOM drives where it drops nothing.
_DRIVES = 2.5

#: Skills of the crews, dealt in turn; every number is one skill.
ARCHETYPES = (
    (0, 1),
    (0, 1, 2),
    (2, 3),
    (3, 4),
    (0, 4, 5),
    (1, 5),
    (0, 2, 3),
    (1, 4),
)

#: Emergencies, urgent orders, appointments, orders due in the day, orders due whenever.
_SHARES = (0.05, 0.15, 0.30, 0.30, 0.20)
_EMERGENCY, _URGENT, _APPOINTMENT, _DUE, _ANY = range(5)

#: P(two skills asked rather than one).
_TWO_SKILLS = 0.2


@dataclass(frozen=True)
class Instance:
    """What every solver is asked, in whole seconds from the start of the day.

    Attributes
    ----------
    travel
        (p, p) seconds between places; one way is not the other.
    spots
        (p, 2) where the places lie, metres east and north.
    home
        (c,) the place where a crew starts and ends.
    shift_start, shift_end
        (c,) nobody sets out earlier, everybody is home by then.
    holds
        (c,) the crew's skills, bit by bit.
    place, service, opens, closes, asks, penalty
        (n,) an order's place, seconds on site, when work may begin at the earliest and latest,
        the skills asked, what it costs to drop it.
    priority
        (n,) 1 to 4; ``penalty`` follows from it.
    load, room
        (n,) and (c,) pieces an order uses up and a crew carries; all 0 where nobody counts.
    true_cost
        (p, p) what a drive costs if not ``travel``; None where it is ``travel``.
    """

    name: str
    travel: IntArray = field(repr=False)
    spots: FloatArray = field(repr=False)
    home: IntArray
    shift_start: IntArray
    shift_end: IntArray
    holds: IntArray
    place: IntArray
    service: IntArray
    opens: IntArray
    closes: IntArray
    asks: IntArray
    penalty: IntArray
    priority: IntArray
    load: IntArray
    room: IntArray
    true_cost: FloatArray | None = field(default=None, repr=False)

    @property
    def crews(self) -> int:
        """How many crews."""
        return len(self.home)

    @property
    def orders(self) -> int:
        """How many orders."""
        return len(self.place)

    def can(self, crew: int) -> npt.NDArray[np.bool_]:
        """Return (n,) True where the crew has the skills."""
        able: npt.NDArray[np.bool_] = (self.asks & ~self.holds[crew]) == 0
        return able


def make_instance(crews: int, orders: int, seed: int) -> Instance:
    """Return the instance of a size and a seed."""
    rng = np.random.default_rng([seed, crews, orders])
    town = Town(rng, orders)
    spots, travel = town.places(rng, crews, orders)
    holds = np.array([_bits(ARCHETYPES[c % len(ARCHETYPES)]) for c in range(crews)])
    classes = rng.permutation(_dealt(orders))
    service = _service(rng, travel[crews:, crews:], crews * SHIFT_S)
    opens, closes = _windows(rng, classes)
    priority = _priorities(rng, classes)
    return Instance(
        name=f"{crews}x{orders}",
        travel=travel,
        spots=spots,
        home=np.arange(crews),
        shift_start=np.zeros(crews, np.int64),
        shift_end=np.full(crews, SHIFT_S),
        holds=holds,
        place=crews + np.arange(orders),
        service=service,
        opens=opens,
        closes=closes,
        asks=_asks(rng, crews, orders),
        penalty=np.array(PENALTY)[priority - 1],
        priority=priority,
        load=np.zeros(orders, np.int64),
        room=np.zeros(crews, np.int64),
    )


def _bits(skills: tuple[int, ...]) -> int:
    return sum(1 << skill for skill in skills)


def _dealt(orders: int) -> IntArray:
    """Return each order's class, in exact shares."""
    borders = np.round(np.cumsum(_SHARES) * orders).astype(int)
    dealt: IntArray = np.searchsorted(borders, np.arange(orders), side="right")
    return dealt


def _service(rng: np.random.Generator, between: IntArray, crew_seconds: int) -> IntArray:
    """Return seconds on site, lognormal, scaled so that work and driving fill ``LOAD``."""
    third = min(3, len(between) - 1)
    drive = _DRIVES * np.partition(between, third, axis=1)[:, third].mean()
    raw = np.clip(rng.lognormal(0.0, 0.4, len(between)), 0.4, 2.0)
    wanted = LOAD * crew_seconds - drive * len(between)
    seconds: FloatArray = np.maximum(300, np.round(raw * wanted / raw.sum()))
    return seconds.astype(np.int64)


def _windows(rng: np.random.Generator, classes: IntArray) -> tuple[IntArray, IntArray]:
    """Return when work may begin, at the earliest and at the latest."""
    n = len(classes)
    slot = 2 * HOUR * rng.integers(0, 4, n)
    closes = np.select(
        [classes == _EMERGENCY, classes == _URGENT, classes == _APPOINTMENT, classes == _DUE],
        [
            rng.integers(1 * HOUR, 2 * HOUR, n),
            rng.integers(2 * HOUR, 5 * HOUR, n),
            slot + 2 * HOUR,
            rng.integers(4 * HOUR, 9 * HOUR, n),
        ],
        SHIFT_S,
    )
    return np.where(classes == _APPOINTMENT, slot, 0), closes


def _priorities(rng: np.random.Generator, classes: IntArray) -> IntArray:
    """Return P1 for emergencies, P2 for the urgent, P3 for appointments, P3 or P4 for the rest."""
    rest = rng.choice([3, 4], len(classes))
    rest[classes == _APPOINTMENT] = 3
    chosen: IntArray = np.select([classes == _EMERGENCY, classes == _URGENT], [1, 2], rest)
    return chosen.astype(np.int64)


def _asks(rng: np.random.Generator, crews: int, orders: int) -> IntArray:
    """Return the skills asked: those of the crews in turn, so that demand follows supply."""
    asked = []
    for crew in rng.permutation(np.arange(orders) % crews):
        held = np.array(ARCHETYPES[crew % len(ARCHETYPES)])
        count = 2 if rng.random() < _TWO_SKILLS else 1
        asked.append(_bits(tuple(rng.choice(held, count, replace=False).tolist())))
    return np.array(asked, dtype=np.int64)
