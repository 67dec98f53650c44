"""The words around a number that say whose it is: 户号, 水表, 阀门, 栋."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

#: Numbers of one text that are looked up, and words that are joined to one number.
#: Source: mainbreak default; the longest id seen has three.
MOST_NUMBERS, MOST_JOINED = 100, 3

#: Signs before and behind a number that are searched for a word. Source: mainbreak default.
REACH = 16

#: What part of the network is meant, by the caller's word.
PARTS = {
    "hydrant": r"消火栓|消防栓|hydrants?",
    "valve": r"阀门井?|闸阀|蝶阀|(?:isolation |gate )?valves?",
    "link": r"管道|管段|管线|pipes?",
    "node": r"节点|nodes?|junctions?",
}
_WORDS = {
    "account": r"户号|用户号|客户号|户名号|账户|账号|帐号|缴费号|accounts?|acct",
    "meter": r"水表|表号|表身号|表码|meters?",
    "phone": r"电话|手机|联系方式|phone|tel|mobile",
    **PARTS,
}
_GLUE = r"(?:编号|号码|号|no\.?|number|id|是|为|[\s:：#=(（-])*"


def _any_of(words: dict[str, str]) -> str:
    return "(?:" + "|".join(f"(?P<{kind}>{some})" for kind, some in words.items()) + ")"


_BEFORE = re.compile(f"{_any_of(_WORDS)}{_GLUE}$", re.IGNORECASE)
_BEGIN = re.compile(f"{_any_of(_WORDS)}{_GLUE}", re.IGNORECASE)
_BEHIND = re.compile(rf"\s*号?的?\s*{_any_of(PARTS)}", re.IGNORECASE)
_END = re.compile(rf"\s*号?的?\s*{_any_of(PARTS)}$", re.IGNORECASE)

_SAID = re.compile(r"[0-9a-z]+(?:[-_./#][0-9a-z]+)*", re.IGNORECASE)

#: What stands behind the number of something else: a building, a door, a size, a count, a time.
_ELSE = re.compile(
    r"\s*(?:号楼|[栋幢座室楼区期口层门户路街弄米个处只台根条次天月日时点分]|单元|公里|毫米|小时|mm"
    r"|[省国县乡]道|高速|航站|停车|[连分]?店)"
)

Span = tuple[int, int]


def numbers_said(text: str) -> Iterator[list[Span]]:
    """Yield for each number of a text its spans: with the words that may belong to it, and less.

    The longest first: ``V 118`` before ``V``.
    """
    spans = [one.span() for one in islice(_SAID.finditer(text), MOST_NUMBERS)]
    for row, (start, stop) in enumerate(spans):
        joined = [(start, stop)]
        for one, other in pairwise(spans[row : row + MOST_JOINED]):
            if text[one[1] : other[0]] != " ":
                break
            joined.append((start, other[1]))
        yield joined[::-1]


def word_at(text: str, span: Span) -> str | None:
    """Return what the word before or behind a number says it is, None if there is none."""
    start, stop = span
    before = _BEFORE.search(text[max(0, start - REACH) : start])
    if before is not None:
        return before.lastgroup
    behind = _BEHIND.match(text[stop : stop + REACH])
    return behind.lastgroup if behind else None


def is_of_something_else(text: str, stop: int) -> bool:
    """Return True if what stands behind a number makes it a building's, a size or a count."""
    return _ELSE.match(text, stop) is not None


def without_word(field: str) -> tuple[str | None, str]:
    """Return what a field's word says its number is, None if it has none, and the number.

    >>> without_word("户号：10007919"), without_word("118号阀门"), without_word("H-0123")
    (('account', '10007919'), ('valve', '118'), (None, 'H-0123'))
    """
    short = field.strip()[: 10 * REACH]
    if begin := _BEGIN.match(short):
        return begin.lastgroup, short[begin.end() :].removesuffix("号")
    if end := _END.search(short[-REACH:]):
        return end.lastgroup, short[: max(0, len(short) - REACH) + end.start()]
    return None, short
