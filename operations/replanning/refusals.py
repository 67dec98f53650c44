"""Who said that they would not, or could not, do a piece of work."""

from __future__ import annotations

from collections.abc import Sequence

from domain.states import VisitState
from storage import UnitOfWork

REFUSED = frozenset({VisitState.DECLINED, VisitState.CANNOT_COMPLETE})


def refusals(work: UnitOfWork, work_orders: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return pairs of crew and work order: this crew declined it, or could not complete it."""
    visits = work.visits.of_orders(work_orders)
    return frozenset((one.crew, one.work_order) for one in visits if one.state in REFUSED)
