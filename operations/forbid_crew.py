"""Forbid a work order to a crew; plans keep them apart until a dispatcher allows it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.crews import Forbidden
from domain.errors import BadInput
from operations.incidents.of_incident import OVER, live_visit_of
from operations.replanning.listed_crew import listed_crew
from storage import UnitOfWork


def forbid_crew(
    work: UnitOfWork, work_order: str, crew: str, reason: str, who: str, now: datetime
) -> Forbidden:
    """Return the prohibition; the crew's visit, if it has not started, goes with the next plan.

    A pin to this crew is taken back: the later word counts.

    Raises
    ------
    UnknownId
        If there is no such work order or crew.
    BadInput
        If the work order has ended, or the crew has started it.
    """
    order = work.work_orders.get(work_order)
    chosen = listed_crew(work, crew)
    if order.state in OVER:
        raise BadInput(f"work order {order.id} is already {order.state.value}. Load it again.")
    visit = live_visit_of(work, order.id)
    own = visit is not None and visit.crew == chosen.id
    if visit is not None and own and visit.has_started:
        raise BadInput(
            f"crew {crew} has already started work order {order.id} ({visit.state.value}). "
            "Ask it to report that it cannot complete it first."
        )
    if visit is not None and own and visit.pinned:
        work.visits.save([replace(visit, pinned=False)])
    one = Forbidden(chosen.id, order.id, now, who, reason.strip())
    work.crew_words.forbid(one)
    return one
