"""A crew of the list by its id."""

from __future__ import annotations

from domain.crews import Crew
from domain.errors import UnknownId
from storage import UnitOfWork


def listed_crew(work: UnitOfWork, crew: str) -> Crew:
    """Return the crew.

    Raises
    ------
    UnknownId
        If the list does not hold it.
    """
    found = next((one for one in work.crews.all() if one.id == crew), None)
    if found is None:
        raise UnknownId("crew", crew, "choose one of the crew list")
    return found
