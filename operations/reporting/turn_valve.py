"""What a report about an isolation valve does to the network and to every outage that wants it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.incidents import Outage, WorkOrder
from domain.network import IsolationValve, Operability, Position
from domain.reports import Report, ReportKind
from domain.states import OutageState
from operations.ground import Ground
from operations.incidents.live_isolation import opened_to_feed, present_network
from operations.incidents.of_incident import latest_outage_of, shut_by_others
from operations.incidents.supply_steps import Change, follow_steps, reckon_steps
from operations.isolate_incident import with_proposal
from operations.reporting.apply_report import take_effect
from operations.reporting.said_before import happened_at
from operations.reporting.valve_turns import Standing, replayed, turns_of
from storage import UnitOfWork


def turn_valve(work: UnitOfWork, ground: Ground, report: Report, order: WorkOrder) -> None:
    """Store how the isolation valve now stands, and who is without water, valve by valve.

    How it stands follows from all that was said of it, by the instants the reports speak of.
    """
    valve = present_network(work, ground).isolation_valve_by_id[report.isolation_valve or ""]
    outage = latest_outage_of(work, order.incident)
    if outage is None or _is_no_news(work, report, valve, outage):
        return
    start = _start(valve, (outage, *work.outages.active()))
    standing = _told(work, report, valve, _numbered(outage, valve.id), start)
    if standing is not None:
        _set(work, valve, standing)
    if report.kind is ReportKind.VALVE_CLOSED and start is Position.OPEN:
        take_effect(work, order.incident, happened_at(report, order))
    before = _wanting(work, valve.id, outage)
    for was in before:
        now = _numbered(was, valve.id)
        if standing is not None:
            now = _with_valve(now, valve.id, standing, start)
        _reckon(work, ground, now, report, start)
    for was in before:
        _follow(work, ground, was)


def _is_no_news(work: UnitOfWork, report: Report, valve: IsolationValve, outage: Outage) -> bool:
    """Return True for what was so before: shut before the day, open all along, shut by others."""
    if report.kind is ReportKind.VALVE_STUCK:
        return valve.id in shut_by_others(work, outage.incident)
    as_it_is = valve.is_open is (report.kind is ReportKind.VALVE_OPENED)
    return as_it_is and valve.id not in outage.numbered


def _start(valve: IsolationValve, known: Sequence[Outage]) -> Position:
    """Return how an isolation valve stood before these outages, the first one's own word first."""
    if valve.id in opened_to_feed(known[0]):
        return Position.CLOSED
    turned = any(
        valve.id in one.closed or valve.id in (step.isolation_valve for step in one.steps)
        for one in known
    )
    return Position.OPEN if turned else valve.position


def _told(
    work: UnitOfWork, report: Report, valve: IsolationValve, outage: Outage, start: Position
) -> Standing | None:
    """Return how the isolation valve stands by this report, None if it changes nothing.

    An earlier word that a later one has overtaken changes nothing, nor does it undo what a
    dispatcher decided since.
    """
    turns = [one for one in turns_of(work, outage, report) if one.isolation_valve == valve.id]
    _, standing = replayed(turns, start)
    if turns[-1].report == report.id:
        return standing
    _, without = replayed([one for one in turns if one.report != report.id], start)
    return standing if standing != without else None


def _set(work: UnitOfWork, valve: IsolationValve, standing: Standing) -> None:
    """Store how the isolation valve stands."""
    able = not standing.stuck and not standing.jammed
    operability = Operability.OPERABLE if able else Operability.INOPERABLE
    turned = replace(valve, position=standing.position, operability=operability)
    if turned != valve:
        work.network.set_isolation_valve(turned)


def _with_valve(outage: Outage, valve: str, standing: Standing, start: Position) -> Outage:
    """Return an outage that knows it: closed for it, stuck, or neither."""
    shut = standing.position is Position.CLOSED and start is Position.OPEN
    return replace(
        outage,
        closed=_with(outage.closed, valve) if shut else _without(outage.closed, valve),
        stuck=_with(outage.stuck, valve) if standing.stuck else _without(outage.stuck, valve),
    )


def _follow(work: UnitOfWork, ground: Ground, was: Outage) -> None:
    """See what to shut instead if another valve is stuck now; let the state follow the steps."""
    now = work.outages.get(was.id)
    if was.stuck != now.stuck and now.state is not OutageState.RESTORED:
        with_proposal(work, ground, now)
    follow_steps(work, ground, was.incident)


def _wanting(work: UnitOfWork, valve: str, own: Outage) -> list[Outage]:
    """Return the outage the report is for, and the other ones that want the same valve shut."""
    others = [one for one in work.outages.active() if one.id != own.id and valve in one.numbered]
    return [work.outages.get(own.id), *others]


def _reckon(
    work: UnitOfWork, ground: Ground, outage: Outage, report: Report, start: Position
) -> None:
    """Store the outage with the steps that follow from what was said."""
    turns = turns_of(work, outage, report)
    held = present_network(work, ground).isolation_valve_by_id
    known = (outage, *work.outages.active())
    changes: list[Change] = []
    for name in dict.fromkeys(one.isolation_valve for one in turns if one.isolation_valve in held):
        mine = [one for one in turns if one.isolation_valve == name]
        own = name == report.isolation_valve  # its position before is not in the network any more
        changes += replayed(mine, start if own else _start(held[name], known))[0]
    reckon_steps(work, ground, outage, changes)


def _numbered(outage: Outage, valve: str) -> Outage:
    """Return the outage with the valve in its closing order; it takes the next number if new."""
    return replace(outage, numbered=_with(outage.numbered, valve))


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)
