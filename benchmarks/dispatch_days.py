"""Whole days under several ways to dispatch: ``python -m benchmarks.dispatch_days [--quick]``.

Simulated days on Heidelberg's streets (``--data`` or MAINBREAK_DATA; else a plane), in runs of
three in a row, each run with its own seed: mainbreak beside first come, nearest crew and VROOM,
with and without the same right to interrupt. One JSON object a line; ratios are pooled over all
days, ``low`` and ``high`` are the edges of a 95 % bootstrap over the runs. Days are written to
``--results`` as they end, so that a stopped comparison goes on. What is compared, and why so, is
in docs/simulation.md.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import routing
from benchmarks.lines import Line, show
from benchmarks.osm_data import file_of, not_found
from operations.simulating.compare import Contest, Result, run_contest
from operations.simulating.measures import MEASURES
from operations.simulating.picture import picture
from operations.simulating.policies import NAMES, OURS, RIGHT, is_installed, said
from operations.simulating.size import Size
from operations.simulating.summary import means, ratio
from operations.simulating.words import SAID

TOWN = "heidelberg"
RESULTS = Path(__file__).parents[1] / ".cache" / "dispatch_days.jsonl"

#: Days in a row of one run.
IN_A_ROW = 3

BEST = OURS + RIGHT
WITH, WITHOUT = ("fifo+", "nearest+", "vroom+"), ("fifo", "nearest")

#: (measure, whom it is held against, whose figures have a target)
RATIOS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("avoidable", WITHOUT),
    ("burst_minutes", WITH),
    ("small_minutes", WITH),
    ("small_waiting", WITH),
    ("late_minutes", WITH),
    ("km", WITH),
    ("customer_minutes", (*WITHOUT, *WITH)),
    ("long_minutes", (*WITHOUT, *WITH)),
)
MISSES = ("misses_p1", "misses_p2")


@dataclass(frozen=True)
class Asked:
    """What to run: runs of days from a seed on, at which loads, how large."""

    seeds: tuple[int, ...]
    loads: tuple[float, ...]
    size: Size
    workers: int
    results: Path | None
    data: Path | None
    policies: tuple[str, ...] = NAMES


def main() -> None:
    """Print the benchmark's lines."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="one small day, in 45 s")
    parser.add_argument("--days", type=int, default=30, help="in all, in runs of three")
    parser.add_argument("--seed", type=int, default=1, help="first of the consecutive seeds")
    parser.add_argument("--load", type=float, action="append", help="this load only")
    parser.add_argument("--policy", action="append", help="this policy only; may be said again")
    parser.add_argument("--workers", type=int, default=1, help="processes")
    parser.add_argument("--data", type=Path, help="folder of the street files")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file of all days")
    parser.add_argument("--table", action="store_true", help="print the table for docs/ instead")
    parser.add_argument("--picture", help="also write the picture, one file a load: NAME-95-en.svg")
    given = parser.parse_args()
    asked = _asked(given)
    if given.table:
        for load, results in _all(asked):
            print(table(load, results))
    else:
        show("dispatch_days", lines(asked))
    if given.picture:
        for load, results in _all(asked):
            for language in ("zh-CN", "en"):
                name = f"{given.picture}-{round(100 * load)}-{language[:2]}.svg"
                Path(name).write_text(picture(means(results), language), encoding="utf-8")


def _asked(given: argparse.Namespace) -> Asked:
    data = given.data or (Path(folder) if (folder := os.environ.get("MAINBREAK_DATA")) else None)
    names = tuple(given.policy) if given.policy else NAMES
    if given.quick:
        size = Size(crews=10, tickets=50, bursts=2.0, days=1)
        return Asked((given.seed,), (0.95,), size, 1, None, data, names)
    runs = -(-given.days // IN_A_ROW)
    seeds = tuple(range(given.seed, given.seed + runs))
    loads = tuple(given.load) if given.load else (0.95, 0.8)
    size = Size(days=min(IN_A_ROW, given.days))
    return Asked(seeds, loads, size, given.workers, given.results, data, names)


def quick(seed: int, data: Path | None) -> Iterator[Line]:
    """Yield the lines of one small day."""
    size = Size(crews=10, tickets=50, bursts=2.0, days=1)
    yield from lines(Asked((seed,), (0.95,), size, 1, None, data))


def lines(asked: Asked) -> Iterator[Line]:
    """Yield the lines of each load."""
    for load, results in _all(asked):
        case = f"{round(100 * load)} % load"
        if asked.size.crews != Size().crews:  # one small day says nothing of the targets
            case = f"{asked.size.crews} crews, {case}"
        runs = len(asked.seeds)
        yield from (one | {"runs": runs} for one in lines_of(case, results))


def _all(asked: Asked) -> Iterator[tuple[float, list[Result]]]:
    file = file_of(asked.data, TOWN)
    if file is None:
        print(not_found(TOWN) + "; driving on a plane", file=sys.stderr)
    streets = routing.build_streets(file) if file else None
    there = tuple(one for one in asked.policies if is_installed(one))
    if asked.results is not None:
        asked.results.parent.mkdir(parents=True, exist_ok=True)
    for load in asked.loads:
        size = Size(asked.size.crews, asked.size.tickets, asked.size.bursts, load, asked.size.days)
        contest = Contest(size, asked.seeds, there, streets, TOWN if file else "plane")
        tell = _tell if sys.stderr.isatty() or asked.results else None
        yield (
            load,
            run_contest(contest, keep=asked.results, workers=asked.workers, progress=tell),
        )


def _tell(fraction: float, what: str) -> None:
    print(f"{fraction:6.1%} {what}", file=sys.stderr, flush=True)


def lines_of(case: str, results: Sequence[Result]) -> Iterator[Line]:
    """Yield our plan's lines: beside every policy it is held against, then its misses."""
    found = means(results)
    if BEST not in found:
        return
    for measure, peers in RATIOS:
        for peer in peers:
            yield _against(case, measure, peer, results, found)
    for measure in MISSES:
        best = min((found[one][measure] for one in WITH if one in found), default=None)
        ours = found[BEST][measure]
        above = None if best is None else round(ours - best, 4)
        yield {
            "case": case,
            "metric": f"{measure} above the best with the same right",
            "value": above,
            "unit": "a day",
            "ours": round(ours, 4),
            "peer_value": best,
        }


def _against(
    case: str,
    measure: str,
    peer: str,
    results: Sequence[Result],
    found: dict[str, dict[str, float]],
) -> Line:
    pooled = ratio(results, measure, BEST, peer)
    rounded = {
        name: None if value is None else round(value, 4)
        for name, value in (("ratio", pooled.value), ("low", pooled.low), ("high", pooled.high))
    }
    line: Line = {
        "case": case,
        "metric": f"{measure} against {peer}",
        "value": round(found[BEST][measure], 1),
        "unit": "a day",
        "peer": peer,
        "peer_value": round(found[peer][measure], 1) if peer in found else None,
    }
    return line | rounded


def table(load: float, results: Sequence[Result]) -> str:
    """Return the table of docs/simulation.md: a row a policy, a column a measure."""
    found = means(results)
    heads = [f"{round(100 * load)} % load", *(SAID[one].en for one in MEASURES)]
    rows = [
        [said(name).en, *(_cell(found[name][one]) for one in MEASURES)]
        for name in NAMES
        if name in found
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in [heads, ["---"] * len(heads), *rows])


def _cell(value: float) -> str:
    if abs(value) >= 10_000:
        return f"{value / 1000:.1f}k"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}"


if __name__ == "__main__":
    main()
