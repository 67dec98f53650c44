"""What crews report and where they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, func, insert, select, update

from domain.errors import UnknownId
from domain.reports import CrewFix, Outcome, Report
from domain.sentences import Sentence
from storage import tables
from storage.event_log import EventLog
from storage.repositories.lives import chunks
from storage.rows import Rows

_REPORT_FIELDS = tuple(tables.report.c.keys())


def _report(*cells: Any) -> Report:
    *before, zh, en = cells
    fields = (*before, None if zh is None else Sentence(zh, en))
    return Report(*fields)


def _report_cells(one: Report) -> tuple[Any, ...]:
    said = (one.reason, one.isolation_valve, one.position, one.outcome)
    why = (None, None) if one.conflict is None else (one.conflict.zh, one.conflict.en)
    head = (one.id, one.crew, one.work_order, one.kind, one.device_time, one.received_at)
    return (*head, *said, *why)


_REPORTS = Rows(tables.report, _report, fields=_REPORT_FIELDS, take=_report_cells)
_FIXES = Rows(tables.crew_fix, CrewFix)


class ReportRepository:
    """Every report ever received, whatever became of it."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        self._connection, self._events = connection, events

    def add(self, report: Report) -> None:
        """Store a new report; appends ``report.applied`` or ``report.conflict``."""
        self._connection.execute(insert(tables.report), _REPORTS.dump([report]))
        self._tell(report)

    def settle(self, report_id: str) -> Report:
        """Mark a conflict as settled; appends ``report.settled``."""
        table = tables.report
        query = update(table).where(table.c.id == report_id)
        self._connection.execute(query, {"outcome": Outcome.SETTLED})
        settled = self.get(report_id)
        self._tell(settled)
        return settled

    def get(self, report_id: str) -> Report:
        """Return the report.

        Raises
        ------
        UnknownId
            If there is none.
        """
        found = self.find(report_id)
        if found is None:
            raise UnknownId("report", report_id, "Check the id")
        return found

    def find(self, report_id: str) -> Report | None:
        """Return the report, None if it is new."""
        return next(iter(self._where(tables.report.c.id == report_id)), None)

    def of_crew(self, crew: str) -> tuple[Report, ...]:
        """Return a crew's reports in the order of their device times."""
        return self._where(tables.report.c.crew == crew)

    def of_orders(self, work_orders: Sequence[str]) -> tuple[Report, ...]:
        """Return the reports about these work orders in the order of their device times."""
        column = tables.report.c.work_order
        found = [one for some in chunks(work_orders) for one in self._where(column.in_(some))]
        return tuple(sorted(found, key=_happened))

    def conflicts(self) -> tuple[Report, ...]:
        """Return the reports that contradict and wait for a dispatcher."""
        return self._where(tables.report.c.outcome == Outcome.CONFLICT)

    def all(self) -> tuple[Report, ...]:
        """Return every report in the order of the device times."""
        return self._where(tables.report.c.id.is_not(None))

    def _where(self, condition: ColumnElement[bool]) -> tuple[Report, ...]:
        rows = self._connection.execute(_REPORTS.select().where(condition)).all()
        return tuple(sorted(_REPORTS.load(rows), key=_happened))

    def _tell(self, report: Report) -> None:
        payload: dict[str, object] = {
            "crew": report.crew,
            "work_order": report.work_order,
            "kind": report.kind.value,
        }
        if report.isolation_valve is not None:
            payload["isolation_valve"] = report.isolation_valve
        self._events.append(f"report.{report.outcome.value}", report.id, payload)


def _happened(one: Report) -> tuple[datetime, datetime, str]:
    return one.device_time, one.received_at, one.id


class FixRepository:
    """Where crews are, and the way they came."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        self._connection, self._events = connection, events

    def save(self, fixes: Sequence[CrewFix]) -> int:
        """Store the fixes whose id is new and return how many; one ``crew.moved`` a crew."""
        known: set[str] = set()
        for some in chunks([one.id for one in fixes]):
            query = select(tables.crew_fix.c.id).where(tables.crew_fix.c.id.in_(some))
            known.update(self._connection.scalars(query))
        new = list({one.id: one for one in fixes if one.id not in known}.values())
        if new:
            self._connection.execute(insert(tables.crew_fix), _FIXES.dump(new))
        for crew in sorted({one.crew for one in new}):
            self._events.append("crew.moved", crew, {})
        return len(new)

    def latest(self) -> dict[str, CrewFix]:
        """Return each crew's fix of the latest device time; quick however many fixes there are."""
        table, inner = tables.crew_fix, tables.crew_fix.alias()
        crews = _crews_with_fixes()
        newest = (
            select(inner.c.id)
            .where(inner.c.crew == crews.c.crew)
            .order_by(inner.c.device_time.desc(), inner.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        some = select(newest).select_from(crews).where(crews.c.crew.is_not(None))
        query = _FIXES.select().where(table.c.id.in_(some))
        found = _FIXES.load(self._connection.execute(query).all())
        return {one.crew: one for one in found}

    def trail(
        self, crew: str, since: datetime, until: datetime | None = None
    ) -> tuple[CrewFix, ...]:
        """Return a crew's fixes between two instants, both included, oldest first by device time.

        Without ``until`` all since the first one.
        """
        table = tables.crew_fix
        mine = (table.c.crew == crew) & (table.c.device_time >= since)
        if until is not None:
            mine &= table.c.device_time <= until
        found = _FIXES.load(self._connection.execute(_FIXES.select().where(mine)).all())
        return tuple(sorted(found, key=lambda one: (one.device_time, one.id)))


def _crews_with_fixes() -> CTE:
    """Return every crew that has a fix: from one to the next in the index, never through all rows.

    The last row is null.
    """
    table = tables.crew_fix
    crews = select(func.min(table.c.crew).label("crew")).cte("crews", recursive=True)
    after = select(func.min(table.c.crew)).where(table.c.crew > crews.c.crew).scalar_subquery()
    return crews.union_all(select(after).where(crews.c.crew.is_not(None)))
