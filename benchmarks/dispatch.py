"""Is the plan better than others'? ``python -m benchmarks.dispatch [--quick] [--seed N]``.

One JSON object a line. Each solver has one thread and the same budget, in a process of its own;
one judge prices them all.

* ``20x150`` ... ``300x3000``: a day of crews by orders, what it costs in driving and drops, beside
  VROOM, PyVRP (each instance with the best of their formulations) and our own kernel, at 10 and
  30 s; at 10 s beside OR-Tools too;
* ``vrptw``: Solomon's and Homberger's instances (``--data`` or MAINBREAK_DATA), distance only;
* ``emergency``: emergencies, one at a time, for 100 crews with 1000 orders under way;
* ``days``: simulated days, policy beside policy (benchmarks/dispatch_days.py; not in ``--quick``,
  where it is a quick benchmark of its own).

Runs are written to ``--results`` as they end, so that a full comparison, which takes hours, goes
on where it stopped; ``--table`` only prints what is there. ``make bench-peers`` makes the
environment that has the peers.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

from benchmarks import dispatch_days as days
from benchmarks import dispatch_emergency as emergency
from benchmarks.dispatch_cases import PEERS, RIVALS, Case, lines_of
from benchmarks.dispatch_instances import Instance, make_instance
from benchmarks.dispatch_records import RESULTS, Key, Records
from benchmarks.dispatch_solvers import OURS, version_of
from benchmarks.dispatch_tables import tables
from benchmarks.dispatch_vrptw import best_known, files_of, read_instance
from benchmarks.lines import Line, show
from operations.simulating.size import Size

SIZES = {
    "8x50": (8, 50),
    "20x150": (20, 150),
    "50x500": (50, 500),
    "100x1000": (100, 1000),
    "300x3000": (300, 3000),
}
CASES = (*SIZES, "vrptw", "emergency", "days")[1:]
QUICK_CASES = ("8x50", "vrptw", "emergency")
BUDGETS, QUICK_BUDGETS = (10.0, 30.0), (1.0,)
SEEDS, QUICK_SEEDS = 5, 1
DAY_RUNS, DAY_LOADS = 10, (0.95, 0.8)

NO_FILES: Line = {
    "case": "vrptw",
    "metric": "distance beside PyVRP",
    "value": None,
    "unit": "thousandths",
    "ratio": None,
    "holds": None,
    "missing": "no instances found: give their folder with --data or MAINBREAK_DATA",
}


def main() -> None:
    """Print the benchmark's lines."""
    asked = _asked()
    asked.case = asked.case or (QUICK_CASES if asked.quick else CASES)
    if asked.quick:
        asked.seconds = asked.seconds or QUICK_BUDGETS
    if asked.table:
        print(tables(_lines(asked, Records(asked.results, read_only=True))))
    else:
        kept = None if asked.quick else asked.results
        show("dispatch", _lines(asked, Records(kept)))
        if "days" in asked.case:
            show("dispatch_days", _days(asked))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="a small case of each kind, in 45 s")
    parser.add_argument("--seed", type=int, default=1, help="first of the consecutive seeds")
    parser.add_argument("--seeds", type=int, help="how many seeds")
    parser.add_argument("--case", action="append", help="this case only; may be said again")
    parser.add_argument("--seconds", type=float, action="append", help="this budget only")
    parser.add_argument("--ours-only", action="store_true", help="run no peer, look them up")
    parser.add_argument("--table", action="store_true", help="only print what is there")
    parser.add_argument("--data", type=Path, help="folder of the vrptw files")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file of all runs")
    return parser.parse_args()


def _lines(asked: argparse.Namespace, records: Records) -> Iterator[Line]:
    count = asked.seeds or (QUICK_SEEDS if asked.quick else SEEDS)
    seeds = range(asked.seed, asked.seed + count)
    for name in asked.case:
        if name == "vrptw" and not files_of(_data(asked)):
            yield NO_FILES
        if name == "emergency":
            yield from _emergencies(records, seeds, quick=asked.quick)
        for case in _cases(name, asked, seeds):
            yield from lines_of(case, records, ours_only=asked.ours_only)


def _cases(name: str, asked: argparse.Namespace, seeds: range) -> Iterator[Case]:
    if name in SIZES:
        yield from _sized(name, seeds, asked.seconds or BUDGETS)
    if name == "vrptw":
        files = files_of(_data(asked))
        for file in files[:1] if asked.quick else files:
            yield from _vrptw(file, seeds, asked.seconds or BUDGETS[:1])


def _sized(name: str, seeds: range, budgets: Sequence[float]) -> Iterator[Case]:
    crews, orders = SIZES[name]
    instance = lru_cache(len(seeds))(partial(make_instance, crews, orders))
    for seconds in budgets:
        peers = RIVALS if seconds == BUDGETS[-1] else tuple(PEERS)
        yield Case(name, seconds, seeds, instance, peers)


def _vrptw(file: Path, seeds: range, budgets: Sequence[float]) -> Iterator[Case]:
    """Yield a file's cases; the seed is only the solvers'."""
    for seconds in budgets:
        yield Case(
            file.stem,
            seconds,
            seeds,
            partial(_whatever_the_seed, read_instance(file)),
            ("PyVRP",),
            what="distance",
            unit="thousandths",
            best_known=best_known(file),
        )


def _whatever_the_seed(instance: Instance, _: int) -> Instance:
    return instance


def _days(asked: argparse.Namespace) -> Iterator[Line]:
    if asked.quick:
        return days.quick(asked.seed, _data(asked))
    seeds = tuple(range(asked.seed, asked.seed + DAY_RUNS))
    size = Size(days=days.IN_A_ROW)
    return days.lines(days.Asked(seeds, DAY_LOADS, size, 1, days.RESULTS, _data(asked)))


def _data(asked: argparse.Namespace) -> Path | None:
    folder = asked.data or os.environ.get("MAINBREAK_DATA")
    return Path(folder) if folder else None


def _emergencies(records: Records, seeds: range, *, quick: bool) -> Iterator[Line]:
    size = emergency.QUICK if quick else emergency.FULL
    title = f"emergency into {size.crews}x{size.orders}"
    days = [
        records.once(
            Key(title, seed, size.react_s, OURS, version_of(OURS), ""),
            partial(emergency.measured, size, seed),
        )
        for seed in seeds
    ]
    if all(days):
        yield from emergency.lines_of(title, [day for day in days if day])


if __name__ == "__main__":
    main()
