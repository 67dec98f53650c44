"""From a caller's words to a symptom.

It decides only where the channel said nothing: an agent's choice wins. The words are those of
``domain/caller_words.py``; what they make more urgent is told by ``domain/urgency.py``.
"""

from __future__ import annotations

import re

from domain.caller_words import (
    ASIDE,
    COVER_BROKEN,
    DAMAGE,
    NEGATION,
    NO_SYMPTOM,
    SYMPTOM_WORDS,
    WORKS,
    any_of,
    plain,
    words_of,
)
from domain.urgency import priority_of, urgency_of
from domain.words import Symptom

__all__ = ["priority_of", "symptom_of", "urgency_of"]

_RANK: dict[str, int] = {
    word: rank for rank, (_, line) in enumerate(SYMPTOM_WORDS) for word in words_of(line)
}
_ANY = any_of([*_RANK, *words_of(NO_SYMPTOM)])

#: A word, else one that is negated: 没水 is a word itself, 没漏 is none.
_SAID = re.compile(f"(?P<word>{_ANY})|(?:{NEGATION})(?:{_ANY})")

#: What shows water: a meter without it is about a bill, a cover beside it about a leak.
_WET = {Symptom.BURST, Symptom.LEAK_ON_ROAD}


def symptom_of(text: str) -> Symptom:
    """Return what a caller's words are about, ``OTHER`` if no word is known.

    Of words that overlap the longest counts, so 没水压 is low pressure and not 没水. A leak or a
    burst of something indoors (a toilet, a heater) is ``OTHER``.

    >>> symptom_of("路口水管爆了,水喷得老高").value
    'burst'
    >>> symptom_of("家里没水压").value
    'low_pressure'
    >>> symptom_of("没有漏水,就是没水").value
    'no_water'
    """
    about = ASIDE.sub("。", plain(text))
    words = [found["word"] for found in _SAID.finditer(about) if found["word"]]
    ranks = sorted({_RANK[word] for word in words if word in _RANK})
    said = [SYMPTOM_WORDS[rank][0] for rank in ranks]
    if WORKS.search(about) and DAMAGE.search(about):
        said.insert(0, Symptom.CONSTRUCTION_DAMAGE)
    left_out = _left_out(about, set(said))
    return next((one for one in said if one not in left_out), Symptom.OTHER)


def _left_out(about: str, said: set[Symptom]) -> set[Symptom]:
    """Return the symptoms that are named and yet not meant."""
    out = set()
    thing = said & {Symptom.MANHOLE, Symptom.HYDRANT_DAMAGED}
    if thing and not _names_a_pipe(about):
        out.add(Symptom.CONSTRUCTION_DAMAGE)
    if not said & _WET:
        out.add(Symptom.LEAK_AT_METER)
    if COVER_BROKEN.search(about) and Symptom.MANHOLE in said:
        out.add(Symptom.LEAK_AT_METER)
    elif said & _WET:
        out.add(Symptom.MANHOLE)
    return out


def _names_a_pipe(about: str) -> bool:
    return any(word in about for word in ("管", "pipe", "main"))
