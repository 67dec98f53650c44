"""Crews of the made town: who can do what, from which depot, at which hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random

from data.pipes_network.fittings import ids
from data.pipes_network.names import numeral
from domain.crews import Crew, Shift
from domain.places import LonLat
from domain.words import Skill

_EARLY, _LATE, _NIGHT = (time(8), 8.5), (time(13), 8.5), (time(20), 8.0)

#: (skills, people, shift start and hours), repeated for as many crews as are wanted.
_PATTERN: tuple[tuple[tuple[Skill, ...], int, tuple[time, float]], ...] = (
    ((Skill.PIPE, Skill.LARGE_MAIN, Skill.VALVE), 5, _EARLY),
    ((Skill.METER, Skill.WATER_QUALITY, Skill.PIPE), 2, _EARLY),
    ((Skill.PIPE, Skill.VALVE, Skill.CIVIL), 3, _EARLY),
    ((Skill.PIPE, Skill.LARGE_MAIN, Skill.VALVE, Skill.CIVIL), 4, _LATE),
    ((Skill.METER, Skill.PIPE, Skill.LEAK_DETECTION), 2, _LATE),
    ((Skill.VALVE, Skill.WATER_QUALITY, Skill.LEAK_DETECTION), 2, _EARLY),
    ((Skill.PIPE, Skill.VALVE, Skill.LEAK_DETECTION), 3, _LATE),
    ((Skill.PIPE, Skill.CIVIL, Skill.TANKER), 3, _EARLY),
    ((Skill.PIPE, Skill.LARGE_MAIN, Skill.CIVIL), 4, _EARLY),
    ((Skill.METER, Skill.WATER_QUALITY, Skill.TANKER), 2, _LATE),
    ((Skill.PIPE, Skill.LARGE_MAIN, Skill.VALVE), 4, _LATE),
    ((Skill.PIPE, Skill.VALVE, Skill.METER), 3, _NIGHT),
)


def make_crews(
    source: Random, count: int, depots: Sequence[LonLat], day: date, zone: tzinfo
) -> tuple[Crew, ...]:
    """Return the crews, C01 first; every skill is held by at least one of them."""
    skills = [set(_PATTERN[n % len(_PATTERN)][0]) for n in range(count)]
    for number, skill in enumerate(_missing(skills)):
        skills[number % count].add(skill)
    return tuple(
        Crew(
            id=crew_id,
            name=f"{numeral(number + 1)}班" if number < 99 else f"{number + 1}班",
            skills=frozenset(skills[number]),
            size=_people(source, skills[number], _PATTERN[number % len(_PATTERN)][1]),
            position=depots[number % len(depots)],
            shift=_shift(_PATTERN[number % len(_PATTERN)][2], day, zone),
            vehicle=f"抢修{number + 1:02d}",
        )
        for number, crew_id in enumerate(ids("C", count, 2))
    )


def _missing(skills: Sequence[set[Skill]]) -> Iterator[Skill]:
    held = set().union(*skills)
    return (skill for skill in Skill if skill not in held)


def _people(source: Random, skills: set[Skill], usual: int) -> int:
    least = 4 if Skill.LARGE_MAIN in skills else 2
    return min(5, max(least, usual + source.choice((0, 0, 0, 1))))


def _shift(pattern: tuple[time, float], day: date, zone: tzinfo) -> Shift:
    start = datetime.combine(day, pattern[0], zone)
    return Shift(start, start + timedelta(hours=pattern[1]))
