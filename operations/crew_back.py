"""A crew is there again, or will not be away after all."""

from __future__ import annotations

from domain.crews import HoldKind
from domain.errors import BadInput
from storage import UnitOfWork


def crew_back(work: UnitOfWork, crew: str) -> None:
    """Take the absence back; the next plan has work for the crew.

    Raises
    ------
    BadInput
        If the crew is not away.
    """
    if not work.crew_words.release(crew, HoldKind.AWAY):
        raise BadInput(f"crew {crew} is not away. Load it again.")
