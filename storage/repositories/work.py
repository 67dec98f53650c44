"""Incidents, outages and work orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.incidents import Etr, Incident, Outage, SupplyStep, Suspect, WorkOrder
from domain.isolation import Isolation, TankFed
from domain.network import Position
from domain.planned import PlannedShutoff
from domain.plans import Visit
from domain.sentences import Sentence
from domain.states import ENDED, IncidentState, OutageState, VisitState, WorkOrderState
from domain.visits import TrackedVisit
from storage import tables
from storage.event_log import EventLog, Happening
from storage.repositories.lives import LifeRepository, Telling, V, chunks
from storage.repositories.plans import VISIT_EXTRAS
from storage.rows import Rows, fields_of


def _work_order(*cells: Any) -> WorkOrder:
    told = dict(zip(_ORDER_FIELDS, cells, strict=True))
    opens, closes = told.pop("window_opens"), told.pop("window_closes")
    return WorkOrder(**told, window=None if opens is None else (opens, closes))


def _work_order_cells(one: WorkOrder) -> tuple[Any, ...]:
    opens, closes = one.window or (None, None)
    window = {"window_opens": opens, "window_closes": closes}
    return tuple(window[n] if n in window else getattr(one, n) for n in _ORDER_FIELDS)


_ORDER_FIELDS = tuple(tables.work_order.c.keys())
WORK_ORDERS = Rows(tables.work_order, _work_order, fields=_ORDER_FIELDS, take=_work_order_cells)

_OUTAGE_FIELDS = tuple(tables.outage.c.keys())
_VISIT_FIELDS = tuple(tables.visit.c.keys())


def _incident(*cells: Any) -> Incident:
    told = dict(zip(fields_of(Incident), cells, strict=True))
    stored = told["suspects"] or ()
    return Incident(**told | {"suspects": tuple(Suspect(*one) for one in stored)})


def _incident_cells(one: Incident) -> tuple[Any, ...]:
    suspects = [[each.pipe, each.probability] for each in one.suspects]
    told = {name: getattr(one, name) for name in fields_of(Incident)}
    return tuple((told | {"suspects": suspects}).values())


INCIDENTS = Rows(tables.incident, _incident, fields=fields_of(Incident), take=_incident_cells)


def isolation_of(stored: dict[str, Any]) -> Isolation:
    """Return the isolation that ``asdict`` made this of; fields stored before it had them lack."""
    lists = {name: tuple(one) for name, one in stored.items() if isinstance(one, list)}
    lists["warnings"] = tuple(Sentence(**one) for one in stored["warnings"])
    tank_fed = [(tuple(one["tanks"]), one) for one in stored.get("tank_fed", ())]
    lists["tank_fed"] = tuple(
        TankFed(tanks, one["premises_count"], one["hours"]) for tanks, one in tank_fed
    )
    return Isolation(**(stored | lists))


def _step(stored: dict[str, Any]) -> SupplyStep:
    words = {"at": datetime.fromisoformat(stored["at"]), "position": Position(stored["position"])}
    return SupplyStep(**(stored | words))


def _step_cell(one: SupplyStep) -> dict[str, Any]:
    return asdict(one) | {"at": one.at.isoformat(), "position": one.position.value}


def _outage(*cells: Any) -> Outage:
    id_, incident, state, isolation, began_at, restored_at, *rest = cells
    etr_at, source, said_at, latest, *valves, proposal, steps = rest
    etr = None if etr_at is None else Etr(etr_at, source, said_at, latest)
    plan_b = None if proposal is None else isolation_of(proposal)
    told = tuple(_step(one) for one in steps or ())
    fields = (isolation_of(isolation), began_at, restored_at, etr, *valves, plan_b, told)
    return Outage(id_, incident, state, *fields)


def _outage_cells(one: Outage) -> tuple[Any, ...]:
    etr = astuple(one.etr) if one.etr else (None,) * 4
    proposal = None if one.proposal is None else asdict(one.proposal)
    times = (one.began_at, one.restored_at)
    valves = (one.numbered, one.closed, one.stuck)
    steps = [_step_cell(step) for step in one.steps]
    begun = (one.id, one.incident, one.state, asdict(one.isolation), *times, *etr)
    return (*begun, *valves, proposal, steps)


def _shutoff(*cells: Any) -> PlannedShutoff:
    id_, state, title, pipes, isolation, *times = cells
    return PlannedShutoff(id_, state, title, pipes, isolation_of(isolation), *times)


def _shutoff_cells(one: PlannedShutoff) -> tuple[Any, ...]:
    planned = (one.id, one.state, one.title, one.pipes, asdict(one.isolation))
    window = (one.starts_at, one.ends_at, one.notice_h, one.created_at)
    return (*planned, *window, one.announced_at, one.began_at, one.restored_at)


def _visit(*cells: Any) -> TrackedVisit:
    id_, *planned, zh, en, state, pinned, on_site_at, ended_at, said = cells[:-4]
    fields = (*planned, Sentence(zh, en), state, *cells[-4:])
    return TrackedVisit(id_, Visit(*fields), pinned, on_site_at, ended_at, said)


def _visit_cells(one: TrackedVisit) -> tuple[Any, ...]:
    plan = one.planned
    times = (plan.depart, plan.eta, plan.start, plan.end, plan.travel_s, plan.travel_m)
    said = (plan.reason.zh, plan.reason.en, plan.state)
    own = (one.pinned, one.on_site_at, one.ended_at, one.said)
    extras = tuple(getattr(plan, name) for name in VISIT_EXTRAS)
    return (one.id, plan.crew, plan.work_order, *times, *said, *own, *extras)


OUTAGES = Rows(tables.outage, _outage, fields=_OUTAGE_FIELDS, take=_outage_cells)
SHUTOFFS = Rows(
    tables.planned_shutoff,
    _shutoff,
    fields=tuple(tables.planned_shutoff.c.keys()),
    take=_shutoff_cells,
)
_VISITS = Rows(tables.visit, _visit, fields=_VISIT_FIELDS, take=_visit_cells)


def _about_incident(one: Incident) -> dict[str, object]:
    """Return where a merged one's tickets went, and which."""
    if one.state is not IncidentState.MERGED:
        return {}
    return {"into": one.merged_into, "tickets": list(one.tickets)}


def _about_order(one: WorkOrder) -> dict[str, object]:
    return {"incident": one.incident, "kind": one.kind.value}


def _about_visit(one: TrackedVisit) -> dict[str, object]:
    return {"crew": one.crew, "work_order": one.work_order}


INCIDENT: Telling[Incident] = Telling(
    "incident", "opened", IncidentState, order="opened_at", about=_about_incident
)
_OUTAGE: Telling[Outage] = Telling(
    "outage", "opened", OutageState, about=lambda one: {"incident": one.incident}
)
_SHUTOFF: Telling[PlannedShutoff] = Telling(
    "planned_shutoff", "drafted", OutageState, order="starts_at"
)
_WORK_ORDER: Telling[WorkOrder] = Telling(
    "work_order", "issued", WorkOrderState, order="released_at", about=_about_order
)
_VISIT: Telling[TrackedVisit] = Telling("visit", "assigned", VisitState, about=_about_visit)


class OfIncidents(LifeRepository[V]):
    """Values that each belong to an incident."""

    def of_incidents(self, incidents: Sequence[str]) -> tuple[V, ...]:
        """Return all that belongs to these incidents, what has ended too."""
        column = self._rows.table.c.incident
        found = [one for some in chunks(incidents) for one in self._where(column.in_(some))]
        return self._sorted(found)


class OutageRepository(OfIncidents[Outage]):
    """Outages."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        super().__init__(connection, events, OUTAGES, _OUTAGE)

    def restored_since(self, instant: datetime) -> tuple[Outage, ...]:
        """Return the outages that ended with water at this instant or later."""
        return self._sorted(self._where(tables.outage.c.restored_at >= instant))


class ShutoffRepository(LifeRepository[PlannedShutoff]):
    """Planned shut-offs."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        super().__init__(connection, events, SHUTOFFS, _SHUTOFF)

    def since(self, instant: datetime) -> tuple[PlannedShutoff, ...]:
        """Return the shut-offs that are not over, or ended with water at this instant or later."""
        column = tables.planned_shutoff.c
        going = column.state.not_in(ENDED[OutageState])
        return self._sorted(self._where(going | (column.restored_at >= instant)))


class WorkOrderRepository(OfIncidents[WorkOrder]):
    """Work orders."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        super().__init__(connection, events, WORK_ORDERS, _WORK_ORDER)


class VisitRepository(LifeRepository[TrackedVisit]):
    """The visits of the running day. New times alone are no event: ``plan.made`` told them."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        super().__init__(connection, events, _VISITS, _VISIT)

    def of_orders(self, work_orders: Sequence[str]) -> tuple[TrackedVisit, ...]:
        """Return every visit for these work orders, ended ones too."""
        column = tables.visit.c.work_order
        found = [one for some in chunks(work_orders) for one in self._where(column.in_(some))]
        return self._sorted(found)

    def since(self, instant: datetime) -> tuple[TrackedVisit, ...]:
        """Return the visits that go on or ended after an instant; not those taken away."""
        column = tables.visit.c
        over = column.ended_at.is_(None) | (column.ended_at > instant)
        return self._sorted(self._where(over & (column.state != VisitState.CANCELLED)))

    def _change(self, before: TrackedVisit, after: TrackedVisit) -> Happening | None:
        retimed = replace(after, planned=before.planned)
        if before.state == after.state and before.crew == after.crew and retimed == before:
            return None
        return super()._change(before, after)
