"""The crews that the plan weighed for a work order."""

from __future__ import annotations

from domain.plans import Rival
from storage import UnitOfWork


def weighed_crews(work: UnitOfWork, work_order: str) -> tuple[Rival, ...]:
    """Return the next best crews of its visit; where nobody has it, why each crew cannot.

    Raises
    ------
    UnknownId
        If there is no such work order.
    """
    order = work.work_orders.get(work_order)
    live = [one for one in work.visits.of_orders([order.id]) if one.is_live]
    if live:
        return live[-1].planned.rivals
    plan = work.plans.latest()
    left = () if plan is None else plan.unassigned
    return next((one.crews for one in left if one.work_order == order.id), ())
