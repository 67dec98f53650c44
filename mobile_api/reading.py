"""What the phone reads, each answer from one unit of work."""

from __future__ import annotations

import json
from hashlib import sha256

from domain.errors import UnknownId
from mobile_api.documents import (
    Document,
    closure_document,
    crew_document,
    report_document,
    stamp,
    visit_document,
)
from mobile_api.door import Caller, Door
from operations.showing.crew_day import crew_day, crew_of
from operations.showing.crew_ground import crew_ground
from operations.showing.crew_streets import crew_streets


def me_of(door: Door, caller: Caller) -> Document:
    """Return who the phone speaks for, its shift, and the server's clock.

    Raises
    ------
    UnknownId
        If the crew list does not hold the caller's crew; so does each of the functions below.
    """
    with door.reading() as work:
        crew = crew_of(work, caller.crew)
    now = door.clock()
    return {
        "login": caller.login,
        "crew": crew_document(crew),
        "shift": {"start": stamp(crew.shift.start), "end": stamp(crew.shift.end)},
        "on_shift": crew.shift.start <= now < crew.shift.end,
        "now": stamp(now),
        "speed": door.speed,
        "desk_phone": door.desk_phone or None,
    }


def day_of(door: Door, caller: Caller) -> Document:
    """Return the crew's visits, the closures near them, and the instant they were read at."""
    now = door.clock()
    with door.reading() as work:
        ground = door.ground(work)
        found = crew_day(work, ground, caller.crew, now)
    closures = crew_streets(ground, found, caller.crew, now)
    return {
        "items": [visit_document(one) for one in found],
        "next": None,
        "closures": [closure_document(one, caller.crew) for one in closures],
        "now": stamp(now),
        "speed": door.speed,
    }


def ground_of(door: Door, caller: Caller) -> tuple[bytes, str]:
    """Return the map around the crew's visits as JSON, and its ETag."""
    with door.reading() as work:
        ground = door.ground(work)
        visits = crew_day(work, ground, caller.crew, door.clock())
        tables = crew_ground(ground, visits, work.outages.active())
    content = json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode()
    return content, f'"{sha256(content).hexdigest()[:32]}"'


def reports_of(door: Door, caller: Caller, limit: int, after: str | None) -> Document:
    """Return the crew's reports, newest first, those behind ``after``.

    Raises
    ------
    UnknownId
        If ``after`` is no report of this crew.
    """
    with door.reading() as work:
        crew_of(work, caller.crew)
        found = work.reports.of_crew(caller.crew)[::-1]
    if after is not None:
        ids = [one.id for one in found]
        if after not in ids:
            raise UnknownId("report", after, "Begin again without after")
        found = found[ids.index(after) + 1 :]
    more = len(found) > limit
    items = [report_document(one) for one in found[:limit]]
    return {"items": items, "next": items[-1]["id"] if more else None}
