"""The burst model and the posterior that judge the engine: by seed, by hand, by brute force."""

from __future__ import annotations

import ast
import itertools
import math
import sys
from pathlib import Path

import numpy as np
import pytest
import wntr

import gis
from benchmarks import burst_posterior, callers, clusters
from benchmarks.burst_model import Bursts, made, with_homes
from benchmarks.burst_posterior import Belief
from benchmarks.callers import Call, background, calls_about
from benchmarks.cluster_cases import Case, towns
from benchmarks.clusters import credit
from benchmarks.district_bursts import LOW_FALLS_M, LOW_WITHIN_M, district, district_bursts
from benchmarks.epanet_bursts import epanet_bursts
from benchmarks.two_bursts import LEAST_M, MOST_M, draw_pair
from domain.network import PipeNetwork, Premises
from domain.words import Symptom
from tests.conftest import ROOT
from tests.gis.drawing import draw

JUDGES = ("burst_model", "burst_posterior", "callers", "district_bursts", "epanet_bursts", "grids")
OTHERS = {"domain", "benchmarks", "numpy", "scipy", "wntr"}


def _housed(picture: str, pipes: str) -> PipeNetwork:
    """Return the drawing with a home in the middle of each named pipe."""
    network = draw(picture, premises=pipes)
    homes = [Premises(f"{one.id}/50", one.location, link=one.link) for one in network.premises]
    return network.with_premises(homes)


def _dry(model: Bursts, pipe: str) -> set[str]:
    dry, _ = model.affected(model.pipes.index(pipe))
    return {(model.network.premises[row].link or "") for row in dry}


def _low(model: Bursts, pipe: str) -> dict[str, float]:
    _, (low, chance) = model.affected(model.pipes.index(pipe))
    names = [(model.network.premises[row].link or "") for row in low]
    return dict(zip(names, chance.tolist(), strict=True))


def test_what_judges_shares_no_code_with_what_it_judges() -> None:
    """The model, its makers and its posterior read domain values, and nothing of gis."""
    for name in JUDGES:
        tree = ast.parse((ROOT / "benchmarks" / f"{name}.py").read_text(encoding="utf-8"))
        found = {one.module for one in ast.walk(tree) if isinstance(one, ast.ImportFrom)}
        found |= {
            a.name for one in ast.walk(tree) if isinstance(one, ast.Import) for a in one.names
        }
        outside = {(one or "").partition(".")[0] for one in found} - OTHERS
        assert outside <= set(sys.stdlib_module_names), name


TREE = """
R---a---b---c
    |   |
    d---e   S
    |       |
    f---g=--h
"""
TREE_PIPES = "Ra ab bc ad be de df fg Sh"


def test_dry_is_what_the_pipe_alone_feeds_and_who_hangs_on_it() -> None:
    """Behind a loop nobody else is dry, behind a branch all are; a closed pipe feeds nobody."""
    model = district_bursts(_housed(TREE, TREE_PIPES))
    assert "gh" not in model.pipes
    assert _dry(model, "ab") == {"ab"}
    assert _dry(model, "bc") == {"bc"}
    assert _dry(model, "df") == {"df", "fg"}
    assert _dry(model, "Ra") == {"Ra", "ab", "bc", "ad", "be", "de", "df", "fg"}
    assert _dry(model, "Sh") == {"Sh"}


def test_a_check_valve_and_a_closed_isolation_valve_let_nothing_through() -> None:
    """What only they could feed is dry."""
    valve = district_bursts(_housed("R---a---b--#c---S", "Ra ab bc cS"))
    assert _dry(valve, "ab") == {"ab", "bc"}
    checked = district_bursts(_housed("R---a-->b---c---S", "Ra ab bc cS"))
    assert _dry(checked, "Ra") == {"Ra", "ab"}


def test_low_fades_along_the_network_and_ends_at_a_closed_pipe() -> None:
    """The chance falls by e every so many metres along the pipes, to the nearest tenth."""
    model = district_bursts(_housed(TREE, TREE_PIPES))
    low = _low(model, "ab")
    assert set(low) == {"Ra", "bc", "ad", "be", "de", "df", "fg"}
    assert low["bc"] == pytest.approx(round(math.exp(-20 / LOW_FALLS_M), 1))
    assert low["fg"] == pytest.approx(round(math.exp(-60 / LOW_FALLS_M), 1))
    assert "Sh" not in low
    assert LOW_WITHIN_M >= 60


def test_a_district_is_by_its_seed_and_its_zones_are_closed_to_each_other() -> None:
    """The same seed makes the same network, model and calls; effects stay within the zone."""
    one, other = district(300, 4), district(300, 4)
    assert one == other
    assert one != district(300, 5)
    model = district_bursts(one)
    zone = {link.id: link.zone for link in one.links}
    for row, pipe in enumerate(model.pipes):
        dry, (low, _) = model.affected(row)
        homes = [*dry.tolist(), *low.tolist()]
        assert {zone[one.premises[home].link or ""] for home in homes} <= {zone[pipe]}
    drawn = [calls_about(model, 7, np.random.default_rng(3)) for _ in range(2)]
    assert drawn[0] == drawn[1]


def test_epanet_dries_what_lies_behind_the_hole(tmp_path: Path) -> None:
    """On one line of pipes all behind the hole are dry; a hole at the end spares the first."""
    line = wntr.network.WaterNetworkModel()
    line.add_reservoir("R", base_head=50.0, coordinates=(114.30, 30.60))
    for number, name in enumerate("abcd"):
        line.add_junction(name, 0.0005, None, 0.0, (114.30 + 0.01 * (number + 1), 30.60))
    for start, end in ("Ra", "ab", "bc", "cd"):
        line.add_pipe(start + end, start, end, 500.0, 0.3 if start == "R" else 0.15, 120.0)
    file = tmp_path / "line.inp"
    wntr.network.write_inpfile(line, str(file), units="LPS")
    network = with_homes(gis.read_network(file, crs="EPSG:4326").network)
    assert sum(home.demand_m3_d or 0.0 for home in network.premises) == pytest.approx(4 * 43.2)
    steps: list[int] = []
    model = epanet_bursts(network, file, lambda at, of: steps.append(at))
    dried = {
        pipe: {home.partition("/")[0] for home in _dry_homes(model, pipe)} for pipe in model.pipes
    }
    assert steps == [1, 2, 3, 4]
    assert {"b", "c", "d"} <= dried["ab"]
    assert "a" not in dried["cd"]
    assert "d" in dried["cd"]
    assert model.dry.sum() == epanet_bursts(network, file, lambda at, of: None).dry.sum()


def _dry_homes(model: Bursts, pipe: str) -> set[str]:
    dry, _ = model.affected(model.pipes.index(pipe))
    return {model.network.premises[row].id for row in dry}


# ---------------------------------------------------------------- the posterior


@pytest.fixture(scope="module")
def toy() -> Bursts:
    """Return three pipes and five homes, with effects that overlap."""
    network = _housed("R---a---b---c", "Ra ab bc")
    spare = [Premises(f"x{n}/50", network.premises[0].location, link="ab") for n in range(2)]
    network = network.with_premises([*network.premises, *spare])
    effects = [
        (np.array([0, 1]), np.array([2]), np.array([0.5])),
        (np.array([1]), np.array([0, 3]), np.array([0.3, 1.0])),
        (np.array([2]), np.array([], int), np.array([])),
    ]
    model = made(network, network.links, effects)
    near = (np.array([0, 1, 3]), np.array([4]), np.array([], int))
    return Bursts(network, model.pipes, np.array([10.0, 20.0, 30.0]), model.dry, model.low, near)


CALLS = (
    Call(9.0, 1, Symptom.NO_WATER, 0),
    Call(12.0, 3, Symptom.LEAK_ON_ROAD, 0),
    Call(20.0, 0, Symptom.LOW_PRESSURE, 0),
    Call(21.0, 1, Symptom.WATER_QUALITY, -1),
    Call(26.0, 4, Symptom.BURST, -1),
)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_the_posterior_is_bayes_by_brute_force(toy: Bursts, count: int) -> None:
    """Every rate, minute, set of seers and reading of every call, summed one by one."""
    calls, now = CALLS[:count], 28.0
    weights = np.array([_by_hand(toy, row, calls, now) for row in range(3)])
    expected = weights / weights.sum()
    assert Belief(toy).posterior(calls, now) == pytest.approx(expected, rel=1e-9)


def _by_hand(model: Bursts, row: int, calls: tuple[Call, ...], now: float) -> float:
    least, most = callers.RATE_LEAST, callers.RATE_MOST
    total = 0.0
    for r, m in itertools.product(range(burst_posterior.RATES), range(burst_posterior.MINUTES)):
        rate = least + (most - least) * (r + 0.5) / burst_posterior.RATES
        begun = callers.BURST_WITHIN_MIN * (m + 0.5) / burst_posterior.MINUTES
        total += _given(model, row, calls, now, rate, begun)
    return total * float(model.metres[row])


def _given(
    model: Bursts, row: int, calls: tuple[Call, ...], now: float, rate: float, begun: float
) -> float:
    near = model.near[row].tolist()
    sets: list[tuple[float, tuple[int, ...]]] = [(1 - callers.SEEN_SHARE, ())]
    for wanted in (1, 2):
        choices = list(itertools.combinations(near, min(wanted, len(near))))
        sets += [(callers.SEEN_SHARE / 2 / len(choices), one) for one in choices]
    return sum(
        chance
        * math.prod(
            _home(model, row, home, home in seers, calls, now, rate, begun) for home in range(5)
        )
        for chance, seers in sets
    )


def _home(
    model: Bursts,
    row: int,
    home: int,
    seer: bool,
    calls: tuple[Call, ...],
    now: float,
    rate: float,
    begun: float,
) -> float:
    """Return the density of one home's calls: none, or one of them, is about the burst."""
    own = [call for call in calls if call.premises == home]
    dry = bool(model.dry[row, home])
    chance = 1.0 if seer else rate * (1.0 if dry else float(model.low[row, home]))
    words = callers.SAY_SEEN if seer else callers.SAY_DRY if dry else callers.SAY_LOW
    until = _lognormal_cdf(now - begun)
    other = [
        callers.SAY_BACKGROUND[call.symptom] * callers.BACKGROUND_PER_HOUR / 60 for call in own
    ]
    total = (1 - chance * until) * math.prod(other)
    for number, call in enumerate(own):
        rest = math.prod(one for index, one in enumerate(other) if index != number)
        said = words.get(call.symptom, 0.0)
        total += chance * _lognormal_pdf(call.minute - begun) * said * rest
    return total


def _lognormal_cdf(delay: float) -> float:
    if delay <= 0:
        return 0.0
    z = math.log(delay / callers.DELAY_MEDIAN_MIN) / callers.DELAY_SPREAD
    return (1 + math.erf(z / math.sqrt(2))) / 2


def _lognormal_pdf(delay: float) -> float:
    if delay <= 0:
        return 0.0
    z = math.log(delay / callers.DELAY_MEDIAN_MIN) / callers.DELAY_SPREAD
    return math.exp(-z * z / 2) / (delay * callers.DELAY_SPREAD * math.sqrt(2 * math.pi))


def test_the_posterior_says_how_often_it_is_right() -> None:
    """At a minute that no call chose: its mean chance of the first is its share of right ones."""
    model = district_bursts(district(120, 9))
    belief, rng = Belief(model), np.random.default_rng(11)
    chance = model.metres / model.metres.sum()
    homes = np.arange(len(model.network.premises))
    said, right = [], []
    for _ in range(400):
        row = int(rng.choice(len(chance), p=chance))
        about = [call for call in calls_about(model, row, rng) if call.minute <= 40.0]
        posterior = belief.posterior(sorted([*about, *background(homes, 40.0, rng)]), 40.0)
        said.append(posterior.max())
        right.append(posterior.argmax() == row)
    # Three standard errors of a share of 400.
    assert np.mean(said) == pytest.approx(np.mean(right), abs=0.075)
    assert np.mean(right) > 0.3


def test_ties_count_by_their_share_of_the_places() -> None:
    """Two answers tied for the first place are each half right."""
    assert credit({1: 0.4, 2: 0.4, 3: 0.2}, 1, 1) == 0.5
    assert credit({1: 0.4, 2: 0.4, 3: 0.2}, 3, 1) == 0.0
    assert credit({1: 0.4, 2: 0.4, 3: 0.2}, 3, 3) == 1.0
    assert credit({1: 0.7, 2: 0.1, 3: 0.1, 4: 0.1}, 4, 3) == pytest.approx(2 / 3)
    assert credit({}, 4, 3) == 0.0


def test_a_run_is_by_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same seed draws the same cases and gives the same shares; the optimum leads."""
    monkeypatch.setattr(clusters, "_ours", lambda *_: None)
    town = next(towns(["district 300"], None, 6))
    runs = [clusters.judged(town, 8, np.random.default_rng(5)) for _ in range(2)]
    assert runs[0].right == runs[1].right
    assert sum(runs[0].right["optimum", 3, 3]) > sum(runs[0].right["centroid", 3, 1])
    lines = list(runs[0].lines("town"))
    assert lines[0]["value"] is None
    assert lines[0]["cases"] == 8


def test_what_is_known_after_a_call_ends_with_it() -> None:
    """Calls about other things count into what is known, not into the number."""
    calls = (Call(1.0, 0, Symptom.OTHER, -1), *CALLS[:2], Call(13.0, 0, Symptom.OTHER, -1))
    case = Case(0, calls)
    assert case.after(1) == calls[:2]
    assert case.after(2) == calls[:3]
    assert case.after(3) == ()


def test_two_bursts_lie_about_a_kilometre_apart() -> None:
    """Each has callers, and the calls come in order of time."""
    town = next(towns(["district 600"], None, 6))
    drawn = draw_pair(town, np.random.default_rng(2))
    assert drawn is not None
    (one, other), calls = drawn
    metres = math.dist(town.middles[one], town.middles[other])
    assert LEAST_M <= metres <= MOST_M
    assert [call.minute for call in calls] == sorted(call.minute for call in calls)
    assert min(sum(call.burst == burst for call in calls) for burst in (0, 1)) >= 3
