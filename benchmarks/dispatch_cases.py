"""The cases of travel and drops, and the lines they give: medians over seeds, beside each peer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.dispatch_instances import Instance
from benchmarks.dispatch_records import Records
from benchmarks.dispatch_solvers import COLD, KERNEL, OURS, PYVRP, SEEDED, VROOM, Run, missing
from benchmarks.lines import Line

#: By the name in the lines, the formulations of which each instance has the best.
PEERS = {
    "VROOM": VROOM,
    "PyVRP": PYVRP,
    "own kernel alone": (KERNEL,),
    "OR-Tools cold": (COLD,),
    "OR-Tools seeded": (SEEDED,),
}
#: Those that the long budget is run with: what OR-Tools alone is worth shows at the short one.
RIVALS = ("VROOM", "PyVRP", "own kernel alone")
#: Those that are our own search's parts.
PARTS = ("own kernel alone",)


@dataclass(frozen=True)
class Case:
    """Instances of one kind under one budget, and who runs them."""

    name: str
    seconds: float
    seeds: Sequence[int]
    instance: Callable[[int], Instance]
    peers: Sequence[str]
    what: str = "cost"
    unit: str = "s"
    best_known: float | None = None

    @property
    def title(self) -> str:
        """How lines name it."""
        return f"{self.name}, {self.seconds:g} s"


def lines_of(case: Case, records: Records, *, ours_only: bool) -> Iterator[Line]:
    """Yield a case's lines; with ``ours_only`` peers are only looked up."""
    ours: list[Run] = []
    best: dict[str, list[Run | None]] = {peer: [] for peer in case.peers}
    for seed in case.seeds:
        instance = case.instance(seed)
        own = records.run(OURS, instance, case.seconds, seed)
        if own is None:
            return
        ours.append(own)
        for peer in case.peers:
            make = peer in PARTS or not (ours_only or missing(PEERS[peer][0]))
            tried = [
                records.run(solver, instance, case.seconds, seed, make=make)
                for solver in PEERS[peer]
            ]
            done = [run for run in tried if run and not run.failed]
            best[peer].append(min(done, key=_cost, default=None))
    yield _own(case, ours)
    for peer, theirs in best.items():
        yield _beside(case, peer, ours, theirs)
    if case.best_known:
        yield _beside_best(case, case.best_known, ours)


def _cost(run: Run) -> float:
    return run.cost


def _own(case: Case, ours: list[Run]) -> Line:
    broken = sum(run.broken + bool(run.failed) for run in ours)
    return {
        "case": case.title,
        "metric": "broken rules",
        "value": broken,
        "unit": "rules",
        "dropped": [run.dropped for run in ours],
        "longest_wall_s": max(run.wall for run in ours),
        "longest_cpu_s": max(run.cpu for run in ours),
    }


def _beside(case: Case, peer: str, ours: list[Run], theirs: list[Run | None]) -> Line:
    """Return the line of one peer; the ratio is the median of the ratios instance by instance."""
    line: Line = {
        "case": case.title,
        "metric": f"{case.what} beside {peer}",
        "value": round(median(run.cost for run in ours)),
        "unit": case.unit,
        "peer": peer,
    }
    pairs = [(a.cost, b) for a, b in zip(ours, theirs, strict=True) if b]
    if len(pairs) < len(ours):
        why = missing(PEERS[peer][0]) or "not run yet, or failed"
        return line | {"peer_value": None, "ratio": None, "missing": why}
    ratios = [cost / run.cost for cost, run in pairs]
    return line | {
        "peer_value": round(median(run.cost for _, run in pairs)),
        "ratio": round(median(ratios), 4),
        "ratios": [round(one, 4) for one in ratios],
        "peer_dropped": [run.dropped for _, run in pairs],
        "peer_longest_wall_s": max(run.wall for _, run in pairs),
        "peer_longest_cpu_s": max(run.cpu for _, run in pairs),
    }


def _beside_best(case: Case, best: float, ours: list[Run]) -> Line:
    ratio = median(run.cost for run in ours) / best
    return {
        "case": case.title,
        "metric": f"{case.what} beside best known",
        "value": round(ratio * best),
        "unit": case.unit,
        "peer": "best known",
        "peer_value": round(best),
        "ratio": round(ratio, 4),
    }
