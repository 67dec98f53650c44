"""Many readers while closures change: each answer is of one metric, whole and right."""

from __future__ import annotations

import hashlib
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pytest

from domain.closures import Closure
from domain.places import LonLat
from domain.streets import StreetNetwork
from domain.travel import Reach, RouteLine
from routing import StreetTimes
from tests.routing.checks import ENGINES
from tests.routing.drawn import at, street
from tests.routing.turn_maps import network, random_closure, random_places
from tests.routing.turn_oracle import TurnOracle

READS, READERS, UPDATES, SIDE = 1000, 12, 100, 9
PER_SET = READS // UPDATES


def town() -> StreetNetwork:
    """Return a grid of streets, 150 m apart, with a few of them faster."""
    number = {(i, j): 1 + i * SIDE + j for i in range(SIDE) for j in range(SIDE)}
    places = {k: at(150 * i, 150 * j) for (i, j), k in number.items()}
    lines = [[number[i, j] for j in range(SIDE)] for i in range(SIDE)]
    lines += [[number[i, j] for i in range(SIDE)] for j in range(SIDE)]
    kinds = ["residential", "primary", "service"]
    return network(places, [street(*x, highway=kinds[k % 3]) for k, x in enumerate(lines)])


@dataclass
class Questions:
    """What every reader asks, and the answer as (metric, what was asked, checksum)."""

    origins: list[LonLat]
    destinations: list[LonLat]

    def ask(self, times: StreetTimes, kind: int) -> tuple[int, int, str]:
        """Ask one of three kinds of question."""
        if kind == 0:
            found = times.matrix(self.origins, self.destinations)
            reasons = repr(sorted((k, v.value) for k, v in found.reasons.items()))
            return found.metric, kind, checksum(found.seconds.tobytes(), reasons.encode())
        if kind == 1:
            route = times.route(self.origins[0], self.destinations[0], steps=True)
            assert isinstance(route, RouteLine)
            text = repr((route.path, route.metres, route.seconds, route.steps))
            return route.metric, kind, checksum(text.encode())
        reach = times.reachable(self.origins[0], 60.0)
        assert isinstance(reach, Reach)
        return reach.metric, kind, checksum(*(np.round(s, 9).tobytes() for s in reach.stretches))


def checksum(*parts: bytes) -> str:
    """Return a short digest."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:16]


class Pace:
    """Keeps readers and the writer abreast, so that they overlap on any machine.

    Set k is closed once ten reads a set are done; no read begins three sets ahead of the writer.
    """

    def __init__(self) -> None:
        self.reads = self.closed = 0
        self.changed = threading.Condition()

    def wait_to_read(self, k: int) -> None:
        """Return when read k may begin."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.closed >= k // PER_SET - 2, timeout=60)

    def wait_to_close(self, k: int) -> None:
        """Return when set k may be closed."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.reads >= k * PER_SET, timeout=60)

    def count(self, *, reads: int = 0, closed: int = 0) -> None:
        """Tell what is done."""
        with self.changed:
            self.reads += reads
            self.closed += closed
            self.changed.notify_all()


def run_together(
    times: StreetTimes, questions: Questions, sets: list[list[Closure]]
) -> tuple[list[tuple[int, int, str]], dict[int, int]]:
    """Return the answers to all reads, and which set each metric stands for."""
    pace, versions = Pace(), {times.metric: -1}

    def read(k: int) -> tuple[int, int, str]:
        pace.wait_to_read(k)
        answer = questions.ask(times, k % 3)
        pace.count(reads=1)
        return answer

    def write() -> None:
        for k, closures in enumerate(sets):
            pace.wait_to_close(k)
            versions[times.close(closures).metric] = k
            pace.count(closed=1)

    with ThreadPoolExecutor(1) as closing, ThreadPoolExecutor(READERS) as reading:
        written = closing.submit(write)
        answers = list(reading.map(read, range(READS)))
        written.result(timeout=60)
    return answers, versions


@pytest.mark.parametrize("engine", ENGINES)
def test_a_thousand_readers_never_see_two_metrics_at_once(engine: str) -> None:
    """Every checksum is that of the metric which the answer names, by an engine asked in turn."""
    streets = town()
    oracle = TurnOracle(streets)
    rng = random.Random(6)
    places = random_places(oracle, rng, 12, off_m=10)
    questions = Questions(places[:6], places[6:])
    sets = different_sets(oracle, rng)
    times = StreetTimes(streets, engine=engine)
    answers, versions = run_together(times, questions, sets)

    expected = answers_in_turn(StreetTimes(streets, engine=engine), questions, sets)
    assert len(versions) == UPDATES + 1
    for metric, kind, digest in answers:
        assert digest == expected[versions[metric]][kind], f"metric {metric}, kind {kind}"
    assert len(answers) == READS
    assert len({metric for metric, _, _ in answers}) > UPDATES // 5


def different_sets(oracle: TurnOracle, rng: random.Random) -> list[list[Closure]]:
    """Return closures to apply one set after another, each changing something.

    Entry is always allowed, so that there is a route to compare under every set.
    """
    drawn_ones = [random_closure(oracle, rng, f"c{k}", size_m=250) for k in range(120)]
    # One of each set of edges: closing the same again would be no change.
    unlike = {frozenset(oracle.ground.touched(one)): one for one in drawn_ones if one.entry}
    some = [one for edges, one in unlike.items() if edges]
    sets = [some[:3]]
    while len(sets) < UPDATES:
        drawn = rng.sample(some, 3)
        if not {one.id for one in drawn} & {one.id for one in sets[-1]}:
            sets.append(drawn)
    return sets


def answers_in_turn(
    quiet: StreetTimes, questions: Questions, sets: list[list[Closure]]
) -> dict[int, list[str]]:
    """Return for each set the checksum of each kind of question, from an engine nobody shares."""
    found: dict[int, list[str]] = {}
    for k in range(-1, len(sets)):
        if k >= 0:
            quiet.close(sets[k])
        found[k] = [questions.ask(quiet, kind)[2] for kind in range(3)]
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_writers_take_turns(engine: str) -> None:
    """Closures from several threads at once: each gets its own metric, the last one holds."""
    streets = town()
    oracle = TurnOracle(streets)
    rng = random.Random(2)
    sets = [[one] for one in dict.fromkeys(chain(*different_sets(oracle, rng)))][:40]
    times = StreetTimes(streets, engine=engine)
    places = random_places(oracle, rng, 8)
    with ThreadPoolExecutor(8) as pool:
        metrics = [closing.metric for closing in pool.map(times.close, sets)]
    assert len(set(metrics)) == len(sets)
    assert times.metric == max(metrics)
    last = StreetTimes(streets, engine=engine)
    last.close(sets[metrics.index(max(metrics))])
    assert np.array_equal(times.matrix(places).seconds, last.matrix(places).seconds)
