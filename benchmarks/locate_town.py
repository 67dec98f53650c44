"""Calls from a made town: each rate of slips, beside the peer; the sites and their namesakes."""

from __future__ import annotations

import re
import statistics
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from random import Random

from opencc import OpenCC

import gis
from benchmarks.address_noise import CHATTER, Said, say
from benchmarks.address_world import Address, World
from benchmarks.lines import Line, figure
from benchmarks.locate_judge import Answer, Question, answers, right_share, share, standing
from domain.tickets import Candidate

RATES = (0.0, 0.08, 0.15)
PARTS = ("district", "road", "number", "community", "building", "unit")


@dataclass(frozen=True)
class Town:
    """A town, its truth looked up by the words of an address."""

    world: World

    @cached_property
    def _by_words(self) -> dict[str, set[Address]]:
        by_words: dict[str, set[Address]] = defaultdict(set)
        for one in self.world.truth.values():
            by_words[one.road + one.number].add(one)
            by_words[one.community].add(one)
        return by_words

    def of(self, found: Candidate | None) -> Address | None:
        """Return the truth about the premises of an answer, None if it names none."""
        return self.world.truth.get(found.premises or "") if found else None

    def fits_one_site(self, named: Address) -> bool:
        """Return True if what was said fits the premises of one site alone."""
        near = self._by_words[named.community or named.road + named.number]
        return len({one.site for one in near if _fits(named, one)}) == 1

    def calls(self, count: int, p: float, rng: Random) -> list[tuple[Address, Said]]:
        """Return so many calls, each from any premises of the town."""
        callers = (
            self.world.truth[one.id] for one in rng.choices(self.world.network.premises, k=count)
        )
        return [(truth, say(truth, p, rng)) for truth in callers]

    def question(self, truth: Address, text: str) -> Question:
        """Return a text to which only the true site is right, no namesake of it."""
        return Question(text, truth.text, lambda found: _site(self.of(found)) == truth.site)


def _fits(named: Address, truth: Address) -> bool:
    return all(getattr(named, part) in {"", getattr(truth, part)} for part in PARTS)


def _site(found: Address | None) -> tuple[str, ...]:
    return found.site if found else ()


def alike(found: Address | None, truth: Address) -> bool:
    """Return True for the right road and number, or the right community, by name.

    Source: the measure of the study that the targets come from; namesakes count as right.
    """
    if found is None:
        return False
    gate = (found.road, found.number) == (truth.road, truth.number)
    return gate or (truth.community != "" and found.community == truth.community)


def calls_located(gazetteer: gis.Gazetteer, town: Town, count: int, rng: Random) -> Iterator[Line]:
    """Yield what became of the calls of each rate of slips."""
    for p in RATES:
        case = f"{p:.0%}"
        calls = town.calls(count, p, rng)
        given = answers(gazetteer, [town.question(truth, said.text) for truth, said in calls])
        yield figure(case, "site", _share_alike(town, given, calls), "share") | {"calls": count}
        ceiling = share(town.fits_one_site(said.named) for _, said in calls)
        same = right_share(case, "same place", given)
        yield same | {"fit one site alone": round(ceiling, 4)}
        yield figure(case, "building", _buildings(town, given, calls), "share")
        yield from standing(case, given)


def _share_alike(town: Town, given: list[Answer], calls: list[tuple[Address, Said]]) -> float:
    pairs = zip(given, calls, strict=True)
    return share(alike(town.of(one.first), truth) for one, (truth, _) in pairs)


def _buildings(town: Town, given: list[Answer], calls: list[tuple[Address, Said]]) -> float:
    """Return the share with the right building, of those that name one and got the right site."""
    named = [
        (town.of(one.first), truth)
        for one, (truth, said) in zip(given, calls, strict=True)
        if one.right and said.named.building
    ]
    return share(found is not None and found.building == truth.building for found, truth in named)


# ---------------------------------------------------------------- beside rapidfuzz

_BUILDING = re.compile(r"#楼|号楼|幢|座")
_BETWEEN = re.compile(r"[\s,，、()]")


def beside_rapidfuzz(
    gazetteer: gis.Gazetteer, town: Town, count: int, rng: Random
) -> Iterator[Line]:
    """Yield our share and time beside rapidfuzz's WRatio over every whole address.

    The peer gets a fair start: both sides in one script and width, one word for building, and the
    noise's own chatter cut off where no slip spoilt it.
    """
    try:
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - a peer: it may be missing
    except ImportError:
        yield {"case": "peer", "metric": "site", "value": None, "peer": "rapidfuzz", "holds": None}
        return
    ids = [one.id for one in town.world.network.premises]
    texts = [_plain(one.address) for one in town.world.network.premises]
    for p in RATES:
        calls = town.calls(count, p, rng)
        given = answers(gazetteer, [town.question(truth, said.text) for truth, said in calls])
        times, hits = [], []
        for truth, said in calls:
            begun = time.perf_counter()
            best = process.extractOne(_plain(said.text), texts, scorer=fuzz.WRatio)
            times.append(time.perf_counter() - begun)
            hits.append(alike(town.world.truth[ids[best[2]]], truth))
        case = f"{p:.0%}, {count} calls"
        site = figure(case, "site beside rapidfuzz", _share_alike(town, given, calls), "share")
        yield site | {"peer": "rapidfuzz", "peer_value": round(share(hits), 4)}
        ours_ms = statistics.median(one.seconds for one in given) * 1e3
        peer_ms = statistics.median(times) * 1e3
        p50 = figure(case, "p50 beside rapidfuzz", ours_ms, "ms")
        yield p50 | {"peer": "rapidfuzz", "peer_value": round(peer_ms, 2)}


def _plain(text: str) -> str:
    plain = _SIMPLIFIED.convert(unicodedata.normalize("NFKC", text)).lower()
    for before, after in CHATTER:
        plain = plain.removeprefix(before).removesuffix(after)
    return _BUILDING.sub("栋", _BETWEEN.sub("", plain))


_SIMPLIFIED = OpenCC("t2s")
