"""Addresses in Latin script: street, number, town, in any order and with the usual short forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

#: Short forms of street words and what they stand for, in German, Portuguese and English.
#: Source: what street signs and OpenStreetMap's lists of abbreviations use.
_SHORT = {
    "str": "strasse", "pl": "platz", "al": "alameda", "r": "rua", "av": "avenida",
    "ave": "avenida", "avda": "avenida", "trav": "travessa", "tv": "travessa", "lg": "largo",
    "lgo": "largo", "pc": "praca", "pca": "praca", "pr": "praca", "pct": "praceta",
    "pcta": "praceta", "estr": "estrada", "est": "estrada", "cc": "calcada", "calc": "calcada",
    "bc": "beco", "vd": "viaduto", "rd": "road", "ln": "lane", "dr": "doutor", "eng": "engenheiro",
    "d": "dom", "sta": "santa", "sto": "santo", "s": "sao", "st": "sankt", "prof": "professor",
    "gen": "general", "t": "travessa", "l": "largo",
}  # fmt: skip

_TAIL = re.compile(r"(?<=[a-z]{3})str$")
_NUMBER = re.compile(r"^\d{1,4}[a-z]?$")
_POSTCODE = re.compile(r"^\d{4,5}$")
_WORD = re.compile(r"[a-z0-9]+")
_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ı": "i"})
_UMLAUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))

#: How alike two names must be to be looked at, 0 to 100, and how many are.
LEAST_ALIKE, MOST = 50.0, 12

#: A text is taken apart in so many ways at most: callers say more than an address.
MOST_WORDS = 12

#: Nats that a letter brings which agrees, less in a word that many streets share, and that one
#: costs which differs; and what the very writing of the records brings over another one.
#: Source: set by hand, tried on draws 5 to 7 of ``benchmarks.latin_noise``.
LETTER_RIGHT, LETTER_SHARED, LETTER_WRONG, SAME_WRITING = 2.0, 0.6, 1.7, 1.0

#: Parts of names that say little.
_SHARED = re.compile(
    r"strasse|weg|gasse|platz|allee|ring|rua|avenida|travessa|largo|praceta|praca|estrada|road"
    r"|street|lane|avenue|beco|viela|\bd[aeo]s?\b|\b(?:am|im|an|der|den|zum|zur)\b"
)


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """Return the words of a text without accents, short forms written out, umlauts as one letter.

    >>> folded("Röntgenstr."), folded("Roentgenstraße"), folded("R. de Santa Catarina")
    ('rontgenstrasse', 'rontgenstrasse', 'rua de santa catarina')
    """
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_FOLDED))
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    words = [_TAIL.sub("strasse", _SHORT.get(word, word)) for word in _WORD.findall(bare)]
    joined = " ".join(words)
    for two, one in _UMLAUT:
        joined = joined.replace(two, one)
    return joined


def is_latin(text: str) -> bool:
    """Return True if the letters of a text, two or more, are Latin ones."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 2 and all(
        char.isascii() or unicodedata.name(char, "").startswith("LATIN") for char in letters
    )


@dataclass(frozen=True, slots=True)
class StreetReading:
    """A street that a text may mean (its row), the number it gives, what is left of it, nats."""

    street: int
    number: str
    rest: tuple[str, ...]
    score: float


class Streets:
    """Street names that are searched for together."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        keys = [folded(name) for name in self.names]
        self._joined = [key.replace(" ", "") for key in keys]
        self._written = [name.casefold() for name in self.names]
        self._sorted = ["".join(sorted(key.split())) for key in keys]

    def read(self, text: str) -> list[StreetReading]:
        """Return what streets a text may mean, likeliest first."""
        words = folded(text).split()[:MOST_WORDS]
        found: dict[tuple[int, str], StreetReading] = {}
        for said, number, rest in _splits(words) if self.names else ():
            for street, likeness in self._alike(said):
                alike = fuzz.ratio(text.casefold(), self._written[street])
                score = likeness + SAME_WRITING * alike / 100
                known = found.get((street, number))
                if known is None or known.score < score:
                    found[street, number] = StreetReading(street, number, rest, score)
        return sorted(found.values(), key=lambda one: (-one.score, one.street))[:MOST]

    def _alike(self, words: Sequence[str]) -> list[tuple[int, float]]:
        joined, ordered = "".join(words), "".join(sorted(words))
        scores = np.maximum(
            process.cdist([joined], self._joined, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)[0],
            process.cdist([ordered], self._sorted, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)[0],
        )
        best = np.argsort(-scores, kind="stable")[:MOST]
        return [
            (int(row), self._score(joined, int(row), float(scores[row])))
            for row in best
            if scores[row] >= LEAST_ALIKE
        ]

    def _score(self, said: str, row: int, alike: float) -> float:
        """Return the nats of a likeness, 0 to 100: of all letters so many agree, in pairs."""
        letters = len(said) + len(self._joined[row])
        agree = letters * alike / 200
        shared = min(agree, _shared_in(said))
        right = LETTER_RIGHT * (agree - shared) + LETTER_SHARED * shared
        return right - LETTER_WRONG * (letters - 2 * agree)


def _shared_in(words: str) -> int:
    return sum(map(len, _SHARED.findall(words)))


def _splits(words: Sequence[str]) -> Iterator[tuple[Sequence[str], str, tuple[str, ...]]]:
    """Yield the ways to take a text as street, number and the rest.

    The street stands before the number, or behind it with the town behind the street.
    """
    numbers = [place for place, word in enumerate(words) if _NUMBER.match(word)]
    gates = [place for place in numbers if not _POSTCODE.match(words[place])] or numbers[:1]
    for place in gates:
        before, after = words[:place], words[place + 1 :]
        for first in range(len(before)):
            if first == 0 or len(before) > 4:
                yield before[first:], words[place], (*before[:first], *after)
        for size in range(1, len(after) + 1):
            if not any(word.isdigit() for word in after[:size]):
                yield after[:size], words[place], (*before, *after[size:])
    if words:
        yield words, "", ()
