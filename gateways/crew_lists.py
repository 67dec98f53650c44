"""Cells of crews.csv that list several things: skills with levels, breaks, what a van carries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from itertools import pairwise

from domain.crews import Break, Shift
from domain.rejection import RejectReason
from domain.words import Skill
from gateways.cells import listed, plain, shown, unknown_word
from gateways.table import Cells, RowFault

#: Levels a skill is held at. Source: mainbreak default.
_HIGHEST = 9

#: Minutes that a break lasts at the most, and pieces of one part. Source: mainbreak defaults.
_LONGEST, _MOST_PIECES = 480, 9999

_CLOCK = r"(\d{1,2}):(\d{2})(?::(\d{2}))?"
_BREAK = re.compile(rf"{_CLOCK}\s*[-–~至]\s*{_CLOCK}\s*/\s*(\d+(?:\.\d+)?)", re.ASCII)

_PIECES = re.compile(r"(.*\S.*)[:：]([^:：]*)", re.DOTALL)

Levels = tuple[tuple[Skill, int], ...]


def skills_and_levels(cells: Cells) -> tuple[frozenset[Skill], Levels]:
    """Return the skills, and those held at more than level 1, by name: ``pipe:2;valve``."""
    words = [one.partition(":") for one in listed(plain(cells["skills"]))]
    known = [skill.value for skill in Skill]
    names = [name.strip() for name, _, _ in words]
    unknown = [one for one in names if one not in known]
    if unknown or not words:
        given = ";".join(unknown) or cells["skills"]
        raise unknown_word(given, "skills", known, RejectReason.UNKNOWN_SKILL)
    levels = {Skill(name): 1 for name in names}
    for name, (_, mark, level) in zip(names, words, strict=True):
        if mark:
            levels[Skill(name)] = _count("skills", f"{name}:{level}", level, _HIGHEST)
    above = sorted((skill, level) for skill, level in levels.items() if level > 1)
    return frozenset(levels), tuple(above)


def breaks(cells: Cells, shift: Shift, zone: tzinfo) -> tuple[Break, ...]:
    """Return the breaks, earliest and latest beginning and minutes: ``12:00-13:00/30``.

    The times of day are in ``zone`` and lie in the shift; on the next day where the shift began
    later in the day.
    """
    found = [_break(one, shift, zone) for one in listed(plain(cells["breaks"]))]
    found.sort(key=lambda one: one.earliest)
    for one in found:
        if one.earliest >= shift.end:
            raise _bad_break(cells, "A break begins after the shift has ended")
    for one, other in pairwise(found):
        if other.earliest < one.latest + timedelta(seconds=one.duration_s):
            raise _bad_break(cells, "Two breaks overlap")
    return tuple(found)


def _bad_break(cells: Cells, said: str) -> RowFault:
    return RowFault("breaks", RejectReason.BAD_SHIFT, f"{said}: {shown(cells['breaks'])}.")


def _break(text: str, shift: Shift, zone: tzinfo) -> Break:
    match = _BREAK.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        *clock, minutes = match.groups()
        h1, m1, s1, h2, m2, s2 = (int(part or 0) for part in clock)
        times = time(h1, m1, s1), time(h2, m2, s2)
        if not 0 < float(minutes) <= _LONGEST:
            raise ValueError
    except ValueError:
        raise RowFault(
            "breaks",
            RejectReason.BAD_TIME,
            f"{shown(text)} is no break. Write it like 12:00-13:00/30: it begins between the two "
            f"and lasts up to {_LONGEST} minutes.",
        ) from None
    earliest = _next(times[0], shift.start, zone)
    return Break(earliest, _next(times[1], earliest, zone), round(60 * float(minutes)))


def _next(clock: time, since: datetime, zone: tzinfo) -> datetime:
    """Return the first instant at this time of day that is not before another one, in UTC."""
    local = since.astimezone(zone)
    same_day = datetime.combine(local.date(), clock, zone)
    if same_day < local:
        same_day = datetime.combine(local.date() + timedelta(days=1), clock, zone)
    return same_day.astimezone(UTC)


def stock(cells: Cells) -> tuple[tuple[str, int], ...]:
    """Return what the van carries, part and pieces: ``sleeve DN100:4;clamp:2``."""
    found = []
    for text in listed(cells["stock"]):
        match = _PIECES.fullmatch(text)
        if match is None:
            raise RowFault(
                "stock",
                RejectReason.BAD_NUMBER,
                f"{shown(text)} has no pieces. Write a part, a colon and how many.",
            )
        part, pieces = match.groups()
        found.append((part.strip(), _count("stock", text, plain(pieces), _MOST_PIECES)))
    twice = [part for part, times in Counter(part for part, _ in found).items() if times > 1]
    if twice:
        raise RowFault("stock", RejectReason.BAD_WORD, f"{shown(twice[0])} stands twice.")
    return tuple(found)


def _count(field: str, text: str, number: str, most: int) -> int:
    given = number.strip()
    if not re.fullmatch(r"\d{1,6}", given, re.ASCII) or not 1 <= int(given) <= most:
        raise RowFault(
            field,
            RejectReason.BAD_NUMBER,
            f"{shown(text)}: behind the colon stands no whole number from 1 to {most}.",
        )
    return int(given)


def skills_cell(skills: Iterable[Skill], levels: Levels) -> str:
    """Return the cell that ``skills_and_levels`` reads."""
    above = dict(levels)
    words = sorted(skill.value for skill in skills)
    return ";".join(f"{one}:{above[Skill(one)]}" if Skill(one) in above else one for one in words)


def breaks_cell(some: Iterable[Break], start: datetime) -> str:
    """Return the cell that ``breaks`` reads in the zone of ``start``, the shift's as written."""
    offset = start.utcoffset()
    zone = timezone(offset) if offset else UTC
    return ";".join(
        f"{_clock(one.earliest, zone)}-{_clock(one.latest, zone)}/{one.duration_s / 60:.10g}"
        for one in some
    )


def _clock(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def stock_cell(some: Iterable[tuple[str, int]]) -> str:
    """Return the cell that ``stock`` reads."""
    return ";".join(f"{part}:{pieces}" for part, pieces in some)
