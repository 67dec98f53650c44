"""How characters sound, as small numbers: equal for homophones, folded for near ones."""

from __future__ import annotations

import threading
from functools import lru_cache

from pypinyin import Style, pinyin

#: Initials and finals that many speakers do not tell apart, so what is typed by ear mixes them.
#: Source: the fuzzy pairs that Chinese input methods offer (z/zh, c/ch, s/sh, n/l, an/ang, ...).
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))

#: A digit reads as its numeral, so that 安民1路 is 安民一路.
_NUMERALS = dict(zip("0123456789", "零一二三四五六七八九", strict=True)) | {"〇": "零", "两": "二"}

Sounds = tuple[int, int, int, int]


def _number_of(syllable: str) -> int:
    with _counting:  # two threads must not give one number to two sounds
        return _count.setdefault(syllable, len(_count))


_count: dict[str, int] = {}
_counting = threading.Lock()


def sounds_made() -> int:
    """Return how many sounds have a number so far."""
    return len(_count)


def sign_of(char: str) -> str:
    """Return the character that stands for this one: digits for their numerals."""
    return _NUMERALS.get(char, char)


@lru_cache(maxsize=20_000)
def sounds_of(char: str) -> Sounds:
    """Return the numbers of a character's first two readings, then of both folded.

    A character without a reading sounds like itself only.
    """
    sign = sign_of(char)
    found = pinyin(sign, style=Style.NORMAL, heteronym=True)[0] if sign > "\x7f" else [sign]
    first, second = found[0], found[1] if len(found) > 1 else found[0]
    return (
        _number_of(first),
        _number_of(second),
        _number_of("~" + folded(first)),
        _number_of("~" + folded(second)),
    )


def folded(syllable: str) -> str:
    """Return what a syllable is for speakers who do not tell these sounds apart.

    >>> folded("zhang"), folded("ling"), folded("nan")
    ('zan', 'lin', 'lan')
    """
    for full, short in _INITIALS:
        if syllable.startswith(full):
            syllable = short + syllable[len(full) :]
            break
    for full, short in _FINALS:
        if syllable.endswith(full):
            return syllable[: -len(full)] + short
    return syllable
