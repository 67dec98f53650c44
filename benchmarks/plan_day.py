"""How good is the day's plan? ``python -m benchmarks.plan_day [--quick] [--seed N]``.

One JSON object a line: the cost of ``dispatch.solve`` beside the greedy plan and beside the rule
"nearest free crew", medians over seeds, priced by the referee. Uses the public API only.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from statistics import median

import dispatch
from benchmarks.days import Day, make_day
from benchmarks.nearest_free_crew import nearest_free_crew

TARGETS = Path(__file__).with_name("targets.json")
QUICK = ((40, 10), (80, 16))
FULL = ((60, 12), (120, 20), (200, 30), (300, 40))
QUICK_SECONDS, FULL_SECONDS = 4.0, 20.0
QUICK_SEEDS, FULL_SEEDS = 3, 5


def main() -> None:
    """Print the benchmark's lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller cases, within 45 s")
    parser.add_argument("--seed", type=int, default=1, help="first of the consecutive seeds")
    asked = parser.parse_args()
    cases, seconds = (QUICK, QUICK_SECONDS) if asked.quick else (FULL, FULL_SECONDS)
    seeds = range(asked.seed, asked.seed + (QUICK_SEEDS if asked.quick else FULL_SEEDS))
    targets = json.loads(TARGETS.read_text(encoding="utf-8"))["plan_day"]
    for orders, crews in cases:
        days = [make_day(seed, orders=orders, crews=crews) for seed in seeds]
        runs = [measure(day, seed, seconds) for day, seed in zip(days, seeds, strict=True)]
        for line in lines(f"{orders} orders, {crews} crews", runs, targets):
            print(json.dumps(line), flush=True)


def measure(day: Day, seed: int, seconds: float) -> dict[str, float]:
    """Return one day's costs by policy, its wall seconds and its broken rules."""
    problem = dispatch.Problem.build(day.work_orders, day.crews, day.travel, day.now)
    begun = time.perf_counter()
    plan = dispatch.solve(problem, seed=seed, seconds=seconds)
    wall = time.perf_counter() - begun
    nearest = nearest_free_crew(day)
    broken = dispatch.rules.check(problem, plan) + dispatch.rules.check(problem, nearest)
    return {
        "solve": plan.cost["total"],
        "greedy": dispatch.greedy(problem).cost["total"],
        "nearest_free_crew": dispatch.rules.score(problem, nearest)["total"],
        "unassigned": len(plan.unassigned),
        "unassigned_nearest": len(nearest.unassigned),
        "wall": wall,
        "violations": len(broken),
    }


def lines(
    case: str, runs: list[dict[str, float]], targets: dict[str, float]
) -> list[dict[str, object]]:
    """Return the lines of one case: costs against each peer, work left over, wall, violations."""
    costs = [
        against(case, "cost", peer, runs, targets.get(f"cost ratio to {peer}"))
        for peer in ("greedy", "nearest_free_crew")
    ]
    longest = max(run["wall"] for run in runs)
    broken = sum(run["violations"] for run in runs)
    left: dict[str, object] = {
        "metric": "unassigned",
        "value": median(run["unassigned"] for run in runs),
        "unit": "work orders",
        "peer": "nearest_free_crew",
        "peer_value": median(run["unassigned_nearest"] for run in runs),
    }
    wall: dict[str, object] = {"metric": "longest wall", "value": round(longest, 2), "unit": "s"}
    clean: dict[str, object] = {"metric": "violations", "value": broken, "unit": "rules"}
    clean |= {"target": 0, "holds": broken == 0}
    head: dict[str, object] = {"bench": "plan_day", "case": case}
    return [*costs, *(head | rest for rest in (left, wall, clean))]


def against(
    case: str, metric: str, peer: str, runs: list[dict[str, float]], target: float | None
) -> dict[str, object]:
    """Return the line of one peer; the ratio is the median of the ratios day by day."""
    ratios = [run["solve"] / run[peer] for run in runs]
    line: dict[str, object] = {
        "bench": "plan_day",
        "case": case,
        "metric": metric,
        "value": round(median(run["solve"] for run in runs)),
        "unit": "seconds of travel",
        "peer": peer,
        "peer_value": round(median(run[peer] for run in runs)),
        "ratio": round(median(ratios), 4),
        "worst_ratio": round(max(ratios), 4),
    }
    if target is not None:
        line |= {"target": target, "holds": max(ratios) <= target}
    return line


if __name__ == "__main__":
    main()
