"""The premises and roads with addresses in Latin script, and what a text may mean among them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log

from rapidfuzz import fuzz

from gis.locating.chances import chances
from gis.locating.latin import StreetReading, Streets, folded
from gis.locating.numbers import is_similar

#: What speaks for an address, in nats, as in ``gis.locating.reader``.
NUMBER_RIGHT, NUMBER_SIMILAR = 4.0, -1.5
TOWN_RIGHT, TOWN_WRONG, POSTCODE_RIGHT = 4.0, -2.0, 4.0
NEW_NUMBER, UNKNOWN = -1.0, 2.0

#: A word is the town's if it is so much like it, 0 to 100.
LIKE_TOWN = 70.0

_ADDRESS = re.compile(r"^(?P<street>.*?\D)\s*(?P<number>\d+\s?[a-zA-Z]?)?$")
_BEFORE = re.compile(r"^(?P<number>\d+\s?[a-zA-Z]?)\s+(?P<street>\D.*)$")


@dataclass(frozen=True, slots=True)
class _Home:
    number: str
    town: tuple[str, ...]
    row: int


@dataclass(frozen=True, slots=True)
class LatinReading:
    """One thing that a text may mean: premises (``rows``) at a number, a new number, or a road."""

    score: float
    street: str
    number: str
    rows: tuple[int, ...] = ()
    chance: float = 0.0


class LatinBook:
    """Finds addresses and roads written in Latin letters."""

    def __init__(self, addresses: Iterable[tuple[int, str]], roads: Iterable[str]) -> None:
        self._homes: dict[str, list[_Home]] = defaultdict(list)
        names: dict[str, None] = dict.fromkeys(roads)
        for row, address in addresses:
            street, number, town = _parts(address)
            names[street] = None
            self._homes[folded(street)].append(_Home(number, town, row))
        self._streets = Streets(name for name in names if folded(name))

    def numbers_on(self, street: str) -> dict[str, list[int]]:
        """Return the rows of premises on a street by house number."""
        known: dict[str, list[int]] = defaultdict(list)
        for home in self._homes.get(folded(street), ()):
            known[home.number].append(home.row)
        return known

    def read(self, text: str) -> list[LatinReading]:
        """Return what the text may mean, likeliest first, with chances."""
        best: dict[object, LatinReading] = {}
        for said in self._streets.read(text):
            for one in self._of_street(said):
                key = (folded(one.street), one.number, one.rows)
                if key not in best or best[key].score < one.score:
                    best[key] = one
        return self._weighed(list(best.values()))

    def _of_street(self, said: StreetReading) -> list[LatinReading]:
        street = self._streets.names[said.street]
        homes = self._homes.get(folded(street), [])
        if not said.number:
            return [LatinReading(said.score, street, "")]
        found: dict[tuple[str, ...], list[_Home]] = defaultdict(list)
        for home in homes:
            if home.number == said.number or is_similar(home.number, said.number):
                found[home.number, *home.town].append(home)
        readings = []
        for same in found.values():
            right = same[0].number == said.number
            score = said.score + (NUMBER_RIGHT if right else NUMBER_SIMILAR)
            score += _town_score(same[0].town, said.rest)
            rows = tuple(home.row for home in same)
            readings.append(LatinReading(score, street, same[0].number, rows))
        if not any(home.number == said.number for home in homes):
            readings.append(LatinReading(said.score + NEW_NUMBER, street, said.number))
        return readings

    def _weighed(self, readings: list[LatinReading]) -> list[LatinReading]:
        readings.sort(key=lambda one: (-one.score, one.street, one.number, one.rows))
        unknown = UNKNOWN + log(max(2, len(self._streets.names)))
        shares = chances([one.score for one in readings], unknown)
        return [replace(one, chance=share) for one, share in zip(readings, shares, strict=True)]


def _parts(address: str) -> tuple[str, str, tuple[str, ...]]:
    """Return street, number and the words of the town of ``Street 12, 9490 Town``."""
    gate, _, town = address.partition(",")
    found = _BEFORE.match(gate.strip()) or _ADDRESS.match(gate.strip())
    street, number = (found["street"], found["number"] or "") if found else (gate, "")
    return street.strip(), number.replace(" ", "").lower(), tuple(folded(town).split())


def _town_score(town: tuple[str, ...], rest: tuple[str, ...]) -> float:
    """Return what the words beside street and number say about the town."""
    score = 0.0
    for word in rest:
        if word.isdigit():
            if any(one.isdigit() for one in town):
                score += POSTCODE_RIGHT if word in town else TOWN_WRONG
            continue
        likeness = max((fuzz.ratio(word, one) for one in town if not one.isdigit()), default=0.0)
        if likeness >= LIKE_TOWN:
            score += TOWN_RIGHT * likeness / 100
        elif len(word) > 3:
            score += TOWN_WRONG / 2
    return score
