"""When somebody comes, for who waits for it."""

from __future__ import annotations

from datetime import datetime

from domain.eta import Eta, EtaSource
from domain.incidents import Incident
from domain.states import IncidentState, VisitState
from operations.arriving.arrival_times import arrival_times
from operations.ground import Ground
from operations.incidents.of_incident import orders_of
from storage import UnitOfWork

_THERE = frozenset({VisitState.ON_SITE, VisitState.PAUSED})


def crew_arrival(work: UnitOfWork, ground: Ground, incident: Incident, now: datetime) -> Eta | None:
    """Return when the next crew arrives, None if none is expected.

    While a crew is there, only one that is under way is told: when a later one sets out is for the
    plan to decide.
    """
    if incident.state is IncidentState.RESOLVED:
        return None
    orders = [one.id for one in orders_of(work, incident.id)]
    live = [one for one in work.visits.of_orders(orders) if one.is_live]
    if not live:
        return None
    etas = arrival_times(work, ground, now)
    expected = [etas[one.id] for one in live if one.id in etas]
    if any(one.state in _THERE for one in live):
        expected = [one for one in expected if one.source is not EtaSource.PLANNED]
    return min(expected, key=lambda one: (one.p50, one.p90), default=None)
