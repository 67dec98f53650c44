"""A crew is not there: ill, broken down, called off; what it has not started goes to others."""

from __future__ import annotations

from datetime import datetime

from domain.crews import CrewHold, HoldKind
from domain.errors import BadInput
from operations.replanning.listed_crew import listed_crew
from storage import UnitOfWork


def crew_away(
    work: UnitOfWork,
    crew: str,
    times: tuple[datetime | None, datetime | None],
    reason: str,
    who: str,
    now: datetime,
) -> CrewHold:
    """Return the hold; of ``times`` the first None is now, the second while nobody knows.

    What the crew has started stays with it: a person must decide.

    Raises
    ------
    UnknownId
        If there is no such crew.
    BadInput
        If it would end before it begins, or has ended.
    """
    since, until = times[0] or now, times[1]
    if until is not None and until <= max(since, now):
        raise BadInput(
            "until: this is not after the absence begins, or has passed. Give a later one."
        )
    hold = CrewHold(
        listed_crew(work, crew).id, HoldKind.AWAY, since, until, reason.strip(), made_by=who
    )
    work.crew_words.hold(hold)
    return hold
