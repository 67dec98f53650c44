"""What a report about an isolation valve does to the network and to every outage that wants it."""

from __future__ import annotations

from dataclasses import replace

from domain.incidents import Outage, WorkOrder
from domain.network import IsolationValve, Operability, Position
from domain.reports import Report, ReportKind
from operations.ground import Ground
from operations.incidents.live_isolation import present_network
from operations.incidents.of_incident import outage_of, shut_by_others
from operations.isolate_incident import with_proposal
from operations.reporting.apply_report import take_effect
from operations.reporting.said_before import happened_at, last_word_on_valve
from storage import UnitOfWork


def turn_valve(work: UnitOfWork, ground: Ground, report: Report, order: WorkOrder) -> None:
    """Store how the isolation valve now stands, unless a later report has told it already."""
    valve = present_network(work, ground).isolation_valve_by_id[report.isolation_valve or ""]
    outage = outage_of(work, order.incident)
    closed = report.kind is ReportKind.VALVE_CLOSED
    if outage is None:
        return
    if _was_told(work, report, order, outage):
        _may_begin_earlier(work, report, order, outage)
    elif closed and not valve.is_open and valve.id not in outage.numbered:
        # It was shut before the day began, and stays so when the outage ends.
        return
    elif closed:
        _close(work, ground, valve, outage)
        take_effect(work, order.incident, happened_at(report, order))
    elif valve.id not in shut_by_others(work, order.incident):
        _find_stuck(work, ground, valve, outage)


def _was_told(work: UnitOfWork, report: Report, order: WorkOrder, outage: Outage) -> bool:
    """Return True if it is known: said later already, or said the same and still so."""
    word = last_word_on_valve(work, report, order)
    if word is None:
        return False
    said_in = work.work_orders.get(word.work_order)
    if happened_at(word, said_in) > happened_at(report, order):
        return True
    closed = report.kind is ReportKind.VALVE_CLOSED
    return report.isolation_valve in (outage.closed if closed else outage.stuck)


def _may_begin_earlier(work: UnitOfWork, report: Report, order: WorkOrder, outage: Outage) -> None:
    if report.kind is ReportKind.VALVE_CLOSED and report.isolation_valve in outage.closed:
        take_effect(work, order.incident, happened_at(report, order))


def _close(work: UnitOfWork, ground: Ground, valve: IsolationValve, outage: Outage) -> None:
    """Close it in the network and in every outage that wants it shut."""
    work.network.set_isolation_valve(
        replace(valve, position=Position.CLOSED, operability=Operability.OPERABLE)
    )
    for one in _wanting(work, valve.id, outage):
        told = replace(
            _numbered(one, valve.id),
            closed=_with(one.closed, valve.id),
            stuck=_without(one.stuck, valve.id),
        )
        work.outages.save([told])
        if valve.id in one.stuck:
            with_proposal(work, ground, told)


def _find_stuck(work: UnitOfWork, ground: Ground, valve: IsolationValve, outage: Outage) -> None:
    """Mark it inoperable, open again if a report had it closed, and see what to shut instead."""
    position = Position.OPEN if valve.id in outage.closed else valve.position
    work.network.set_isolation_valve(
        replace(valve, position=position, operability=Operability.INOPERABLE)
    )
    wanting = [
        replace(
            _numbered(one, valve.id),
            closed=_without(one.closed, valve.id),
            stuck=_with(one.stuck, valve.id),
        )
        for one in _wanting(work, valve.id, outage)
    ]
    work.outages.save(wanting)
    for one in wanting:
        with_proposal(work, ground, one)


def _wanting(work: UnitOfWork, valve: str, own: Outage) -> list[Outage]:
    """Return the outage the report is for, and the other ones that want the same valve shut."""
    return [one for one in work.outages.active() if one.id == own.id or valve in one.numbered]


def _numbered(outage: Outage, valve: str) -> Outage:
    """Return the outage with the valve in its closing order; it takes the next number if new."""
    return replace(outage, numbered=_with(outage.numbered, valve))


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)
