"""Crews: when the first shift begins again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.crews import Crew, Shift, next_morning
from domain.places import LonLat
from domain.words import Skill

SIX = datetime(2026, 3, 2, 6, tzinfo=UTC)


def crew(name: str, start_h: float, end_h: float) -> Crew:
    """Return a crew on shift so many hours after six."""
    hours = [SIX + timedelta(hours=one) for one in (start_h, end_h)]
    return Crew(name, name, frozenset({Skill.PIPE}), 2, LonLat(0.0, 0.0), Shift(*hours))


def test_the_next_morning_is_the_first_shift_of_the_next_day() -> None:
    """Two shifts until ten at night: six again."""
    crews = [crew("A", 2, 16), crew("B", 0, 10)]
    assert next_morning(crews, SIX) == SIX + timedelta(days=1)


def test_the_day_crew_is_back_before_a_night_shift_ends() -> None:
    """A night shift from eight to eight: somebody new comes at six all the same."""
    assert next_morning([crew("A", 0, 10), crew("B", 14, 26)], SIX) == SIX + timedelta(days=1)


def test_old_shifts_come_again_after_now() -> None:
    """The list is three days old: the next six o'clock that is still to come."""
    now = SIX + timedelta(days=3, hours=1)
    assert next_morning([crew("A", 0, 10)], now) == SIX + timedelta(days=4)


def test_without_crews_there_is_no_morning() -> None:
    """Nobody works: nothing to count to."""
    assert next_morning([], SIX) is None
