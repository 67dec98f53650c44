"""A planned shut-off as people's programs read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.planned import Assessment, Overlap
from operations.showing.isolation_document import isolation_document


def shutoff_document(found: Assessment, language: str) -> dict[str, Any]:
    """Return a planned shut-off as ``planned ... --json`` shows it."""
    one = found.shutoff
    return {
        "id": one.id,
        "state": one.state.value,
        "title": one.title,
        "pipes": list(one.pipes),
        "starts_at": one.starts_at.isoformat(),
        "ends_at": one.ends_at.isoformat(),
        "notice_h": one.notice_h,
        "tell_by": one.tell_by.isoformat(),
        "announced_at": _text(one.announced_at),
        "began_at": _text(one.began_at),
        "restored_at": _text(one.restored_at),
        "premises": list(found.premises),
        "premises_count": len(found.premises),
        "critical_premises": list(found.critical_premises),
        "only_combined_premises": list(found.only_combined_premises),
        "hydrants_out": list(one.isolation.hydrants_out),
        "overlaps": [_overlap(each) for each in found.overlaps],
        "repeats": [{"premises": r.premises, "others": list(r.others)} for r in found.repeats],
        "warnings": [each.in_language(language) for each in found.warnings],
        "isolation": isolation_document(one.isolation, language),
    }


def _overlap(one: Overlap) -> dict[str, Any]:
    return {
        "other": one.other,
        "kind": one.kind.value,
        "starts_at": one.period.starts_at.isoformat(),
        "ends_at": _text(one.period.ends_at),
        "pipes": list(one.pipes),
        "premises": list(one.premises),
        "isolation_valves": list(one.isolation_valves),
        "contested": list(one.contested),
        "only_combined_premises": list(one.only_combined_premises),
    }


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
