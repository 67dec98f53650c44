"""Find known names inside what was typed, however misspelt: weighted alignment by sign and sound.

Each name is laid along the text so that its signs match best. A sign that is the same counts by
how rare it is among the names (log of its inverse frequency), so 路 tells little and 澜 much. What
differs costs: a homophone little, another sign or a missing one more. The sum is the logarithm of
how much likelier the text is if the name was meant than if it was not.

Source: local alignment of Smith and Waterman (1981) with the name kept whole; costs in nats from a
noise model in which most slips are homophones, checked by ``benchmarks.locate``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from gis.isolation.compiled import compiled
from gis.locating.sounds import sign_of, sounds_made, sounds_of

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]

#: What a sign counts at most and at least, nats: 1 in 1,800 and 1 in 2.
HEAVIEST, LIGHTEST = 7.5, 0.7

#: Off the weight of a sign: written as a homophone, as a near homophone.
HOMOPHONE, NEAR_HOMOPHONE = 3.0, 3.8

#: A sign that is another one; a sign too many; two signs exchanged.
OTHER, EXTRA, EXCHANGED = 4.2, 3.0, 3.5

#: A missing sign costs this and a share of its weight, up to the most: suffixes are left out.
MISSING, MISSING_SHARE, MISSING_MOST = 0.5, 0.5, 3.2

#: A name counts as mentioned from so much on, and from this share of its full weight.
LEAST, LEAST_SHARE = 3.0, 0.25


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text: which, how sure (nats), and where, from start to stop."""

    name: int
    score: float
    start: int
    stop: int


class NameTable:
    """Names that are searched for together."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        signs = [[sign_of(char) for char in name] for name in self.names]
        counts = Counter(sign for name in signs for sign in name)
        total = max(1, sum(counts.values()))
        weight = {
            sign: min(HEAVIEST, max(LIGHTEST, log(total / count))) for sign, count in counts.items()
        }
        flat = [sign for name in signs for sign in name]
        self._start = np.cumsum([0, *(len(name) for name in signs)]).astype(np.int32)
        self._longest = max((len(name) for name in signs), default=0)
        self._code = np.array([ord(sign) for sign in flat], dtype=np.int32)
        self._sound = _sounds(flat)
        self._weight = np.array([weight[sign] for sign in flat], dtype=np.float64)

    def mentions(self, text: str, most: int) -> list[Mention]:
        """Return the names that a text mentions, likeliest first, no more than ``most``."""
        if not text or not self.names:
            return []
        signs = [sign_of(char) for char in text]
        code = np.array([ord(sign) for sign in signs], dtype=np.int32)
        sound = _sounds(signs)
        heard = np.zeros(sounds_made(), dtype=np.bool_)
        heard[sound.ravel()] = True
        heard = np.append(heard, False)  # sounds that only names have, numbered later
        name = (self._code, self._sound, self._weight)
        found, score, start, stop = _search(self._start, name, (code, sound), heard, self._longest)
        order = np.argsort(-score, kind="stable")[:most]
        return [
            Mention(int(found[row]), float(score[row]), int(start[row]), int(stop[row]))
            for row in order
        ]


def _sounds(signs: Sequence[str]) -> IntArray:
    return np.array([sounds_of(sign) for sign in signs], dtype=np.int32).reshape(-1, 4)


@compiled
def _missing(weight: float) -> float:
    cost = MISSING + MISSING_SHARE * weight
    return cost if cost < MISSING_MOST else MISSING_MOST


@compiled
def _hears(sound: IntArray, row: int, heard: npt.NDArray[np.bool_]) -> bool:
    last = heard.shape[0] - 1
    for reading in range(2, 4):
        number = sound[row, reading]
        if number < last and heard[number]:
            return True
    return False


@compiled
def _same(
    code: IntArray,
    sound: IntArray,
    weight: float,
    row: int,
    text: IntArray,
    said: IntArray,
    at: int,
) -> float:
    """Return what it counts to read the sign of the text as the sign of the name."""
    if code[row] == text[at]:
        return weight
    for mine in range(2):
        for other in range(2):
            if sound[row, mine] == said[at, other]:
                return weight - HOMOPHONE
    for mine in range(2, 4):
        for other in range(2, 4):
            if sound[row, mine] == said[at, other]:
                return weight - NEAR_HOMOPHONE
    return -OTHER


@compiled
def _hope(
    first: int, last: int, sound: IntArray, weight: FloatArray, heard: npt.NDArray[np.bool_]
) -> tuple[float, float]:
    """Return the full weight of a name, and the most it can score by what is heard at all."""
    full, hope = 0.0, 0.0
    for row in range(first, last):
        full += weight[row]
        hope += weight[row] if _hears(sound, row, heard) else -_missing(weight[row])
    return full, hope


@compiled
def _is_exchanged(code: IntArray, row: int, text: IntArray, at: int) -> bool:
    if code[row] == text[at - 1]:
        return False
    return bool(code[row] == text[at - 2] and code[row - 1] == text[at - 1])


@compiled
def _lay(
    best: FloatArray,
    since: IntArray,
    signs: tuple[int, int],
    name: tuple[IntArray, IntArray, FloatArray],
    said: tuple[IntArray, IntArray],
) -> None:
    """Fill the table of one name: row r, column c scores its first r signs, ending before c."""
    first, last = signs
    code, sound, weight = name
    text, heard = said
    for at in range(text.shape[0] + 1):
        best[0, at], since[0, at] = 0.0, at
    for row in range(first, last):
        now = row - first + 1
        gap = _missing(weight[row])
        best[now, 0], since[now, 0] = best[now - 1, 0] - gap, 0
        for at in range(1, text.shape[0] + 1):
            value = best[now - 1, at - 1] + _same(
                code, sound, weight[row], row, text, heard, at - 1
            )
            origin = since[now - 1, at - 1]
            if best[now - 1, at] - gap > value:
                value, origin = best[now - 1, at] - gap, since[now - 1, at]
            if best[now, at - 1] - EXTRA > value:
                value, origin = best[now, at - 1] - EXTRA, since[now, at - 1]
            if now > 1 and at > 1 and _is_exchanged(code, row, text, at):
                both = best[now - 2, at - 2] + weight[row] + weight[row - 1] - EXCHANGED
                if both > value:
                    value, origin = both, since[now - 2, at - 2]
            best[now, at], since[now, at] = value, origin


@compiled
def _search(
    start: IntArray,
    name: tuple[IntArray, IntArray, FloatArray],
    said: tuple[IntArray, IntArray],
    heard: npt.NDArray[np.bool_],
    longest: int,
) -> tuple[IntArray, FloatArray, IntArray, IntArray]:
    names, width = start.shape[0] - 1, said[0].shape[0]
    found = np.empty(names, dtype=np.int32)
    score = np.empty(names, dtype=np.float64)
    begin = np.empty(names, dtype=np.int32)
    end = np.empty(names, dtype=np.int32)
    best = np.empty((longest + 1, width + 1), dtype=np.float64)
    since = np.empty((longest + 1, width + 1), dtype=np.int32)
    count = 0
    for one in range(names):
        first, last = start[one], start[one + 1]
        full, hope = _hope(first, last, name[1], name[2], heard)
        least = max(LEAST, LEAST_SHARE * full)
        if hope < least:
            continue
        _lay(best, since, (first, last), name, said)
        signs, place = last - first, 0
        for at in range(1, width + 1):
            if best[signs, at] > best[signs, place]:
                place = at
        if best[signs, place] >= least:
            found[count], score[count] = one, best[signs, place]
            begin[count], end[count] = since[signs, place], place
            count += 1
    return found[:count], score[:count], begin[:count], end[:count]
