"""How fast is a place put on a pipe? ``python -m benchmarks.snapping [--quick] [--seed N]``.

One JSON object a line. A made metropolis of streets with mains under them, some streets with two;
single calls as a dispatcher's page makes them, by where the place lies. Nothing is cached between
two calls. The percentiles are time on the clock; the mean is processor time, so that another
program's turn does not count.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random

import numpy as np

import gis
from benchmarks.lines import Line, figure, show
from domain.network import Link, LinkKind, Node, NodeKind, PipeNetwork
from domain.places import LonLat

PIPES, QUICK_PIPES = 100_000, 20_000
POINTS, QUICK_POINTS = 10_000, 4_000
WEST, SOUTH = 114.0, 30.3

#: Degrees from crossing to crossing, about 100 m. Source: made up, a town's blocks.
BLOCK_EAST, BLOCK_NORTH = 0.00104, 0.0009

#: Shares of streets without a main, and with a second one beside it. Source: made up.
MISSING, DOUBLE = 0.10, 0.08


def main() -> None:
    """Print the benchmark's lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller town, within 45 s")
    parser.add_argument("--seed", type=int, default=1, help="of the town and the places")
    asked = parser.parse_args()
    pipes, points = (QUICK_PIPES, QUICK_POINTS) if asked.quick else (PIPES, POINTS)
    show("snapping", measured(pipes, points, asked.seed))


def measured(pipes: int, points: int, seed: int) -> Iterator[Line]:
    """Yield the building and, by where the places lie, the time of a single call."""
    rng = Random(seed)
    side = max(3, round((pipes / (2 * (1 - MISSING) * (1 + DOUBLE))) ** 0.5))
    network = town(side, rng)
    case = f"{len(network.links)} pipes"
    begun = time.perf_counter()
    snapper = gis.Snapper(network)
    built = time.perf_counter() - begun
    yield figure(case, "build", built, "s")
    for where, place in _places(side, rng).items():
        times, mean_s, missed, doubtful = _timed(snapper, [place() for _ in range(points)])
        shares = {"without_a_pipe": missed / points, "doubtful": doubtful / points}
        for metric, value in (
            ("p50", statistics.median(times)),
            ("mean", mean_s),
            ("p99", float(np.percentile(times, 99))),
        ):
            yield figure(case, f"{where}: {metric}", value * 1e3, "ms") | shares


def _timed(snapper: gis.Snapper, places: list[LonLat]) -> tuple[list[float], float, int, int]:
    """Return the seconds of each call, their mean, and how many found no pipe or a doubtful one."""
    for place in places[:100]:
        snapper.snap(place)
    times, missed, doubtful = [], 0, 0
    gc.collect()
    gc.disable()
    busy = time.process_time()
    for place in places:
        begun = time.perf_counter()
        found = snapper.snap(place)
        times.append(time.perf_counter() - begun)
        missed += found is None
        doubtful += found is not None and found.doubtful
    busy = time.process_time() - busy
    gc.enable()
    return times, busy / len(places), missed, doubtful


def _places(side: int, rng: Random) -> dict[str, Callable[[], LonLat]]:
    """Return by name what draws a place: anywhere, at crossings, some way outside the town."""

    def anywhere() -> LonLat:
        return _at(rng.uniform(0, side), rng.uniform(0, side))

    def at_crossings() -> LonLat:
        return _at(rng.randrange(side), rng.randrange(side))

    def outside() -> LonLat:
        return _at(rng.uniform(0, side), side + rng.uniform(0, 22))

    return {"in town": anywhere, "at crossings": at_crossings, "outside": outside}


def _at(east: float, north: float) -> LonLat:
    return LonLat(WEST + BLOCK_EAST * east, SOUTH + BLOCK_NORTH * north)


def town(side: int, rng: Random) -> PipeNetwork:
    """Return a grid of streets; each main bends a little, some have a second one 3 m away."""
    nodes = [
        Node(f"N{e}.{n}", NodeKind.JUNCTION, _at(e, n)) for e in range(side) for n in range(side)
    ]
    links = []
    for e, n, north in ((e, n, turn) for e in range(side) for n in range(side) for turn in (0, 1)):
        end = (e, n + 1) if north else (e + 1, n)
        if max(end) < side and rng.random() >= MISSING:
            bend = rng.uniform(-0.05, 0.05)
            aside = [0.0, 0.03] if rng.random() < DOUBLE else [0.0]
            links += [
                _main(len(links) + row, (e, n), end, bend + by) for row, by in enumerate(aside)
            ]
    return PipeNetwork(tuple(nodes), tuple(links))


def _main(number: int, start: tuple[int, int], end: tuple[int, int], bend: float) -> Link:
    """Return a pipe of three legs, so many blocks off the straight line in the middle."""
    (e, n), north = start, end[1] > start[1]
    legs = [(e + bend, n + step) if north else (e + step, n + bend) for step in (0.3, 0.7)]
    path = tuple(_at(*one) for one in (start, *legs, end))
    names = f"N{e}.{n}", f"N{end[0]}.{end[1]}"
    return Link(f"P{number}", LinkKind.PIPE, *names, path, 100.0, 0.2)


if __name__ == "__main__":
    main()
