"""The comparison of solvers is fair: one judge that is right, one instance, no lost peers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import dispatch
from benchmarks import dispatch_solvers as solvers
from benchmarks.dispatch_cases import PEERS, Case, lines_of
from benchmarks.dispatch_cold import solve_plain
from benchmarks.dispatch_instances import Instance, make_instance
from benchmarks.dispatch_judge import judge, kept
from benchmarks.dispatch_ours import problem_of, refereed
from benchmarks.dispatch_records import Key, Records, digest
from benchmarks.dispatch_solvers import KERNEL, OURS, VROOM
from benchmarks.dispatch_tables import tables
from benchmarks.dispatch_vrptw import best_known, read_instance
from benchmarks.lines import show
from domain.words import Priority

KEY = Key("2x3", 1, 1.0, OURS, "v", "a")
RUN = {
    "cost": 10.0,
    "driven": 10.0,
    "dropped": 0,
    "broken": 0,
    "wall": 1.0,
    "cpu": 1.0,
    "failed": "",
}

SOLOMON = """C1

VEHICLE
NUMBER     CAPACITY
  3         20

CUSTOMER
CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

    0      0         0          0          0       100          0
    1      1         1         10         10        40          5
    2      3         4          7          0        90          5
"""


def _line(*, crews: int = 2) -> Instance:
    """Return three orders on a line, 100 s apart from the crews' common home and each other."""
    at = np.array([0.0] * crews + [100.0, 200.0, 300.0])
    return Instance(
        name=f"{crews}x3",
        travel=np.abs(at[:, None] - at).astype(np.int64),
        spots=np.column_stack([at, at]),
        home=np.arange(crews),
        shift_start=np.zeros(crews, np.int64),
        shift_end=np.full(crews, 1000),
        holds=np.array([1, 3][:crews]),
        place=crews + np.arange(3),
        service=np.full(3, 50),
        opens=np.array([0, 300, 0]),
        closes=np.array([1000, 400, 1000]),
        asks=np.array([1, 1, 2]),
        penalty=np.array([5000, 40_000, 10_000]),
        priority=np.array([4, 1, 3]),
        load=np.zeros(3, np.int64),
        room=np.zeros(crews, np.int64),
    )


def test_a_plan_costs_its_drives_home_too_and_what_it_drops() -> None:
    """Out and back 200 s, and the two orders that nobody does."""
    verdict = judge(_line(), [[0], []])
    assert (verdict.cost, verdict.driven, verdict.dropped) == (50_200.0, 200.0, 2)
    assert verdict.broken == ()
    assert judge(_line(), [[], []]).cost == 55_000.0


@pytest.mark.parametrize(
    ("change", "sequences", "told"),
    [
        ({}, [[2], []], "lacks a skill of 2"),
        ({"closes": np.array([1000, 299, 1000])}, [[1], []], "1 begins 1 s late"),
        ({"shift_end": np.array([549, 549])}, [[1], []], "home after the shift"),
        ({"load": np.array([1, 0, 0])}, [[0], []], "carries too much"),
        ({}, [[0], [0]], "an order comes twice"),
        ({}, [[0]], "1 sequences"),
    ],
)
def test_each_rule_is_judged(
    change: dict[str, object], sequences: list[list[int]], told: str
) -> None:
    """One fault gives one sentence, and none where it is put right."""
    assert [
        one.partition(": ")[2] or one for one in judge(_line_with(change), sequences).broken
    ] == [told]
    assert judge(replace(_line(), shift_end=np.array([550, 550])), [[1], []]).broken == ()


def _line_with(change: dict[str, object]) -> Instance:
    return replace(_line(), **change)  # type: ignore[arg-type]


def test_what_cannot_be_kept_is_dropped_the_cheapest_first() -> None:
    """Both orders do not fit the window of the dear one, so the cheap one goes."""
    tight = replace(_line(), opens=np.zeros(3, np.int64), closes=np.array([1000, 220, 1000]))
    assert judge(tight, [[0, 1], []]).broken != ()
    assert kept(tight, [[0, 1], []]) == [[1], []]
    assert kept(_line(), [[0, 2], [2]]) == [[0], [2]]


def test_a_seed_makes_one_instance() -> None:
    """The same arrays from the same seed, others from another; any change is another instance."""
    one = make_instance(5, 40, 7)
    assert digest(one) == digest(make_instance(5, 40, 7))
    assert digest(one) != digest(make_instance(5, 40, 8))
    assert digest(one) != digest(replace(one, closes=one.closes + 1))


def test_drives_are_like_streets() -> None:
    """One way is not the other, and no detour is shorter than the way, but for rounding up."""
    travel = make_instance(5, 40, 7).travel
    assert (travel != travel.T).mean() > 0.5
    detour = (travel[:, :, None] + travel[None, :, :]).min(axis=1)
    assert (travel <= detour + 1).all()


def test_an_instance_is_as_described() -> None:
    """Somebody can do each order; emergencies are the dearest and close within two hours."""
    one = make_instance(20, 150, 3)
    able = np.array([one.can(crew) for crew in range(one.crews)])
    assert able.any(axis=0).all()
    first = one.priority == 1
    assert 5 <= first.sum() <= 10
    assert (one.penalty[first] == 40_000).all()
    assert (one.closes[first] <= 2 * 3600).all()
    waits = one.opens > 0
    assert (one.closes - one.opens)[waits].tolist() == [2 * 3600] * int(waits.sum())


def test_our_adapter_gives_the_search_the_same_instance() -> None:
    """Skills, windows, the way home, loads and penalties arrive as they are."""
    made = replace(make_instance(4, 20, 2), load=np.arange(20), room=np.full(4, 50))
    problem = problem_of(made)
    assert (problem.eligible == [made.can(crew) for crew in range(4)]).all()
    assert (problem.opens == made.opens).all()
    assert (problem.closes == made.closes).all()
    home = problem.home_place
    assert (problem.travel_s[4:24, home] == made.travel[4:24, :4]).all()
    assert (problem.travel_s[:24, :24] == made.travel).all()
    assert (problem.stock[:, 0] == 50).all()
    assert (problem.parts[:, 0] == made.load).all()
    drops = problem.weights.unassigned
    assert [drops[Priority(int(one))] for one in made.priority] == made.penalty.tolist()


def test_the_judge_and_our_referee_agree_on_the_price() -> None:
    """Two hands, one cost: driving, the way home and what is dropped."""
    made = make_instance(6, 45, 4)
    problem = problem_of(made)
    plan = dispatch.greedy(problem)
    number = {order.id: i for i, order in enumerate(problem.work_orders)}
    by_crew = {route.crew: route.visits for route in plan.routes}
    sequences = [
        [number[visit.work_order] for visit in by_crew.get(crew.id, ())] for crew in problem.crews
    ]
    verdict = judge(made, sequences)
    assert verdict.broken == plan.violations == ()
    assert verdict.cost == plan.cost["total"]
    assert verdict.dropped == len(plan.unassigned)
    again = refereed(made, sequences)
    assert again.cost["total"] == verdict.cost


def test_solomon_files_are_read_to_the_thousandth(tmp_path: Path) -> None:
    """Drives are rounded up for the solvers and judged as they are; all vehicles may be used."""
    file = tmp_path / "C1.txt"
    file.write_text(SOLOMON, encoding="utf-8")
    one = read_instance(file)
    assert (one.crews, one.orders, one.room[0], one.shift_end[0]) == (3, 2, 20, 100_000)
    assert one.travel[0].tolist() == [0, 1415, 5000]
    assert one.opens.tolist() == [10_000, 0]
    assert judge(one, [[0], [1], []]).cost == pytest.approx(2 * 1414.2136 + 10_000)
    assert best_known(file) is None
    costs = {"C1_distance": {"best_known_cost": 12.5}}
    (tmp_path / "bks.json").write_text(json.dumps(costs), encoding="utf-8")
    assert best_known(file) == 12_500


def test_the_plain_model_keeps_the_rules() -> None:
    """OR-Tools' own answer needs no trimming, cold and from a plan it is given."""
    one = make_instance(3, 12, 5)
    cold = solve_plain(one, 0.2, 1)
    assert judge(one, cold).broken == ()
    seeded = solve_plain(one, 0.2, 1, start=cold)
    assert judge(one, seeded).broken == ()
    assert judge(one, seeded).cost <= judge(one, cold).cost


def test_a_run_is_made_once_and_a_failed_one_again(tmp_path: Path) -> None:
    """What stands in the file is not made again; a line cut short by a crash is passed over."""
    file = tmp_path / "runs" / "all.jsonl"
    assert Records(file).once(KEY, lambda: RUN) == RUN
    with file.open("a", encoding="utf-8") as more:
        more.write('{"case": "half')

    def fails() -> dict[str, object]:
        return RUN | {"failed": "no memory"}

    again = Records(file)
    assert again.once(KEY, fails) == RUN
    other = replace(KEY, seed=2)
    again.once(other, fails)
    assert Records(file).once(other, lambda: RUN) == RUN


def test_a_solver_that_fails_is_told_of_and_costs_all_orders() -> None:
    """The comparison goes on where a process ends with an error."""
    run = solvers.run("no such solver", _line(), 0.1, 1)
    assert run.failed.startswith("KeyError")
    assert (run.cost, run.dropped) == (55_000.0, 3)


def _kept_runs(file: Path, costs: dict[str, list[float]]) -> tuple[Records, Case]:
    """Return records with costs by solver and seed, and their case."""
    records, instance = Records(file), _line()
    for solver, by_seed in costs.items():
        for seed, cost in enumerate(by_seed, start=1):
            version = solvers.version_of(solver)
            key = Key(instance.name, seed, 1.0, solver, version, digest(instance))
            records.once(key, lambda cost=cost: RUN | {"cost": cost})  # type: ignore[misc]
    seeds = range(1, 1 + len(costs[OURS]))
    return records, Case("2x3", 1.0, seeds, lambda _: instance, ("VROOM", "own kernel alone"))


def test_each_instance_has_the_best_formulation_of_a_peer(tmp_path: Path) -> None:
    """The ratio is the median of the instances' own ratios."""
    costs = {
        OURS: [90.0, 80.0, 100.0],
        VROOM[0]: [100.0, 300.0, 300.0],
        VROOM[1]: [200.0, 100.0, 300.0],
        VROOM[2]: [200.0, 300.0, 100.0],
        KERNEL: [90.0, 80.0, 100.0],
    }
    records, case = _kept_runs(tmp_path / "all.jsonl", costs)
    rules, vroom, kernel = lines_of(case, records, ours_only=True)
    assert (rules["metric"], rules["value"]) == ("broken rules", 0)
    assert (vroom["ratio"], vroom["peer_value"]) == (0.9, 100)
    assert kernel["ratio"] == 1.0


def test_a_peer_that_is_not_there_is_missing_and_not_beaten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its line says so, and no target holds or fails."""
    records, case = _kept_runs(tmp_path / "all.jsonl", {OURS: [90.0], KERNEL: [90.0]})
    small = replace(case, name="20x150", seconds=10.0)
    lines = list(lines_of(case, records, ours_only=True))
    show("dispatch", [line | {"case": small.title} for line in lines])
    told = {one["metric"]: one for one in map(json.loads, capsys.readouterr().out.splitlines())}
    assert told["cost beside VROOM"]["holds"] is None
    assert told["cost beside VROOM"]["missing"]
    assert told["cost beside own kernel alone"]["holds"] is True


def test_the_tables_show_what_was_measured(tmp_path: Path) -> None:
    """A ratio with its range, each engine's cost, a dash where a solver was not run."""
    costs = {
        OURS: [90.0, 80.0, 110.0],
        **{level: [100.0, 100.0, 100.0] for level in VROOM},
        KERNEL: [95.0, 95.0, 95.0],
    }
    records, case = _kept_runs(tmp_path / "all.jsonl", costs)
    lines = lines_of(replace(case, peers=tuple(PEERS)), records, ours_only=True)
    days, engines = tables(lines).split("\n\n")
    assert "| 90 (0 dropped) | 0.900 [0.800-1.100], 0 dropped | missing |" in days
    assert engines.splitlines()[-1] == "| 2x3, 1 s | - | - | 95 (0 dropped) | 90 |"


def test_the_last_version_is_read_for_the_tables(tmp_path: Path) -> None:
    """Nothing is run, and what an older version measured counts where there is no newer."""
    file = tmp_path / "all.jsonl"
    Records(file).once(KEY, lambda: RUN)
    Records(file).once(replace(KEY, version="w"), lambda: RUN | {"cost": 5.0})
    there = Records(file, read_only=True)
    assert there.once(replace(KEY, version="x"), lambda: RUN) == RUN | {"cost": 5.0}
    assert there.once(replace(KEY, seed=9), lambda: RUN) is None
