"""Plans: each saved one is kept, the latest is the one that counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from domain.plans import Blocked, Plan, Rival, Route, Unassigned, Visit
from domain.sentences import Sentence
from storage import tables
from storage.event_log import EventLog
from storage.rows import Rows

_PLAN_FIELDS = ("now", "seed", "cost", "greedy_cost", "violations", "engine", "changes")
#: Fields of a visit that lie in their columns as they are, behind its state.
VISIT_EXTRAS = ("depot", "pickup_s", "interrupts", "rivals")

_VISIT_FIELDS = (
    "crew",
    "work_order",
    "depart",
    "eta",
    "start",
    "end",
    "travel_s",
    "travel_m",
    "reason_zh",
    "reason_en",
    "state",
    *VISIT_EXTRAS,
)


def _visit(*cells: Any) -> Visit:
    told, (zh, en, *rest) = cells[:-7], cells[-7:]
    fields = (*told, Sentence(zh, en), *rest)
    return Visit(*fields)


def _visit_cells(one: Visit) -> tuple[Any, ...]:
    times = (one.depart, one.eta, one.start, one.end, one.travel_s, one.travel_m)
    extras = tuple(getattr(one, name) for name in VISIT_EXTRAS)
    return (one.crew, one.work_order, *times, one.reason.zh, one.reason.en, one.state, *extras)


def _unassigned(
    work_order: str, reason: Blocked, zh: str, en: str, crews: tuple[Rival, ...]
) -> Unassigned:
    return Unassigned(work_order, reason, Sentence(zh, en), crews)


def _unassigned_cells(one: Unassigned) -> tuple[Any, ...]:
    return one.work_order, one.reason, one.detail.zh, one.detail.en, one.crews


def _route(crew: str, breaks: tuple[tuple[datetime, datetime], ...], back: datetime) -> Route:
    return Route(crew, (), breaks, back)


_ROUTES = Rows(
    tables.plan_route,
    _route,
    fields=("crew", "breaks", "back"),
    take=lambda one: (one.crew, one.breaks, one.back),
)
_VISITS = Rows(tables.plan_visit, _visit, fields=_VISIT_FIELDS, take=_visit_cells)
_UNASSIGNED = Rows(
    tables.plan_unassigned,
    _unassigned,
    fields=("work_order", "reason", "detail_zh", "detail_en", "crews"),
    take=_unassigned_cells,
)


def _bare(*cells: Any) -> Plan:
    return Plan(routes=(), unassigned=(), **dict(zip(_PLAN_FIELDS, cells, strict=True)))


class PlanRepository:
    """Saves whole plans and hands back the latest."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        self._connection, self._events = connection, events

    def save(self, plan: Plan) -> int:
        """Store the plan and return its number; appends ``plan.made``."""
        header = {name: getattr(plan, name) for name in _PLAN_FIELDS}
        query = insert(tables.plan).returning(tables.plan.c.id)
        number = int(self._connection.execute(query, header).scalar_one())
        visits = [visit for route in plan.routes for visit in route.visits]
        _ROUTES.insert_in_order(self._connection, plan.routes, plan=number)
        _VISITS.insert_in_order(self._connection, visits, plan=number)
        _UNASSIGNED.insert_in_order(self._connection, plan.unassigned, plan=number)
        counts: dict[str, object] = {"visits": len(visits), "unassigned": len(plan.unassigned)}
        self._events.append("plan.made", str(number), counts | {"engine": plan.engine})
        return number

    def latest_number(self) -> int:
        """Return the number of the plan saved last, 0 if there is none."""
        return self._connection.scalar(select(func.max(tables.plan.c.id))) or 0

    def made_at(self) -> datetime | None:
        """Return the instant of the plan saved last, None if there is none; cheap."""
        columns = tables.plan.c
        return self._connection.scalar(select(columns.now).order_by(columns.id.desc()).limit(1))

    def latest(self) -> Plan | None:
        """Return the plan saved last, None if there is none."""
        return self.version(self.latest_number())

    def version(self, number: int) -> Plan | None:
        """Return the plan of this number, None if there is none."""
        columns = tables.plan.c
        query = select(columns.id, *(columns[name] for name in _PLAN_FIELDS))
        header = self._connection.execute(query.where(columns.id == number)).first()
        return None if header is None else self._filled(*header)

    def versions(self, before: int | None, limit: int) -> tuple[tuple[int, Plan], ...]:
        """Return up to ``limit`` (number, plan without its visits), newest first.

        With ``before`` only those with a smaller number.
        """
        columns = tables.plan.c
        query = select(columns.id, *(columns[name] for name in _PLAN_FIELDS))
        if before is not None:
            query = query.where(columns.id < before)
        rows = self._connection.execute(query.order_by(columns.id.desc()).limit(limit))
        return tuple((number, _bare(*cells)) for number, *cells in rows)

    def _filled(self, number: int, *cells: Any) -> Plan:
        visits = _VISITS.load_in_order(self._connection, plan=number)
        routes = _ROUTES.load_in_order(self._connection, plan=number)
        return Plan(
            routes=tuple(
                replace(route, visits=tuple(one for one in visits if one.crew == route.crew))
                for route in routes
            ),
            unassigned=_UNASSIGNED.load_in_order(self._connection, plan=number),
            **dict(zip(_PLAN_FIELDS, cells, strict=True)),
        )
