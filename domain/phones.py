"""Phone numbers in one writing, and which of them are a caller's own.

Source: China's numbering plan (电信网编号计划): mobiles have 11 digits and begin with 1; area codes
begin with 0; subscribers' lines have 7 or 8 digits and begin with 2 to 8; what else begins with 1
or 9, and what begins with 400 or 800, is a service. Numbers abroad: E.164, at most 15 digits.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

#: Longer texts are no numbers. Source: mainbreak default; two numbers with extensions fit.
_LONGEST = 200

_LABEL = re.compile(r"(?:tel|phone|电话|手机)(?:号码?)?[.:]?\s*")
_EXTENSION = re.compile(r"\s*(?:转|分机号?|extension|ext\.?|#|(?<=\d)\s*x)\s*\d{1,6}\s*$")
_DASHED_EXTENSION = re.compile(r"((?<!\d)(?:0\d{2,3}[- ])?\d{7,8})-\d{1,4}$")
_BETWEEN = re.compile(r"[;,/、|\n]+")
_FILLING = re.compile(r"[\s\-.·()_‐‑‒–—―−\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_CHINA = re.compile(r"^(?:\+|00)86|^86(?=(?:1\d{10}|0?[1-9]\d{8,10})$)")
_ABROAD = re.compile(r"(?:\+|00)(?=[1-9])")

#: A mobile, or a line with its area code, as most systems write it: read without further ado.
_USUAL = re.compile(
    r"(?:(0(?:10|2[0-9]|[3-9][0-9]{2}))-?)?([2-8][0-9]{6,7})|(1[1-9][0-9]{9})", re.ASCII
)

_MOBILE = re.compile(r"0?(1[1-9]\d{9})")
_WITH_AREA = re.compile(r"(0(?:10|2\d|[3-9]\d{2}))([2-8]\d{6,7}|1\d{2,5}|9[56]\d{1,6})")
_SERVICE = re.compile(r"1\d*|9\d{2,7}|95\d{8,9}|[48]00\d{7}")
_INSIDE = re.compile(
    r"(?<![0-9a-z.])(?<![0-9][- ])"
    r"(?:(?:(?:\+|00)?86[- ]?)?1[1-9]\d(?:[- .]?\d{4}){2}"
    r"|(?:(?:\+|00)86[- ]?\(?0?\d{2,3}\)?[- ]?|\(?0\d{2,3}\)?[- ]?)?[2-8]\d{2,3}[- ]?\d{4})"
    r"(?![0-9a-z]|[-.][0-9])"
)

#: Full-width digits and signs, one for one, so that places in a text stay the same.
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class Number(NamedTuple):
    """A phone number: its area code, empty for a mobile or where none was said, and the rest."""

    area: str
    line: str

    def __str__(self) -> str:
        """Return it in one writing, as it is dialled from anywhere in China."""
        return self.area + self.line


class Within(NamedTuple):
    """A number inside a sentence, and where it stands, from start to stop."""

    number: str
    start: int
    stop: int


def numbers_of(field: str) -> tuple[Number, ...]:
    """Return the numbers a field for phones holds, services too; nothing for words.

    >>> numbers_of("+86 138-0013-5521；(027)85550004转8"), numbers_of("138oo135521")
    ((Number(area='', line='13800135521'), Number(area='027', line='85550004')), ())
    """
    if usual := _USUAL.fullmatch(field):
        return (Number(usual[1] or "", usual[2] or usual[3]),)
    plain = unicodedata.normalize("NFKC", field[:_LONGEST]).casefold()
    found = (_number(part) for part in _BETWEEN.split(plain))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def number_of(field: str) -> str:
    """Return the first number of a field in one writing, empty if it holds none.

    >>> number_of("0086 27 8555 0004"), number_of("12345"), number_of("+49 6221 58 1234")
    ('02785550004', '12345', '+496221581234')
    """
    return next((str(one) for one in numbers_of(field)), "")


def is_callers_own(phone: str) -> bool:
    """Return True if a field holds a number that one household answers, by its digits.

    False for hotlines and services (12345, 110, 027-96510, 400 numbers), dummies such as
    00000000, and what is no number. A property manager's line looks like any other: only who
    knows the premises can tell (``gis.locating.identifiers``).
    """
    return bool(own_number(phone))


def own_number(phone: str) -> str:
    """Return the first number of a field that is a caller's own, in one writing, or nothing.

    >>> own_number("+86 138 0013 5521"), own_number("12345"), own_number("027-12345")
    ('13800135521', '', '')
    """
    return next((str(one) for one in numbers_of(phone) if is_own(one)), "")


def own_line(phone: str) -> str:
    """Return a caller's own number without its area code: who calls twice may say it once.

    >>> own_line("027-85550004") == own_line("8555 0004"), own_line("96510")
    (True, '')
    """
    return next((one.line for one in numbers_of(phone) if is_own(one)), "")


def is_own(number: Number) -> bool:
    """Return True if a number can be one household's."""
    line = number.line
    if len(line) < 7 or line.count(line[0]) == len(line):
        return False
    is_mobile = line[0] == "1" and len(line) == 11 and line[1] != "0"
    return is_mobile or line[0] in "2356+" or not _SERVICE.fullmatch(line)


def own_within(text: str) -> tuple[Within, ...]:
    """Return the callers' own numbers inside a sentence, as they stand from left to right.

    >>> own_within("没水，打我13800135521，别打12345")
    (Within(number='13800135521', start=5, stop=16),)
    """
    found = (
        Within(own_number(one[0]), one.start(), one.end())
        for one in _INSIDE.finditer(text.translate(_NARROW).lower())
    )
    return tuple(one for one in found if one.number)


def _number(part: str) -> Number | None:
    words = _EXTENSION.sub("", _LABEL.sub("", part.strip(), count=1))
    digits = _FILLING.sub("", _DASHED_EXTENSION.sub(r"\1", words))
    if not re.fullmatch(r"\+?[0-9]{3,17}", digits):
        return None
    home = _CHINA.sub("", digits, count=1)
    if mobile := _MOBILE.fullmatch(home):
        return Number("", mobile[1])
    if home == digits and (there := _ABROAD.match(digits)):
        return Number("", f"+{digits[there.end() :]}")
    trunk = "" if home == digits else "0"
    if line := _WITH_AREA.fullmatch(home) or _WITH_AREA.fullmatch(trunk + home):
        return Number(line[1], line[2])
    return Number("", home)
