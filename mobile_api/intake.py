"""From what a phone sent to what is stored: every report once, in order, none lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from domain.errors import BadInput, IllegalMove, NothingImported
from domain.places import LonLat
from domain.reports import CrewFix, Report
from domain.sentences import Sentence
from mobile_api.bodies import FixBody, ReportBody
from mobile_api.door import Caller, Door
from mobile_api.faults import Fault, fault_of, read
from operations.arriving.arrivals_seen import arrivals_seen, not_told_yet, tell_arrivals
from operations.record_report import record_fixes, record_report

#: How far a fix may lie in the future. Source: mainbreak default; a phone's clock set by network.
AHEAD = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it is stored now, and whether it was there before."""

    report: Report
    repeated: bool


def keep_report(door: Door, caller: Caller, body: ReportBody) -> Kept | Fault:
    """Store one report in a transaction of its own; a fault if its id is another crew's."""
    try:
        with door.writing(caller.login) as work:
            known = work.reports.find(str(body.id))
            if known is not None:
                return Kept(known, True) if known.crew == caller.crew else fault_of("id")
            report = _report(door, caller, body)
            return Kept(record_report(work, door.ground(work), report, door.clock()), False)
    except NothingImported:
        raise  # nothing is wrong with the report: the phone keeps it and tries again
    except (BadInput, IllegalMove) as error:
        return Fault("", Sentence(str(error), str(error)))


def keep_batch(door: Door, caller: Caller, items: Sequence[Any]) -> list[Kept | Fault]:
    """Store the reports in the order given; each stands alone, a bad one stops no other."""
    kept: list[Kept | Fault] = []
    for raw in items:
        body = read(ReportBody, raw)
        kept.append(body if isinstance(body, Fault) else keep_report(door, caller, body))
    return kept


def keep_fixes(
    door: Door, caller: Caller, items: Sequence[Any]
) -> tuple[int, list[tuple[int, Fault]]]:
    """Store the usable fixes; return how many are new, and which could not be used."""
    latest = door.clock() + AHEAD
    read_items = [_read_fix(raw, latest) for raw in items]
    bad = [(row, one) for row, one in enumerate(read_items) if isinstance(one, Fault)]
    fixes = [_fix(door, caller, one) for one in read_items if not isinstance(one, Fault)]
    if not fixes:
        return 0, bad
    with door.writing(caller.login) as work:
        stored = record_fixes(work, fixes)
    if stored:
        _tell_arrival(door, caller)
    return stored, bad


def _tell_arrival(door: Door, caller: Caller) -> None:
    """Let the office know if the fixes show the crew at its work; they are stored already."""
    try:
        with door.reading() as work:
            seen = arrivals_seen(work, door.ground(work), door.clock(), {caller.crew})
            news = not_told_yet(work, seen.values())
    except NothingImported:
        return  # without a network nobody has work to arrive at
    if news:
        with door.writing(caller.login) as work:
            tell_arrivals(work, news)


def _read_fix(raw: Any, latest: datetime) -> FixBody | Fault:
    body = read(FixBody, raw)
    if isinstance(body, FixBody) and body.device_time > latest:
        return fault_of("device_time")  # it would hide where the crew really is until then
    return body


def _report(door: Door, caller: Caller, body: ReportBody) -> Report:
    at = None if body.lon is None or body.lat is None else LonLat(body.lon, body.lat)
    return Report(
        id=str(body.id),
        crew=caller.crew,
        work_order=body.work_order,
        kind=body.kind,
        device_time=body.device_time,
        received_at=door.clock(),
        reason=body.reason.strip(),
        isolation_valve=body.isolation_valve,
        position=at,
    )


def _fix(door: Door, caller: Caller, body: FixBody) -> CrewFix:
    return CrewFix(
        id=str(body.id),
        crew=caller.crew,
        device_time=body.device_time,
        received_at=door.clock(),
        position=LonLat(body.lon, body.lat),
        accuracy_m=body.accuracy_m,
        heading_deg=body.heading_deg,
    )
