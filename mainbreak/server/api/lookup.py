"""What belongs to what, for lists: read once, looked up by id."""

from __future__ import annotations

from collections.abc import Iterable

from domain.incidents import Incident, Outage
from domain.states import OutageState
from storage import UnitOfWork


def outages_by_incident(work: UnitOfWork, incidents: Iterable[Incident]) -> dict[str, Outage]:
    """Return these incidents' outages: of several the one that is not over, then one that was."""
    found = work.outages.of_incidents([one.id for one in incidents])
    return {one.incident: one for one in sorted(found, key=_importance)}


def _importance(outage: Outage) -> tuple[int, str]:
    rank = {OutageState.CANCELLED: 0, OutageState.RESTORED: 1}
    return rank.get(outage.state, 2), outage.id
