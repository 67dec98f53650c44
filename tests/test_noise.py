"""The towns and the callers that judge the locator: by seed, on their own, and fair."""

from __future__ import annotations

import ast
import sys
import unicodedata
from collections import defaultdict
from random import Random

import pytest
from opencc import OpenCC

from benchmarks.address_noise import Said, chinese_number, say
from benchmarks.address_world import Address, World, make_world
from benchmarks.latin_noise import say_street
from benchmarks.typing_slips import slip
from tests.conftest import ROOT

GENERATORS = ("address_world", "address_noise", "latin_noise", "osm_names")
ALLOWED = {"domain", "numpy", "opencc", "osmium", "pypinyin"}
PARTS = ("district", "road", "number", "community", "building", "unit")


def _town(seed: int = 7) -> World:
    return make_world(seed, premises=4_000, roads=120, communities=160)


@pytest.fixture(scope="module")
def town() -> World:
    """Return a small town."""
    return _town()


def _calls(town: World, p: float, count: int = 400) -> list[Said]:
    rng = Random(3)
    return [say(town.truth[one.id], p, rng) for one in rng.sample(town.network.premises, count)]


def _imports(module: str) -> set[str]:
    """Return every module that a benchmark's module and those of benchmarks it uses import."""
    tree = ast.parse((ROOT / "benchmarks" / f"{module}.py").read_text(encoding="utf-8"))
    named = {
        one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = node.module == "benchmarks"
            named |= {f"benchmarks.{one.name}" for one in node.names} if whole else {node.module}
    ours = {one.split(".")[1] for one in named if one.startswith("benchmarks.")}
    return named.union(*(_imports(one) for one in ours))


@pytest.mark.parametrize("module", GENERATORS)
def test_a_generator_knows_nothing_of_what_it_judges(module: str) -> None:
    """Its imports, and theirs, are the standard library, domain values and a few libraries."""
    roots = {one.split(".")[0] for one in _imports(module)} - set(sys.stdlib_module_names)
    assert roots - {"benchmarks"} <= ALLOWED


def test_a_seed_makes_one_town_and_one_set_of_calls(town: World) -> None:
    """Another seed makes another."""
    assert _town().network.premises == town.network.premises
    assert _town().roads == town.roads
    assert _calls(_town(), 0.08) == _calls(town, 0.08)
    assert _town(8).network.premises[0] != town.network.premises[0]


def test_the_town_is_as_large_as_asked(town: World) -> None:
    """Premises, roads, communities; every address once."""
    assert len(town.network.premises) == len(town.truth) == 4_000
    assert len(town.streets) == 120
    assert len({one.site for one in town.truth.values() if one.community}) == 160
    assert len({one.address for one in town.network.premises}) == 4_000


def test_numbers_grow_along_a_road_on_each_side(town: World) -> None:
    """Odd ones on one side, even ones on the other."""
    for street in town.streets:
        for side in (0, 1):
            numbers = [one for one in street.numbers if one % 2 == side]
            assert numbers == sorted(set(numbers))


def _fits(said: Address, truth: Address) -> bool:
    return all(getattr(said, part) in {"", getattr(truth, part)} for part in PARTS)


def test_what_is_said_is_true_and_fits_few_other_sites(town: World) -> None:
    """A caller names the site, or one of a few namesakes."""
    by_word: dict[str, set[Address]] = defaultdict(set)
    for one in town.truth.values():
        by_word[one.road + one.number].add(one)
        by_word[one.community].add(one)
    alone = 0
    for said in _calls(town, 0.0):
        named = said.named
        near = by_word[named.community or named.road + named.number]
        sites = {one.site for one in near if _fits(named, one)}
        assert sites
        alone += len(sites) == 1
    assert alone >= 0.9 * 400


def test_without_slips_the_names_stand_in_the_text(town: World) -> None:
    """Full width and traditional characters undone, road and community can be read."""
    simplified = OpenCC("t2s")
    readable = 0
    for said in _calls(town, 0.0):
        text = simplified.convert(unicodedata.normalize("NFKC", said.text))
        readable += said.named.road in text and said.named.community in text
    assert readable >= 0.99 * 400


def test_slips_come_at_their_rate() -> None:
    """15 of 100 characters, digits a tenth of that; none at 0."""
    rng = Random(1)
    assert slip("江永一巷96号", 0.0, rng) == "江永一巷96号"
    changed = [slip(one, 0.15, rng) != one for one in "江永家园幢" * 4_000]
    digits = [slip(one, 0.15, rng) != one for one in "12345" * 4_000]
    assert sum(changed) / 20_000 == pytest.approx(0.15, abs=0.012)
    assert sum(digits) / 20_000 == pytest.approx(0.015, abs=0.004)


def test_chinese_numbers_are_written_as_they_are_said() -> None:
    """Zeros inside once, none at the end, ten without its one."""
    said = {"7": "七", "10": "十", "12": "十二", "40": "四十", "103": "一百零三", "110": "一百一十"}
    assert {number: chinese_number(number) for number in said} == said
    assert chinese_number("1005") == "一千零五"


def test_a_latin_street_keeps_its_letters() -> None:
    """Without slips nothing is lost but marks, short words' ends and the order."""
    rng = Random(5)
    for _ in range(50):
        text = say_street("Königsberger Straße", 0.0, rng).lower()
        assert "berger" in text
        assert "str" in text
