"""How urgent a report is, and why: the symptom's default, raised by what the caller says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.caller_words import plain, said
from domain.sentences import Sentence
from domain.words import Priority, Symptom
from domain.work import DEFAULT_PRIORITY


@dataclass(frozen=True, slots=True)
class _Raise:
    """Words that make a report more urgent, and how to say so; ``{}`` is the word."""

    words: re.Pattern[str]
    reason: Sentence
    to_p1: bool = False


#: Danger to people makes any report P1. Source: design of the priorities, P1 danger.
_DANGER = _Raise(
    re.compile(
        "(?<!井盖)塌陷|(?:路面|地面|马路|路)塌|塌方|坍塌|地陷|陷坑|路面下陷|漏电|触电|电死|被困|困在|"
        r"有人受伤|掉下去|掉进|溺|\b(?:sinkhole|collaps\w*|caved? in|giving way|electrocut\w*|"
        r"live (?:wire|cable)|electric(?:al|ity)? (?:box|cable|pole|wir|panel|cabinet|shock|"
        r"substation|socket|equipment|line)|(?:into|near|on|onto) the electric|trapped|injured)\w*"
    ),
    Sentence("来电说到“{}”：可能有人身危险", 'The caller says "{}": danger to people'),
    to_p1=True,
)

#: How high water is thrown.
_HIGH = (
    "[喷冲柱][^,。;!?]{0,6}?[一二三四五六七八九十两几\\d.]+多?(?:米|层楼|楼)多?高?"
    "|[喷冲]得?(?:老|很|好|特别)高"
)

#: Much water or many people raise a report by one step. Source: mainbreak default.
_SEVERE = _Raise(
    re.compile(
        f"冲垮|冲塌|冲毁|淹|{_HIGH}|顶起来|结冰|大面积|"
        "(?:车库|地下室|商铺|店里|家里|屋里|电梯|配电房)(?:都|全)?进水|"
        "(?:整个|全)小区|整栋|整幢|整条街|整条路|半条街|全村|整个村|"
        r"\b(?:flood\w*|(?:feet|foot|met(?:er|re)s|ft|m) (?:high|into the air)|washed away|icy|"
        r"(?:whole|entire) (?:building|street|block|estate|village|neighbou?rhood))"
    ),
    Sentence("来电说到“{}”：影响大，提高一级", 'The caller says "{}": serious, one step up'),
)

#: Who cannot wait for water raises a report by one step. Source: mainbreak default.
_CRITICAL = _Raise(
    re.compile(
        "医院(?!路|街|巷|站|宿舍|家属)|透析|急诊|手术|养老院|敬老院|福利院|"
        r"\b(?:hospital|dialysis|nursing home|care home)(?! (?:road|street|avenue|lane))"
    ),
    Sentence(
        "来电说到“{}”：不能缺水，提高一级",
        'The caller says "{}": cannot be without water, one step up',
    ),
)

#: A hospital that only says where somebody is; at its gate counts, ambulances pass there.
_LANDMARK = re.compile(
    "医院的?(?:旁边?|附近|对面|斜对面|隔壁|后面|背后|边上|前面|往?[东南西北]|左边|右边)"
    r"|(?:挨着|靠近|临近|离)\w{0,6}医院"
    r"|\b(?:near|opposite|next to|beside|behind|across from|past|close to) (?:the |a )?"
    r"(?:\w+ )?hospital"
)


def urgency_of(symptom: Symptom, text: str) -> tuple[Priority, tuple[Sentence, ...]]:
    """Return how urgent a report is, and a sentence for each reason to raise it.

    Words never make it less urgent. A hospital beside which something happened is a landmark, no
    customer without water.

    >>> urgency_of(Symptom.LEAK_ON_ROAD, "路面塌陷")[0].name
    'P1'
    """
    words = plain(text)
    customers = _LANDMARK.sub("", words)
    raised = {
        one: word
        for one, about in ((_DANGER, words), (_SEVERE, words), (_CRITICAL, customers))
        if (word := said(one.words, about))
    }
    steps = sum(1 for one in raised if not one.to_p1)
    priority = max(Priority.P1, DEFAULT_PRIORITY[symptom] - steps)
    if any(one.to_p1 for one in raised):
        priority = Priority.P1
    return Priority(priority), tuple(_filled(one.reason, word) for one, word in raised.items())


def priority_of(symptom: Symptom, text: str) -> Priority:
    """Return the default priority of the symptom, raised by words of danger in the text.

    >>> priority_of(Symptom.LEAK_ON_ROAD, "路面塌陷").name
    'P1'
    """
    return urgency_of(symptom, text)[0]


def _filled(reason: Sentence, word: str) -> Sentence:
    return Sentence(reason.zh.format(word), reason.en.format(word))
