"""Unlock a crew: the next plan may add to its day, and take from it."""

from __future__ import annotations

from domain.crews import HoldKind
from domain.errors import BadInput
from storage import UnitOfWork


def unlock_crew(work: UnitOfWork, crew: str) -> None:
    """Take the lock back.

    Raises
    ------
    BadInput
        If the crew is not locked.
    """
    if not work.crew_words.release(crew, HoldKind.LOCKED):
        raise BadInput(f"crew {crew} is not locked. Load it again.")
