"""Lock a crew's day: its visits stand as they are, nothing is added or taken away."""

from __future__ import annotations

from datetime import datetime

from domain.crews import CrewHold, HoldKind
from domain.errors import BadInput
from operations.replanning.listed_crew import listed_crew
from storage import UnitOfWork


def lock_crew(
    work: UnitOfWork, crew: str, until: datetime | None, reason: str, who: str, now: datetime
) -> CrewHold:
    """Return the hold; ``until`` None is until somebody unlocks the crew.

    Raises
    ------
    UnknownId
        If there is no such crew.
    BadInput
        If ``until`` has passed.
    """
    if until is not None and until <= now:
        raise BadInput("until: this time has passed. Give a later one, or none.")
    hold = CrewHold(
        listed_crew(work, crew).id, HoldKind.LOCKED, now, until, reason.strip(), made_by=who
    )
    work.crew_words.hold(hold)
    return hold
