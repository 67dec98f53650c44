"""Both engines equal networkx on real streets, before and after twenty random closures.

``python -m tests.routing.test_exact`` does 40 x 50 on all three maps; the suite asks Porto for
fewer, as networkx takes a second for each of its origins.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from domain.places import LonLat
from domain.streets import StreetNetwork
from routing import StreetTimes, build_streets
from tests.conftest import ROOT
from tests.routing.checks import ENGINES, ROUNDING_S
from tests.routing.turn_maps import moved, random_closure, random_places, spot_on
from tests.routing.turn_oracle import TurnOracle

Say = Callable[[str], object]


def places_of(oracle: TurnOracle, rng: random.Random, count: int) -> list[LonLat]:
    """Return places on and off the streets."""
    return random_places(oracle, rng, count, off_m=30)


def check(streets: StreetNetwork, sources: int, targets: int, seed: int, say: Say = print) -> None:
    """Assert that both engines equal the oracle, free and under twenty closures.

    A third of the places lie inside closures. ``seed`` is printed, so that a failure can be
    seen again.
    """
    say(f"seed {seed}")
    rng = random.Random(seed)
    free = TurnOracle(streets)
    shut = [random_closure(free, rng, f"c{k}", size_m=400) for k in range(20)]
    inside = sorted({e for one in shut for e in free.ground.touched(one)})
    origins = [*places_of(free, rng, sources - sources // 3)]
    origins += spots_on(free, rng, inside, sources // 3)
    destinations = places_of(free, rng, targets - targets // 3)
    destinations += spots_on(free, rng, inside, targets // 3)
    engines = {name: StreetTimes(streets, engine=name) for name in ENGINES}
    before = compare(engines, free, origins, destinations, say)
    closed = free.closed_by(shut)
    for times in engines.values():
        counted = times.close(shut).streets
        assert counted == {name: len(edges) for name, edges in closed.rules.touched.items()}
    during = compare(engines, closed, origins, destinations, say)
    assert not np.array_equal(before, during)
    for times in engines.values():
        times.close([])
        assert np.array_equal(times.matrix(origins, destinations).seconds, before)


def compare(
    engines: dict[str, StreetTimes],
    oracle: TurnOracle,
    origins: list[LonLat],
    destinations: list[LonLat],
    say: Say,
) -> np.ndarray:
    """Assert that every engine has the oracle's seconds and reasons; return the seconds."""
    seconds, reasons = oracle.matrix(origins, destinations)
    expected, worst = np.array(seconds), 0.0
    for name, times in engines.items():
        found = times.matrix(origins, destinations)
        assert found.seconds == pytest.approx(expected, abs=ROUNDING_S), name
        assert found.reasons == reasons, name
        some = np.isfinite(expected)
        worst = max(worst, float(np.abs(found.seconds[some] - expected[some]).max()))
    say(f"{expected.shape}: {len(reasons)} without a way, at most {1000 * worst:.2f} ms apart")
    return found.seconds


def spots_on(oracle: TurnOracle, rng: random.Random, edges: list[int], count: int) -> list[LonLat]:
    """Return places on some of these edges and a little beside them."""
    found: list[LonLat] = []
    while len(found) < count:
        spot = spot_on(oracle.ground.streets, rng.choice(edges), rng.random())
        spot = moved(spot, rng.gauss(0, 3), rng.gauss(0, 3))
        if oracle.put(spot).clear:
            found.append(spot)
    return found


def drawn_seed() -> int:
    """Return a new seed for each run, or the one that MAINBREAK_SEED names."""
    return int(os.environ.get("MAINBREAK_SEED", random.SystemRandom().randrange(10**6)))


@pytest.mark.shelf
def test_liechtenstein(liechtenstein: StreetNetwork) -> None:
    """Forty origins, fifty destinations."""
    check(liechtenstein, 40, 50, drawn_seed())


@pytest.mark.shelf
def test_heidelberg(heidelberg: StreetNetwork) -> None:
    """Forty origins, fifty destinations; the map with the turn restrictions."""
    assert len(heidelberg.rules.ban_start) > 100
    assert len(heidelberg.rules.signals) > 50
    check(heidelberg, 40, 50, drawn_seed())


@pytest.mark.shelf
@pytest.mark.slow
def test_porto(porto: StreetNetwork) -> None:
    """A large map: few origins here, all forty by hand."""
    check(porto, 4, 50, drawn_seed())


def main(names: list[str]) -> None:
    """Check the maps named, or all three, in full and tell how long each took."""
    folder = Path(os.environ.get("MAINBREAK_DATA", ROOT.parent / "shared" / "data")) / "osm"
    for name in names or ["liechtenstein", "heidelberg", "porto"]:
        begun = time.perf_counter()
        streets = build_streets(folder / f"{name}.osm.pbf")
        built = time.perf_counter()
        print(f"{name}: {len(streets.tail)} edges, built in {built - begun:.1f} s")
        check(streets, 40, 50, drawn_seed())
        print(f"{name}: judged in {time.perf_counter() - built:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
