"""What crews have said about an outage's isolation valves, and how each one stands by that.

Everything follows from the reports by the instant they speak of, so that it does not matter in
which order, how late or how often they arrive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.incidents import Outage
from domain.network import Position
from domain.reports import NEEDS_VALVE, Outcome, Report, ReportKind
from domain.words import WorkOrderKind
from operations.incidents.of_incident import orders_of
from operations.incidents.supply_steps import Change
from operations.reporting.said_before import happened_at
from storage import UnitOfWork

#: Reports settled in one incident; more than a dispatcher ever has.
_MOST_SETTLED = 10_000


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said about an isolation valve; ``opening`` if by a crew that does not isolate."""

    at: datetime
    received_at: datetime
    report: str
    isolation_valve: str
    kind: ReportKind
    opening: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How an isolation valve stands by all that was said of it.

    ``stuck`` if it could not be closed, ``jammed`` if it is closed and could not be opened.
    """

    position: Position
    stuck: bool = False
    jammed: bool = False


def turns_of(work: UnitOfWork, outage: Outage, new: Report | None = None) -> tuple[Turn, ...]:
    """Return what was said about the outage's isolation valves, by instant; ``new`` counts too.

    Crews of other outages that share some of them count: one valve stands one way for all.
    """
    orders = {one.id: one for name in _beside(work, outage) for one in orders_of(work, name)}
    said = {one.id: one for one in _effective(work, work.reports.of_orders(list(orders)))}
    if new is not None:
        said[new.id] = new
    turns = [
        Turn(
            happened_at(one, orders[one.work_order]),
            one.received_at,
            one.id,
            one.isolation_valve or "",
            one.kind,
            orders[one.work_order].kind is not WorkOrderKind.ISOLATE,
        )
        for one in said.values()
        if one.kind in NEEDS_VALVE
        and one.isolation_valve in outage.numbered
        and one.work_order in orders
    ]
    return tuple(sorted(turns, key=lambda one: (one.at, one.received_at, one.report)))


def _beside(work: UnitOfWork, outage: Outage) -> list[str]:
    """Return the outage's incident and those of outages that shared a valve while it was there."""
    opened = work.incidents.get(outage.incident).opened_at
    mine = set(outage.numbered)
    others = (*work.outages.active(), *work.outages.restored_since(opened))
    sharing = {one.incident for one in others if not mine.isdisjoint(one.numbered)}
    return sorted({outage.incident, *sharing})


def _effective(work: UnitOfWork, reports: Collection[Report]) -> Iterator[Report]:
    """Yield the reports that took effect, at once or when a dispatcher took them over."""
    settled = [one.id for one in reports if one.outcome is Outcome.SETTLED]
    events = work.events.about(settled, _MOST_SETTLED) if settled else ()
    taken = {
        one.subject
        for one in events
        if one.kind == "conflict.settled" and one.payload.get("choice") == "take_report"
    }
    yield from (one for one in reports if one.outcome is Outcome.APPLIED or one.id in taken)


def replayed(turns: Iterable[Turn], start: Position) -> tuple[tuple[Change, ...], Standing]:
    """Return the changes of one isolation valve and how it stands after the last of its turns.

    "It will not close", said after "closed", takes that back. Said by a crew that opens, of a
    valve that is closed, it means that it will not open.
    """
    changes: list[Change] = []
    standing = Standing(start)
    for turn in turns:
        if turn.kind is ReportKind.VALVE_STUCK:
            standing = _stuck(turn, changes, start)
            continue
        closed = turn.kind is ReportKind.VALVE_CLOSED
        position = Position.CLOSED if closed else Position.OPEN
        if position is not standing.position:
            changes.append(Change(turn.at, turn.isolation_valve, position))
        standing = Standing(position)
    return tuple(changes), standing


def _stuck(turn: Turn, changes: list[Change], start: Position) -> Standing:
    position = changes[-1].position if changes else start
    if turn.opening and position is Position.CLOSED:
        return Standing(position, jammed=True)
    if changes and position is Position.CLOSED:
        changes.pop()
    return Standing(changes[-1].position if changes else start, stuck=True)
