"""Answer "where is this?" for what a caller says."""

from __future__ import annotations

import gis
from domain.tickets import Candidate
from storage import UnitOfWork


def locate_text(work: UnitOfWork, text: str) -> tuple[Candidate, ...]:
    """Return the places the words can mean, best first, each put on its pipe.

    Raises
    ------
    NothingImported
        If there is no network yet.
    """
    return gis.Gazetteer(work.network.load(), work.places.all()).locate(text)
