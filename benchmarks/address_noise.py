"""What a caller says of a Chinese address, and an agent types: parts dropped, variants, chatter.

How it is drawn (``say``): one of four says road and number without the community, three of ten
the community without its road, the rest both; houses have only the former. The district is said
by a third. The building is dropped by a quarter, the unit by a third of the others. Buildings are
栋, 幢, 号楼, 座, #楼 or a hyphen; numbers sometimes 汉字, the whole sometimes full width or
traditional (OpenCC s2t); 号 is dropped by one in five. Parts change order, chatter goes before
and after. Then ``benchmarks.typing_slips`` corrupts each character with rate ``p``, chatter too.

What is left always tells a human who knows the town the site, or one of its namesakes. One case
is hard on purpose: in one of ten dropped 号 the building follows the number at once (96 号 5 栋
said as 965栋).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from random import Random

from opencc import OpenCC

from benchmarks.address_names import words
from benchmarks.address_world import Address
from benchmarks.typing_slips import slip

_DIGITS = "零一二三四五六七八九"
_BEFORE = words(
    "我家在 我住 我住在 在 家住 你好，我是 喂，这里是 我这里是 您好 就是 我要报修， 请派人到 "
    "地址是 "
    "我想问一下， 师傅，"
)
_AFTER = words(
    "门口漏水 楼下爆管了 附近爆管 没水了 停水了 水压很小 水管爆了 附近没水 水是黄的 楼下没水了 "
    "有水冒出来 路面都是水 门口的井盖坏了 这边没水 怎么还没来水 楼下没水 水表漏水 ，消防栓被撞了"
)

#: What is said before an address, beside what is said after one.
CHATTER = tuple(zip_longest(_BEFORE, _AFTER, fillvalue=""))

#: Shares of what is said how. Source: made up, after the examples of the study behind this.
NO_COMMUNITY, NO_ROAD, DISTRICT = 0.25, 0.30, 0.35
NO_BUILDING, NO_UNIT, ROOM = 0.25, 0.35, 0.10
NO_SIGN, FUSED, CHINESE_NUMBER = 0.20, 0.10, 0.12
OTHER_ORDER, SPACED, FULL_WIDTH, TRADITIONAL = 0.08, 0.12, 0.10, 0.08
BEFORE, AFTER = 0.45, 0.50


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed, and which parts of the truth it names (the others are empty)."""

    text: str
    named: Address


def say(address: Address, p: float, rng: Random) -> Said:
    """Return what a caller says of a premises, each character corrupted with rate ``p``."""
    named = _named(address, rng)
    text = _ordered(named, rng)
    before = rng.choice(_BEFORE) if rng.random() < BEFORE else ""
    after = rng.choice(_AFTER) if rng.random() < AFTER else ""
    text = slip(before + text + after, p, rng)
    if rng.random() < TRADITIONAL:
        text = _traditional().convert(text)
    return Said(_full_width(text) if rng.random() < FULL_WIDTH else text, named)


def _named(address: Address, rng: Random) -> Address:
    """Return the parts that the caller names."""
    kept = replace(address, district=address.district if rng.random() < DISTRICT else "")
    if not address.community:
        return kept
    draw = rng.random()
    if draw < NO_COMMUNITY:
        kept = replace(kept, community="")
    elif draw < NO_COMMUNITY + NO_ROAD:
        kept = replace(kept, road="", number="")
    if rng.random() < NO_BUILDING:
        return replace(kept, building="", unit="")
    return replace(kept, unit="" if rng.random() < NO_UNIT else kept.unit)


def _ordered(named: Address, rng: Random) -> str:
    inside = _inside(named, rng)
    gate = _gate(named, inside if not named.community else "", rng)
    parts = [named.district, gate, named.community, inside]
    if rng.random() < OTHER_ORDER:
        parts = rng.choice(
            (
                [named.district, named.community, gate, _apart(gate, inside)],
                [gate, named.community, inside, named.district],
                [named.community, inside, f"({gate})" if gate else "", named.district],
            )
        )
    between = rng.choice((" ", "，", ",", "、")) if rng.random() < SPACED else ""
    return between.join(part for part in parts if part)


def _apart(gate: str, inside: str) -> str:
    """Return the inside so that no digit of it runs into the gate's."""
    return f" {inside}" if gate[-1:].isdigit() and inside[:1].isdigit() else inside


def _gate(named: Address, follows: str, rng: Random) -> str:
    """Return road and number, so that what follows can be told from the number."""
    if not named.road:
        return ""
    number = _number(named.number, rng)
    if rng.random() >= NO_SIGN:
        return f"{named.road}{number}号"
    runs_in = follows[:1].isalnum() and number[-1].isdigit() == follows[0].isdigit()
    if runs_in and not (follows[0].isdigit() and rng.random() < FUSED):
        return f"{named.road}{number}{rng.choice((' ', '-', '号'))}"
    return f"{named.road}{number}"


def _inside(named: Address, rng: Random) -> str:
    """Return building, unit, and sometimes a room nobody has on record."""
    if not named.building:
        return ""
    room = f"{rng.randint(1, 18)}0{rng.randint(1, 4)}" if rng.random() < ROOM else ""
    chinese = rng.random() < CHINESE_NUMBER
    building, unit = (
        chinese_number(part) if chinese and part.isdigit() else part
        for part in (named.building, named.unit)
    )
    if named.building.isalpha():
        words: tuple[str, ...] = ("座", "座", "栋")
        building = rng.choice((building, building.lower()))
    else:
        words = ("栋", "栋", "幢", "号楼", "座", "#楼", "楼")
    if named.unit and not chinese and rng.random() < 0.22:
        return "-".join(part for part in (building, unit, room) if part)
    said = building + rng.choice(words)
    if unit:
        said += unit + rng.choice(("单元", "单元", "单元", "门"))
    return said + (room + rng.choice(("", "室")) if room else "")


def _number(number: str, rng: Random) -> str:
    if rng.random() >= CHINESE_NUMBER:
        return number
    if len(number) > 2 and rng.random() < 0.5:
        return "".join(_DIGITS[int(digit)] for digit in number)
    return chinese_number(number)


def chinese_number(number: str) -> str:
    """Return 1 to 9999 as it is said: 12 十二, 103 一百零三, 110 一百一十."""
    said, zero = "", False
    for place, digit in zip(("千", "百", "十", "")[4 - len(number) :], number, strict=True):
        if digit == "0":
            zero = bool(said)
            continue
        said += ("零" if zero else "") + _DIGITS[int(digit)] + place
        zero = False
    return said.removeprefix("一") if said.startswith("一十") else said


def _full_width(text: str) -> str:
    """Return ASCII signs, letters and digits as the wide forms of a Chinese keyboard."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")
