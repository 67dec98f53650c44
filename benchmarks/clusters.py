"""Do the calls point to the segment that failed? ``python -m benchmarks.clusters [--quick]``.

One JSON object a line. Bursts of the burst model (``burst_model``), callers among calls about
other things (``callers``): after 3, 5 and 8 calls about the burst, is the segment that failed the
first suspect, or among the first three? Beside it the best that any method could reach under the
model (``burst_posterior``), and the pipe nearest to the callers' centroid. Then two bursts about a
kilometre apart (``two_bursts``).

Segments whose bursts have the same effects are one answer, for all three. All get the same: every
call of the zone up to that minute, whatever it is about; nobody is told which are about the burst.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely

import gis
from benchmarks.burst_posterior import Belief
from benchmarks.callers import Call
from benchmarks.cluster_cases import START, Case, Town, draw_case, towns
from benchmarks.lines import Line, show
from benchmarks.two_bursts import Pair, pairs_of
from domain.words import Symptom

NETWORKS = ("Net3", "ky4", "ky10", "ky8_v", "ky18_v", "district 4000")
QUICK_NETWORKS = ("ky4", "district 1500")
CASES, QUICK_CASES = 300, 20
PAIRS, QUICK_PAIRS = 100, 6
AFTER = (3, 5, 8)

#: Calls that the centroid is taken of: those that a burst can cause.
OF_BURSTS = {Symptom.NO_WATER, Symptom.LOW_PRESSURE, Symptom.BURST, Symptom.LEAK_ON_ROAD}

Scores = Mapping[int, float]


def main() -> None:
    """Print the benchmark's lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and smaller, within 45 s")
    parser.add_argument("--seed", type=int, help="of everything drawn; new in each run if left out")
    parser.add_argument(
        "--data", type=Path, help="folder of more EPANET files, else MAINBREAK_DATA"
    )
    parser.add_argument("--only", action="append", help="a network, such as ky4 or 'district 1500'")
    parser.add_argument("--cases", type=int, help="bursts a network; a third as many pairs")
    asked = parser.parse_args()
    seed = secrets.randbelow(2**31) if asked.seed is None else asked.seed
    data = asked.data or (Path(text) if (text := os.environ.get("MAINBREAK_DATA")) else None)
    show("clusters", [{"case": "all", "metric": "seed", "value": seed}])
    cases, pairs = (QUICK_CASES, QUICK_PAIRS) if asked.quick else (CASES, PAIRS)
    if asked.cases is not None:
        cases, pairs = asked.cases, asked.cases // 3
    total, all_pairs = Tally(), list[Pair]()
    for town in towns(asked.only or (QUICK_NETWORKS if asked.quick else NETWORKS), data, seed):
        tally = judged(town, cases, np.random.default_rng([seed, 1]))
        show("clusters", tally.lines(town.name))
        total.add(tally)
        all_pairs += (found := pairs_of(town, pairs, np.random.default_rng([seed, 2])))
        show("clusters", pair_lines(town.name, found))
    show("clusters", total.lines("all"))
    show("clusters", pair_lines("all", all_pairs))


# ---------------------------------------------------------------- one burst


@dataclass
class Tally:
    """What each method got right, by (method, number of calls, first or first three)."""

    right: dict[tuple[str, int, int], list[float]] = field(
        default_factory=lambda: defaultdict(list)
    )
    said: dict[tuple[str, int], list[float]] = field(default_factory=lambda: defaultdict(list))
    seconds: list[float] = field(default_factory=list)
    drawn: int = 0
    cases: int = 0

    def note(self, method: str, after: int, scores: Scores | None, true: int) -> None:
        """Note one answer, None if the method is not there."""
        if scores is None:
            return
        for top in (1, 3):
            self.right[method, after, top].append(credit(scores, true, top))
        self.said[method, after].append(max(scores.values(), default=0.0))

    def add(self, other: Tally) -> None:
        """Take another's notes over."""
        for key, ones in other.right.items():
            self.right[key] += ones
        for after, ones in other.said.items():
            self.said[after] += ones
        self.seconds += other.seconds
        self.drawn += other.drawn
        self.cases += other.cases

    def lines(self, case: str) -> Iterator[Line]:
        """Yield the shares, their ratios, how true the probabilities are, and the time."""
        for after in AFTER:
            for top, words in ((1, "first"), (3, "in first three")):
                yield self._share(case, after, top, words)
        for after in AFTER:
            ours, near = (_mean(self.right[method, after, 1]) for method in ("ours", "centroid"))
            over = ours / near if ours is not None and near else None
            metric = f"first after {after} calls, over the centroid"
            yield {"case": case, "metric": metric, "value": _round(over), "unit": "times"}
        for after in AFTER:
            yield from self._calibration(case, after)
        share = self.cases / self.drawn if self.drawn else None
        yield {"case": case, "metric": "bursts with 3 calls or more", "value": _round(share)}
        yield from _times(case, "suspects", self.seconds)

    def _share(self, case: str, after: int, top: int, words: str) -> Line:
        ours, best, near = (
            _mean(self.right[method, after, top]) for method in ("ours", "optimum", "centroid")
        )
        return {
            "case": case,
            "metric": f"{words} after {after} calls",
            "value": _round(ours),
            "unit": "share",
            "peer": "optimum",
            "peer_value": _round(best),
            "ratio": _round(ours / best) if ours is not None and best else None,
            "centroid": _round(near),
            "cases": len(self.right["optimum", after, top]),
        }

    def _calibration(self, case: str, after: int) -> Iterator[Line]:
        for method in ("ours", "optimum"):
            said, right = _mean(self.said[method, after]), _mean(self.right[method, after, 1])
            gap = None if said is None or right is None else abs(said - right)
            yield {
                "case": case,
                "metric": f"calibration of {method} after {after} calls",
                "value": _round(gap),
                "unit": "share",
                "said": _round(said),
                "right": _round(right),
            }


def judged(town: Town, cases: int, rng: np.random.Generator) -> Tally:
    """Return what each method got right in so many bursts of one town."""
    tally = Tally()
    for number in range(cases):
        case, drawn = draw_case(town, rng, AFTER[0])
        tally.drawn += drawn
        tally.cases += 1
        true = int(town.answers[case.row])
        for after in AFTER:
            if calls := case.after(after):
                tally.note("ours", after, _ours(town, calls, tally.seconds), true)
                tally.note("optimum", after, _optimum(town, case, calls), true)
                tally.note("centroid", after, _centroid(town, calls), true)
        if (number + 1) % 50 == 0:
            print(f"{town.name}: {number + 1} of {cases} cases", file=sys.stderr)
    return tally


def credit(scores: Scores, true: int, top: int) -> float:
    """Return 1 if the true answer is among the first ``top``; its share of the places if tied."""
    if true not in scores:
        return 0.0
    own = scores[true]
    tied = 1e-9 * max(abs(own), 1e-9)
    ahead = sum(one > own + tied for one in scores.values())
    equal = sum(abs(one - own) <= tied for one in scores.values())
    return min(1.0, max(0.0, (top - ahead) / equal))


def _ours(town: Town, calls: Sequence[Call], seconds: list[float]) -> Scores | None:
    """Return the probability of each answer by the engine, None if there is no engine."""
    suspects: Any = getattr(gis, "suspects", None)
    if suspects is None:
        return None
    tickets, now = town.tickets(calls), START + timedelta(minutes=calls[-1].minute)
    if not seconds:
        suspects(town.network, tickets, now)  # what is derived once per network
    begun = time.perf_counter()
    found = suspects(town.network, tickets, now)
    seconds.append(time.perf_counter() - begun)
    scores: dict[int, float] = defaultdict(float)
    for one in found:
        scores[town.answer_of(one.pipe)] += one.probability
    return scores


def _optimum(town: Town, case: Case, calls: Sequence[Call]) -> Scores:
    """Return the probability of each answer under the model, within the burst's zone."""
    rows = np.flatnonzero(town.zones == town.zones[case.row])
    belief: Belief = town.belief
    chance = belief.posterior(calls, calls[-1].minute, rows)
    answers, at = np.unique(town.answers[rows], return_inverse=True)
    return dict(zip(answers.tolist(), np.bincount(at, chance).tolist(), strict=True))


def _centroid(town: Town, calls: Sequence[Call]) -> Scores:
    """Return how near each answer lies to the centroid of those who may call about a burst."""
    callers = [call.premises for call in calls if call.symptom in OF_BURSTS]
    spots = town.homes[callers or [call.premises for call in calls]]
    metres = shapely.distance(town.lines, shapely.Point(spots.mean(axis=0)))
    scores: dict[int, float] = {}
    for row in np.argsort(metres)[:200]:
        scores.setdefault(int(town.answers[row]), -float(metres[row]))
    return scores


# ---------------------------------------------------------------- two bursts


def pair_lines(case: str, found: Sequence[Pair]) -> Iterator[Line]:
    """Yield in how many cases two bursts stayed apart, and how whole each of them stayed."""
    own = [one for one in found if one.own_effects]
    for metric, pairs in (
        ("two bursts apart", found),
        ("two bursts apart, effects of their own", own),
    ):
        ours, known = (
            _mean([float(one) for one in ones])
            for ones in ([one.apart for one in pairs], [one.known for one in pairs])
        )
        yield {
            "case": case,
            "metric": metric,
            "value": _round(ours),
            "unit": "share",
            "peer": "both bursts known",
            "peer_value": _round(known),
            "ratio": _round(ours / known) if ours is not None and known else None,
            "cases": len(pairs),
        }
    whole = _round(_mean([one.whole for one in found]))
    metric = "callers in their burst's main group"
    yield {"case": case, "metric": metric, "value": whole, "unit": "share"}
    yield from _times(case, "group_tickets", [one.seconds for one in found])


def _times(case: str, what: str, seconds: Sequence[float]) -> Iterator[Line]:
    for percent in (50, 95):
        ms = float(np.percentile(seconds, percent)) * 1e3 if seconds else None
        yield {"case": case, "metric": f"{what} p{percent}", "value": _round(ms), "unit": "ms"}


def _mean(ones: Sequence[float]) -> float | None:
    return float(np.mean(ones)) if ones else None


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


if __name__ == "__main__":
    main()
