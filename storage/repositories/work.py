"""Incidents, outages and work orders."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from domain.incidents import Incident, Outage, WorkOrder
from domain.isolation import Isolation
from domain.sentences import Sentence
from domain.states import OutageState
from storage import tables
from storage.rows import Rows


def _outage(id: str, incident: str, state: OutageState, isolation: dict[str, Any]) -> Outage:  # noqa: A002
    fields = {name: tuple(values) for name, values in isolation.items()}
    fields["warnings"] = tuple(Sentence(**one) for one in fields["warnings"])
    return Outage(id, incident, state, Isolation(**fields))


def _outage_cells(one: Outage) -> tuple[Any, ...]:
    return one.id, one.incident, one.state, asdict(one.isolation)


INCIDENTS = Rows(tables.incident, Incident)
OUTAGES = Rows(
    tables.outage, _outage, fields=("id", "incident", "state", "isolation"), take=_outage_cells
)
WORK_ORDERS = Rows(tables.work_order, WorkOrder)
