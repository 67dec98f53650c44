"""From the text of a cell to an instant or a time of day, as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo

from domain.rejection import RejectReason
from gateways.cells import plain, shown
from gateways.table import Cells, RowFault

#: Years a ticket or a shift can lie in; anything else is a slip. Source: mainbreak default.
YEARS = range(2000, 2101)

#: A time that is no ISO 8601 but has the year first, so that day and month cannot be mixed up:
#: 2026/11/23 8:05, 2026年11月23日 8时05分.
#: Source: date and time formats of Excel in zh-CN.
_YEAR_FIRST = re.compile(
    r"""(?P<year>\d{4})
        (?: (?P<mark>[-/.]) (?P<month>\d{1,2}) (?P=mark) (?P<day>\d{1,2}) [ T]
          | 年 (?P<month_cn>\d{1,2}) 月 (?P<day_cn>\d{1,2}) 日 ) \s*
        (?P<hour>\d{1,2})
        (?: : (?P<minute>\d{2}) (?: : (?P<second>\d{2}) (?P<fraction>\.\d{1,6})? )?
          | 时 (?P<minute_cn>\d{1,2}) 分 (?: (?P<second_cn>\d{1,2}) 秒 )? )
        (?P<offset>Z|[+-]\d{2}:?\d{2})?""",
    re.VERBOSE | re.ASCII,
)

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


def instant(cells: Cells, field: str, zone: tzinfo) -> datetime:
    """Return the cell, a date and time, in UTC; without an offset it is in ``zone``.

    ISO 8601, or another way to write it with the year first; see docs/csv.md.
    """
    text = plain(cells[field]).upper()
    if not text:
        raise RowFault(field, RejectReason.BAD_TIME, f"{field} is empty. Say when.")
    try:
        value = datetime.fromisoformat(_iso(text))
        aware = value.replace(tzinfo=zone) if value.tzinfo is None else value
        moment = aware.astimezone(UTC)
    except (ValueError, OverflowError):
        raise _bad_time(text, field) from None
    if moment.year not in YEARS or _is_only_a_date(text):
        raise _bad_time(text, field)
    return moment


def zone_of(cells: Cells, field: str, zone: tzinfo) -> tzinfo:
    """Return the offset that a time is written with, ``zone`` if it is written without one."""
    try:
        own = datetime.fromisoformat(_iso(plain(cells[field]).upper())).tzinfo
    except ValueError:
        return zone  # a time of day
    return own or zone


def time_of_day(cells: Cells, field: str) -> time | None:
    """Return the cell, H:MM or H:MM:SS, as a time of day; None if it is written otherwise."""
    text = plain(cells[field])
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    try:
        hour, minute, second = (int(part or 0) for part in found.groups())
        return time(hour, minute, second)
    except ValueError:
        raise RowFault(field, RejectReason.BAD_TIME, f"{shown(text)} is no time of day.") from None


def _iso(text: str) -> str:
    """Return a time with the year first as ISO 8601; any other text as it is."""
    found = _YEAR_FIRST.fullmatch(text)
    if not found:
        return text
    part = {name: value or "" for name, value in found.groupdict().items()}
    day = "-".join([part["year"], *(_two(part, name) for name in ("month", "day"))])
    clock = ":".join(_two(part, name) for name in ("hour", "minute", "second"))
    return f"{day}T{clock}{part['fraction']}{part['offset']}"


def _two(part: dict[str, str], name: str) -> str:
    """Return a part in two digits, 00 where it was left out."""
    return (part[name] or part.get(f"{name}_cn", "")).zfill(2)


def _is_only_a_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _bad_time(text: str, field: str) -> RowFault:
    return RowFault(
        field,
        RejectReason.BAD_TIME,
        f"{shown(text)} is no date and time. Write it like 2026-11-22T08:30+08:00.",
    )
