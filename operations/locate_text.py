"""Answer "where is this?" for what a caller says."""

from __future__ import annotations

import gis
from domain.tickets import Candidate
from operations.named_roads import named_roads
from operations.travel import load_streets
from storage import UnitOfWork


def locate_text(work: UnitOfWork, text: str) -> tuple[Candidate, ...]:
    """Return the places the words can mean, best first, each put on its pipe.

    Raises
    ------
    NothingImported
        If there is no network yet.
    """
    roads = named_roads(load_streets(work))
    return gis.Gazetteer(work.network.load(), work.places.all(), roads).locate(text)
