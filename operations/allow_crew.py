"""Allow a crew a work order again that was forbidden to it."""

from __future__ import annotations

from domain.errors import BadInput
from storage import UnitOfWork


def allow_crew(work: UnitOfWork, work_order: str, crew: str) -> None:
    """Take the prohibition back; the next plan may give the crew the work order.

    Raises
    ------
    UnknownId
        If there is no such work order.
    BadInput
        If it is not forbidden.
    """
    order = work.work_orders.get(work_order)
    if not work.crew_words.allow(crew, order.id):
        raise BadInput(f"work order {order.id} is not forbidden to crew {crew}. Load it again.")
