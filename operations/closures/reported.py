"""A crew says that a road cannot be passed: the street there is closed the moment it arrives."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import routing
from domain.closures import Closure, ClosureReason, ClosureShape
from domain.errors import BadInput
from domain.places import LonLat
from domain.reports import Report
from domain.sentences import Sentence
from operations.closures.numbering import new_closure_id
from operations.closures.reported_by import by_crew
from operations.closures.touched import named
from operations.ground import Ground
from operations.reporting import report_conflicts as why
from storage import UnitOfWork

#: A reported closure ends by itself after so long, unless a dispatcher decides otherwise.
#: Source: mainbreak default.
STANDS = timedelta(hours=4)

#: No report is believed to be older, whatever the phone's clock says. Source: mainbreak default,
#: a shift.
OLDEST = timedelta(hours=12)

#: Where it is for these reasons nobody should drive in, not even to the work inside.
_NO_ENTRY = frozenset({ClosureReason.FLOOD, ClosureReason.COLLAPSE})


def closure_of(ground: Ground, report: Report, now: datetime) -> Closure | Sentence:
    """Return what the report closes from ``now`` on, not numbered yet; why nothing if it cannot."""
    if report.position is None:
        return why.no_place()
    if ground.streets is None:
        return why.no_streets()
    try:
        places = routing.stretch_at(ground.streets, report.position)
        return named(ground.streets, _closure(report, places, now))
    except BadInput:
        return why.no_street_there()


def close_reported(work: UnitOfWork, closure: Closure, report: Report) -> Closure:
    """Return the stored closure; one that closes the same street already stands longer instead."""
    same = next((one for one in work.closures.standing() if _is_same(one, closure)), None)
    if same is None:
        new = replace(closure, id=new_closure_id(work), incident=_incident(work, report))
        work.closures.add(new)
        return new
    if same.until is None or (closure.until is not None and same.until >= closure.until):
        return same
    longer = replace(same, until=closure.until)
    work.closures.replace(longer, "closure.reported")
    return longer


def opened_since(work: UnitOfWork, closure: Closure) -> bool:
    """Return True if somebody opened the same street after the crew had stood there."""
    return any(one.places == closure.places for one in work.closures.lifted_since(closure.since))


def reason_of(said: str) -> tuple[ClosureReason, str]:
    """Return why a road cannot be passed and the words beside it.

    The first word of a report's reason may be a ``ClosureReason``.

    >>> reason_of("flood knee-deep")
    (<ClosureReason.FLOOD: 'flood'>, 'knee-deep')
    >>> reason_of("bus on its side")
    (<ClosureReason.OTHER: 'other'>, 'bus on its side')
    """
    first, _, rest = said.strip().partition(" ")
    if first in tuple(ClosureReason):
        return ClosureReason(first), rest.strip()
    return ClosureReason.OTHER, said.strip()


def _closure(report: Report, places: tuple[LonLat, ...], now: datetime) -> Closure:
    reason, note = reason_of(report.reason)
    return Closure(
        id="",
        shape=ClosureShape.STREET,
        places=places,
        since=_seen_at(report),
        until=now + STANDS,
        reason=reason,
        made_by=by_crew(report.crew),
        made_at=now,
        entry=reason not in _NO_ENTRY,
        note=note,
    )


def _seen_at(report: Report) -> datetime:
    """Return when the crew stood there: by the phone's clock, within reason."""
    return min(max(report.device_time, report.received_at - OLDEST), report.received_at)


def _is_same(one: Closure, new: Closure) -> bool:
    """Return True if it closes the same street now, to no fewer drives than the new one would."""
    covers = one.in_force(new.made_at) and one.factor == 0.0 and one.entry <= new.entry
    return covers and one.places == new.places


def _incident(work: UnitOfWork, report: Report) -> str | None:
    order = work.work_orders.find(report.work_order) if report.work_order else None
    return None if order is None else order.incident
