"""Slips of one who types what another says, drawn per character: homophones and typos.

Chinese characters slip with chance ``p``: seven in ten become another character of the same sound
(one in four of these of nearly the same: zh/z, ch/c, sh/s, n/l, an/ang, en/eng, in/ing), the rest
are dropped, doubled, exchanged with the next, or become any other common character. Digits slip
with a tenth of ``p``: agents read numbers back to the caller. Latin letters slip with ``p`` too:
dropped, doubled, exchanged, or the key beside.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from random import Random

from pypinyin import Style, lazy_pinyin

#: Source: 70 % homophones as in the study behind this benchmark; the other shares are made up.
HOMOPHONE, NEARLY, DIGIT_SHARE = 0.7, 0.25, 0.1

_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_NEAR_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def slip(text: str, p: float, rng: Random) -> str:
    """Return the text with each of its characters slipped by chance."""
    out: list[str] = []
    waiting = list(text)
    while waiting:
        one = waiting.pop(0)
        if rng.random() >= _chance(one, p):
            out.append(one)
        elif _is_chinese(one) and rng.random() < HOMOPHONE:
            out.append(_homophone(one, rng))
        else:
            out += _typo(one, waiting, rng)
    return "".join(out)


def _chance(one: str, p: float) -> float:
    if one.isdecimal():
        return p * DIGIT_SHARE
    return p if one.isalpha() else 0.0


def _is_chinese(one: str) -> bool:
    return "\u4e00" <= one <= "\u9fff"


def _homophone(one: str, rng: Random) -> str:
    sound = _sound(one)
    near = [spot for spot in _near(sound) if spot in _by_sound()]
    if near and rng.random() < NEARLY:
        sound = rng.choice(near)
    others = [other for other in _by_sound().get(sound, "") if other != one]
    return rng.choice(others) if others else rng.choice(_common())


def _typo(one: str, waiting: list[str], rng: Random) -> list[str]:
    draw = rng.randrange(4)
    if draw == 0:
        return []
    if draw == 1:
        return [one, one]
    if draw == 2 and waiting:
        return [waiting.pop(0), one]
    return [_other(one, rng)]


def _other(one: str, rng: Random) -> str:
    """Return what is typed by mistake for it: any character or digit, or the key beside."""
    if one.isdecimal():
        return rng.choice([digit for digit in "0123456789" if digit != one])
    if _is_chinese(one):
        return rng.choice(_common())
    for keys in _KEYS:
        if (at := keys.find(one.lower())) >= 0:
            beside = keys[at - 1 : at] + keys[at + 1 : at + 2]
            return rng.choice(beside)
    return rng.choice("aeiou")


@cache
def _common() -> str:
    """Return the 3,755 most usual characters. Source: level 1 of GB/T 2312-1980, rows 16 to 55."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in codes)


@cache
def _by_sound() -> dict[str, str]:
    sounds: dict[str, str] = defaultdict(str)
    for one in _common():
        sounds[_sound(one)] += one
    return dict(sounds)


@cache
def _sound(one: str) -> str:
    """Return its sound without the tone, as said alone."""
    return lazy_pinyin(one, style=Style.NORMAL)[0]


def _near(sound: str) -> list[str]:
    """Return the sounds that many speakers do not tell from it."""
    found = []
    for long, short in _NEAR:
        if sound.startswith(long):
            found.append(short + sound[len(long) :])
        elif sound.startswith(short):
            found.append(long + sound[len(short) :])
    for long, short in _NEAR_ENDS:
        if sound.endswith(long):
            found.append(sound[: -len(long)] + short)
        elif sound.endswith(short):
            found.append(sound[: -len(short)] + long)
    return found
