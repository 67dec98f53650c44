"""What the latest time of an ETR rests on: how long repairs like this one take."""

from __future__ import annotations

from domain.durations import DurationEstimate
from domain.incidents import Etr, EtrSource
from domain.states import WorkOrderState
from domain.words import WorkOrderKind
from operations.incidents.of_incident import orders_of
from storage import UnitOfWork


def etr_basis(work: UnitOfWork, etr: Etr, incident: str) -> DurationEstimate | None:
    """Return the estimate of the incident's repair, None for a time that no plan reckoned."""
    if etr.source is not EtrSource.PLAN or etr.latest is None:
        return None
    repairs = (
        one.estimate
        for one in orders_of(work, incident)
        if one.kind is WorkOrderKind.REPAIR and one.state is not WorkOrderState.CANCELLED
    )
    return next((one for one in repairs if one is not None), None)
