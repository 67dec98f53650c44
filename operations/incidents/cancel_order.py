"""Take a work order back, and whoever was sent for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.incidents import WorkOrder
from domain.states import VisitState, WorkOrderState
from operations.incidents.moving import moved, visit_moved
from operations.incidents.of_incident import live_visit_of
from storage import UnitOfWork


def cancel_order(work: UnitOfWork, order: WorkOrder, now: datetime) -> WorkOrder:
    """Return the work order cancelled, and end its visit the same way."""
    visit = live_visit_of(work, order.id)
    if visit is not None:
        visit_moved(work.visits, replace(visit, ended_at=now), VisitState.CANCELLED)
    return moved(work.work_orders, order, WorkOrderState.CANCELLED)
