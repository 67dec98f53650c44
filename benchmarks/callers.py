"""Who calls about a burst, when and with which words, among calls about other things.

Every number here is made up but stated, and drawn per case; none was taken from what is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from benchmarks.burst_model import Bursts, along, flat
from domain.network import PipeNetwork
from domain.tickets import Candidate, FoundBy, LocatedTicket, Snap, Ticket
from domain.words import Priority, Symptom

#: Each affected premises calls with this chance, one for all premises of a case, drawn evenly.
RATE_LEAST, RATE_MOST = 0.05, 0.40

#: Minutes from the burst to a call: lognormal, median and spread of the logarithm.
DELAY_MEDIAN_MIN, DELAY_SPREAD = 15.0, 1.0

#: The burst comes evenly in the first half hour of the window in which calls are looked at; its
#: callers call within two hours, or never.
BURST_WITHIN_MIN, PATIENCE_MIN = 30.0, 120.0

#: In so many cases somebody near the pipe sees water on the road: one or two, evenly, who are sure
#: to call and then do not call about their tap.
SEEN_SHARE = 0.30

#: Calls about other things, by premises and hour: ten times an ordinary day's.
BACKGROUND_PER_HOUR = 0.0005

#: What they say: one in ten who lack water says another thing.
SAY_DRY = {
    Symptom.NO_WATER: 0.90,
    Symptom.LOW_PRESSURE: 0.06,
    Symptom.WATER_QUALITY: 0.02,
    Symptom.OTHER: 0.02,
}
SAY_LOW = {
    Symptom.LOW_PRESSURE: 0.90,
    Symptom.NO_WATER: 0.06,
    Symptom.WATER_QUALITY: 0.02,
    Symptom.OTHER: 0.02,
}
SAY_SEEN = {Symptom.LEAK_ON_ROAD: 0.5, Symptom.BURST: 0.5}
SAY_BACKGROUND = {
    Symptom.NO_WATER: 0.25,
    Symptom.LOW_PRESSURE: 0.10,
    Symptom.WATER_QUALITY: 0.25,
    Symptom.LEAK_AT_METER: 0.20,
    Symptom.LEAK_ON_ROAD: 0.04,
    Symptom.BURST: 0.01,
    Symptom.OTHER: 0.15,
}


@dataclass(frozen=True, order=True)
class Call:
    """A call so many minutes into the window, by a row of the network's premises.

    ``burst`` is which burst it is about, -1 for other things.
    """

    minute: float
    premises: int
    symptom: Symptom
    burst: int


def calls_about(model: Bursts, row: int, rng: np.random.Generator, burst: int = 0) -> list[Call]:
    """Return the calls about the burst of one pipe, in order of time."""
    begun = rng.uniform(0.0, BURST_WITHIN_MIN)
    rate = rng.uniform(RATE_LEAST, RATE_MOST)
    dry, (low, chance) = model.affected(row)
    low = low[rng.random(len(low)) < chance]
    seers = _seers(model.near[row], rng)
    said: list[tuple[Any, dict[Symptom, float]]] = [
        (dry[rng.random(len(dry)) < rate], SAY_DRY),
        (low[rng.random(len(low)) < rate], SAY_LOW),
    ]
    who = [(int(one), words) for ones, words in said for one in ones if one not in seers]
    who += [(int(one), SAY_SEEN) for one in seers]
    delays = rng.lognormal(np.log(DELAY_MEDIAN_MIN), DELAY_SPREAD, len(who))
    return sorted(
        Call(begun + float(delay), premises, _said(words, rng), burst)
        for (premises, words), delay in zip(who, delays, strict=True)
        if delay <= PATIENCE_MIN
    )


def background(
    premises: Sequence[int] | Any, minutes: float, rng: np.random.Generator
) -> list[Call]:
    """Return the calls about other things from these premises, in order of time."""
    count = rng.poisson(len(premises) * BACKGROUND_PER_HOUR * minutes / 60.0)
    return sorted(
        Call(
            float(rng.uniform(0.0, minutes)),
            int(rng.choice(premises)),
            _said(SAY_BACKGROUND, rng),
            -1,
        )
        for _ in range(count)
    )


def located(network: PipeNetwork, call: Call, name: str, start: datetime) -> LocatedTicket:
    """Return a call as a ticket on the pipe of its premises, known by its service connection."""
    home = network.premises[call.premises]
    assert home.link is not None
    pipe = network.link_by_id[home.link]
    share = _share(pipe, home.location)
    snap = Snap(pipe.id, home.location, share * pipe.length_m, 0.0, by_connection=True)
    place = Candidate(home.location, FoundBy.ACCOUNT, 0.99, home.id, premises=home.id, snap=snap)
    ticket = Ticket(name, start + timedelta(minutes=call.minute), symptom=call.symptom)
    return LocatedTicket(ticket, place, call.symptom, Priority.P3)


def _seers(near: Any, rng: np.random.Generator) -> set[int]:
    if rng.random() >= SEEN_SHARE:
        return set()
    count = min(int(rng.integers(1, 3)), len(near))
    return {int(one) for one in rng.choice(near, count, replace=False)} if count else set()


def _said(words: dict[Symptom, float], rng: np.random.Generator) -> Symptom:
    return list(words)[int(rng.choice(len(words), p=list(words.values())))]


def _share(pipe: Any, place: Any) -> float:
    """Return how far along a pipe a place on it lies, to a hundredth."""
    shares = np.linspace(0.0, 1.0, 101)
    spots = flat([place, *(along(pipe, float(share)) for share in shares)], place.lat)
    return float(shares[np.hypot(*(spots[1:] - spots[0]).T).argmin()])
