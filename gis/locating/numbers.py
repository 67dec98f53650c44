"""The numbers in a text and what each can be: a gate's, a building's, a unit's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gis.locating.sounds import sounds_of

_DIGIT_OF = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
_DIGIT_OF |= {sign: number for number, sign in enumerate("〇壹贰叁肆伍")} | {"两": 2}
_DIGIT_OF |= {"柒": 7, "捌": 8, "玖": 9}  # 陆 is left out: it is 路 written by ear
_TENS = {"十": 10, "百": 100, "千": 1000}
#: The signs of which numerals are made.
SPOKEN = "".join((*_DIGIT_OF, *_TENS))

_RUN = re.compile(rf"[a-z]?\d+(?:-\d+){{0,2}}|[a-z](?:(?:-\d+){{1,2}}|(?=座|栋|幢))|[{SPOKEN}]+")
_NUMERAL = re.compile(rf"[{SPOKEN}]+")

#: A numeral is one without a sign too if it stands behind one of these.
_AFTER_ROAD = "路街巷道弄"

#: 科技一号路 keeps its numeral: what follows is no gate.
_ROAD_WORDS = frozenset("路街线大")


class Kind(StrEnum):
    """What the sign behind a number says it is; ``bare`` without a sign.

    ``spoken`` is a numeral without one: often no number at all, as in 安民一路.
    """

    GATE = "gate"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"
    FLOOR = "floor"
    BARE = "bare"
    SPOKEN = "spoken"


#: Signs of one character by how they sound, for they are typed by ear.
_BY_SOUND = {
    sounds_of(sign)[0]: kind
    for sign, kind in (
        ("号", Kind.GATE),
        ("栋", Kind.BUILDING),
        ("幢", Kind.BUILDING),
        ("座", Kind.BUILDING),
    )
}
_BY_SIGN = {
    "弄": Kind.GATE,
    "#": Kind.BUILDING,
    "单": Kind.UNIT,
    "门": Kind.UNIT,
    "室": Kind.ROOM,
    "户": Kind.ROOM,
    "楼": Kind.FLOOR,
    "层": Kind.FLOOR,
}
#: 号漏水 is no 号楼, however alike they sound.
_LEAKS = "漏"
_HOUSE, _UNIT = sounds_of("楼")[2], (sounds_of("单")[2], sounds_of("元")[2])


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its digits, what its sign says, and where it and its sign lie."""

    digits: str
    kind: Kind
    start: int
    stop: int


def numbers_in(text: str) -> list[Number]:
    """Return the numbers of a text in their order; ``3-2-501`` is building, unit and room.

    A number such as ``131-2号`` is one gate's.
    """
    return [number for run in _RUN.finditer(text) for number in _of_run(text, run)]


def _of_run(text: str, run: re.Match[str]) -> Iterator[Number]:
    if run[0][0] in SPOKEN:
        yield Number(str(number_of(run[0])), Kind.SPOKEN, run.start(), run.end())
        return
    kind, stop = sign_at(text, run.end())
    parts = run[0].split("-")
    if len(parts) == 1 or kind is Kind.GATE:
        yield Number(run[0], kind, run.start(), stop)
        return
    if kind in {Kind.BUILDING, Kind.FLOOR}:  # 240-18楼: the sign belongs to the last of them
        yield Number(parts[0], Kind.BARE, run.start(), run.start() + len(parts[0]))
        yield Number(parts[-1], kind, run.end() - len(parts[-1]), stop)
        return
    kinds = (Kind.BUILDING, Kind.UNIT, Kind.ROOM)
    for digits, each in zip(parts, kinds, strict=False):
        yield Number(digits, each, run.start(), stop)


def sign_at(text: str, place: int) -> tuple[Kind, int]:
    """Return what stands at a place of a text behind a number, and where it ends."""
    first, second = text[place : place + 1], text[place + 1 : place + 2]
    if not first:
        return Kind.BARE, place
    heard = sounds_of(second)[2] if second else -1
    if sounds_of(first)[2] == _UNIT[0] and heard == _UNIT[1]:
        return Kind.UNIT, place + 2
    kind = _BY_SOUND.get(sounds_of(first)[0]) or _BY_SIGN.get(first)
    if kind in {Kind.GATE, Kind.BUILDING} and heard == _HOUSE and second != _LEAKS:
        return Kind.BUILDING, place + 2
    if kind is None or (first == "门" and second in set("口前外")):
        return Kind.BARE, place
    return kind, place + 1


def arabic(text: str) -> str:
    """Return the text with Chinese numerals as digits where a sign such as 号 or 栋 follows.

    >>> arabic("建设二路十二号三栋")
    '建设二路12号3栋'
    """
    return _NUMERAL.sub(lambda found: _digits(text, found), text)


def _digits(text: str, found: re.Match[str]) -> str:
    kind, stop = sign_at(text, found.end())
    is_road = kind is Kind.GATE and text[stop : stop + 1] in _ROAD_WORDS
    is_road |= text[found.end() : found.end() + 1] == "弄"  # 石冲三弄 is a lane's name
    behind_road = text[max(0, found.start() - 1) : found.start()] in set(_AFTER_ROAD)
    counted = len(found[0]) > 1 and any(sign in _TENS for sign in found[0])
    if is_road or (kind is Kind.BARE and not (behind_road and counted)):
        return found[0]
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    return f"{_gap(before)}{number_of(found[0])}{_gap(after)}"


def _gap(beside: str) -> str:
    return " " if beside.isdigit() else ""


def number_of(numeral: str) -> int:
    """Return the number of a Chinese numeral, read digit by digit if it has none of 十, 百, 千.

    >>> number_of("一百零五"), number_of("二一六"), number_of("十"), number_of("一千二百")
    (105, 216, 10, 1200)
    """
    if not any(sign in _TENS for sign in numeral):
        return int("".join(str(_DIGIT_OF[sign]) for sign in numeral))
    total, digit = 0, -1
    for sign in numeral:
        if sign in _TENS:
            total += (1 if digit < 0 else digit) * _TENS[sign]
            digit = -1
        else:
            digit = _DIGIT_OF[sign]
    return total + max(digit, 0)


def is_similar(one: str, other: str) -> bool:
    """Return True if one slip makes one number of the other: a digit changed, added or lost.

    >>> is_similar("131", "13"), is_similar("131", "181"), is_similar("131", "113")
    (True, True, True)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        wrong = [place for place in range(len(one)) if one[place] != other[place]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(one) == sorted(other)
        return len(wrong) == 1 or swapped
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
