"""Positions: each fix once, on shift only; one that cannot be used says so and stops no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from mobile_api.bodies import MOST_ITEMS
from tests.mobile_api.field import SHUT, Field
from tests.web import small_town

PATH = "/api/mobile/positions"


def fix(number: int, **more: Any) -> dict[str, Any]:
    """Return a fix as a phone sends it, one a second."""
    at = small_town.SHIFT.start + timedelta(minutes=20, seconds=number)
    head = {"id": str(UUID(int=number)), "device_time": at.isoformat()}
    return head | {"lon": 113.9 + number / 1e6, "lat": 30.3, "accuracy_m": 8.0} | more


def send(field: Field, *items: Any) -> dict[str, Any]:
    """Send fixes and return the answer."""
    answer = field.phone.post(PATH, json={"items": list(items)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_same_fixes_three_times_are_stored_once(field: Field) -> None:
    """A lost answer costs nothing, and no second event."""
    fixes = [fix(n, heading_deg=90) for n in range(1, 21)]
    assert send(field, *fixes) == {"stored": 20, "refused": []}
    events = field.last_event()
    assert send(field, *fixes, *fixes)["stored"] == 0
    assert field.last_event() == events


def test_the_drive_begins_where_the_crew_is(field: Field) -> None:
    """The way to the next visit starts at the last fix."""
    send(field, fix(1), fix(2, lon=113.9041, lat=30.3043))
    assert field.visits()[SHUT]["route"][0] == pytest.approx([113.9041, 30.3043], abs=1e-3)


def test_a_bad_fix_is_named_and_the_others_are_stored(field: Field) -> None:
    """A fix from the future is bad too: it would hide where the crew is until then."""
    future = fix(2, device_time="2026-11-23T00:40:00+00:00")
    told = send(field, fix(1), fix(2, lon=200), fix(3), future, "here")
    assert told["stored"] == 2
    refused = [(one["index"], one["field"]) for one in told["refused"]]
    assert refused == [(1, "lon"), (3, "device_time"), (4, "")]
    assert all(one["detail"]["en"] for one in told["refused"])


def test_nobody_is_followed_off_shift(field: Field) -> None:
    """A fix from before the shift is not stored."""
    early = small_town.SHIFT.start - timedelta(minutes=1)
    assert send(field, fix(1, device_time=early.isoformat()))["stored"] == 0


def test_too_many_at_once_are_refused_whole(field: Field) -> None:
    """The sentence says how many are taken."""
    answer = field.phone.post(PATH, json={"items": [fix(n) for n in range(MOST_ITEMS + 1)]})
    assert answer.status_code == 422
    assert str(MOST_ITEMS) in answer.json()["detail"]
