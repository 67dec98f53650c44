"""From a caller's words to a symptom and an urgency: a short, readable word list.

It decides only where the channel said nothing; a dispatcher can always correct it.
"""

from __future__ import annotations

import re
import unicodedata

from domain.words import Priority, Symptom
from domain.work import DEFAULT_PRIORITY

#: The first line with a word in the text wins: what was broken by a digger, then a main that
#: burst, then the thing that is named (a hydrant or a meter that "burst" is no main), then
#: the rest by urgency. 施工 alone comes last, for works are mentioned in many calls.
#: Source: words of callers in utility hotline scripts; mainbreak default.
SYMPTOM_WORDS: tuple[tuple[Symptom, str], ...] = (
    (Symptom.CONSTRUCTION_DAMAGE, "挖断 挖破 挖坏 挖漏 挖爆 挖到水管 打断 钻破 铲断 压断 压破"),
    (Symptom.CONSTRUCTION_DAMAGE, "excavator digger dug drilled"),
    (Symptom.BURST, "爆管 管爆 主管爆 管子爆 管道爆 管道破裂"),
    (Symptom.HYDRANT_DAMAGED, "消火栓 消防栓 hydrant"),
    (Symptom.LEAK_AT_METER, "水表 表井 water-meter meter-box"),
    (Symptom.BURST, "爆 喷 冲出 冲开 冲得 冲了 水冲 往上冲 burst gush spray geyser"),
    (Symptom.MANHOLE, "井盖 窨井 manhole"),
    (Symptom.NO_WATER, "没水 没有水 停水 断水 无水 水没了 不来水 没来水 no-water without-water"),
    (Symptom.NO_WATER, "water-is-off water-off dry-tap"),
    (Symptom.LEAK_ON_ROAD, "漏 冒水 渗 淌水 积水 往外流 leak seep"),
    (
        Symptom.LOW_PRESSURE,
        "水压 没水压 无水压 压力 水小 水很小 水太小 水特别小 水流小 上不来水 冲不 pressure trickle",
    ),
    (Symptom.WATER_QUALITY, "发黄 黄水 红水 黑水 发黑 发白 浑 浊 味 铁锈 异物"),
    (Symptom.WATER_QUALITY, "brown yellow cloudy dirty smell taste rust discolour discolor"),
    (Symptom.CONSTRUCTION_DAMAGE, "施工 挖掘机 construction"),
)

#: Words that only look like one of the above: 漏电 is no leak of water.
_NO_SYMPTOM = "漏电 停水通知"

#: Danger to life makes any ticket P1. Source: design of the priorities, P1 danger.
DANGER_WORDS = "塌陷 塌方 坍塌 地陷 陷坑 漏电 触电 被困 被淹 sinkhole collapse electric trapped"

#: Places that cannot wait raise a ticket by one step. Source: mainbreak default.
CRITICAL_WORDS = "医院 透析 急诊 手术 hospital dialysis"


def _words(text: str) -> list[str]:
    """Return the words of a list; a hyphen stands for a space inside a word."""
    return [word.replace("-", " ") for word in text.split()]


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Return what finds any of the words, the longest first; Latin words from their start."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(rf"\b{one}" if one.isascii() else one for one in ordered))


_RANK: dict[str, int] = {
    word: rank for rank, (_, line) in enumerate(SYMPTOM_WORDS) for word in _words(line)
}
_ANY_SYMPTOM = _pattern([*_RANK, *_words(_NO_SYMPTOM)])
_DANGER = _pattern(_words(DANGER_WORDS))
_CRITICAL = _pattern(_words(CRITICAL_WORDS))


def _plain(text: str) -> str:
    """Return the text in lower case, full-width letters made half-width."""
    return unicodedata.normalize("NFKC", text).lower()


def symptom_of(text: str) -> Symptom:
    """Return what a caller's words are about, ``OTHER`` if no word is known.

    Of words that overlap the longest counts, so 没水压 is low pressure and not 没水.

    >>> symptom_of("路口水管爆了,水喷得老高").value
    'burst'
    >>> symptom_of("家里没水压").value
    'low_pressure'
    """
    found = _ANY_SYMPTOM.findall(_plain(text))
    ranks = [_RANK[word] for word in found if word in _RANK]
    return SYMPTOM_WORDS[min(ranks)][0] if ranks else Symptom.OTHER


def priority_of(symptom: Symptom, text: str) -> Priority:
    """Return the default priority of the symptom, raised by words of danger in the text.

    >>> priority_of(Symptom.LEAK_ON_ROAD, "路面塌陷").name
    'P1'
    """
    plain, default = _plain(text), DEFAULT_PRIORITY[symptom]
    if _DANGER.search(plain):
        return Priority.P1
    if _CRITICAL.search(plain):
        return Priority(max(Priority.P1, default - 1))
    return default
