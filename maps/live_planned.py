"""Planned shut-offs of the console: when, who, whom they meet, by when to tell."""

from __future__ import annotations

from typing import Any

from domain.planned import Assessment, Overlap
from maps.day_rows import DayRows, Row
from maps.encode import place, sentence
from maps.live_ground import LiveGround
from maps.outage_data import pipe_rows
from maps.picture import LivePicture


def live_planned(picture: LivePicture, ground: LiveGround, rows: DayRows) -> list[Row]:
    """Return one row a planned shut-off, the earliest first; instants in seconds of the day."""
    return [_row(one, ground, rows) for one in picture.planned]


def _row(found: Assessment, ground: LiveGround, rows: DayRows) -> Row:
    one, clock = found.shutoff, rows.clock
    isolation = one.isolation
    dry = (*isolation.segment_pipes, *isolation.unintended_pipes)
    return {
        "id": one.id,
        "state": one.state.value,
        "title": rows.mask(one.title),
        "names": list(one.pipes),
        "burst": pipe_rows(one.pipes, ground.pipes),
        "pipes": pipe_rows(dry, ground.pipes),
        "close": list(isolation.close),
        "hydrants": len(isolation.hydrants_out),
        "out": len(found.premises),
        "more": len(found.only_combined_premises),
        "critical": _critical(found, ground),
        "starts": clock(one.starts_at),
        "ends": clock(one.ends_at),
        "tellBy": clock(one.tell_by),
        "noticeH": one.notice_h,
        "overlaps": [_overlap(each) for each in found.overlaps],
        "warnings": [sentence(each) for each in found.warnings],
    }


def _critical(found: Assessment, ground: LiveGround) -> list[list[Any]]:
    known = ground.network.premises_by_id
    marked = [known[name] for name in found.critical_premises if name in known]
    return [[*place(one.location), one.kind.value] for one in marked]


def _overlap(one: Overlap) -> Row:
    more, both = len(one.only_combined_premises), len(one.premises)
    return {"other": one.other, "kind": one.kind.value, "more": more, "both": both}
