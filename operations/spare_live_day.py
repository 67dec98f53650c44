"""Keep a batch from replacing a day that people are working on."""

from __future__ import annotations

from domain.errors import BadInput
from storage import UnitOfWork


def spare_live_day(work: UnitOfWork) -> None:
    """Do nothing where no call was taken by the server.

    Raises
    ------
    BadInput
        If calls were: a planned or made day would replace them, and what was reported stays.
    """
    if taken := work.numbers.last("ticket"):
        raise BadInput(
            f"the database holds a live day ({taken} calls taken by the server), which this would "
            "replace. Name another database with --db."
        )
