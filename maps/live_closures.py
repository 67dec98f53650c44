"""Closures of the console: which streets, why, since when until when, by whom."""

from __future__ import annotations

from typing import Any

from domain.closed_streets import ClosedStreets
from maps.day_rows import DayRows, Row
from maps.encode import places, thinned
from maps.picture import LivePicture

#: Streets of one closure that are drawn at the most; a larger one is drawn by its outline.
MOST_DRAWN = 600

#: Metres a drawn street may lie off its course: less than a pixel where it is told apart.
TOLERANCE_M = 1.0


def live_closures(picture: LivePicture, rows: DayRows) -> list[Row]:
    """Return one row a closure, the newest first; instants in seconds of the day.

    ``crew`` is who reported it, empty where a dispatcher made it; ``waits`` until somebody has
    looked at that.
    """
    newest = sorted(picture.closures, key=lambda one: one.closure.made_at, reverse=True)
    return [_row(one, picture, rows) for one in newest]


def _row(found: ClosedStreets, picture: LivePicture, rows: DayRows) -> Row:
    one, clock = found.closure, rows.clock
    crew = picture.reported.get(one.id, "")
    return {
        "id": one.id,
        "shape": one.shape.value,
        "places": places(one.places),
        "lines": _lines(found),
        "streets": found.streets,
        "metres": round(found.metres),
        "street": one.street,
        "reason": one.reason.value,
        "note": rows.mask(one.note),
        "since": clock(one.since),
        "until": None if one.until is None else clock(one.until),
        "factor": one.factor,
        "entry": one.entry,
        "incident": one.incident,
        "made": clock(one.made_at),
        "by": "" if crew else one.made_by,
        "crew": crew,
        "waits": one.id in picture.unconfirmed,
    }


def _lines(found: ClosedStreets) -> list[Any]:
    if found.streets > MOST_DRAWN:
        return []
    return [thinned(course, TOLERANCE_M) for course in found.courses]
