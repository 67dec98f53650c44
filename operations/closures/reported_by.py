"""Closures that a crew's report made: whose, and whether a dispatcher has looked at them since."""

from __future__ import annotations

from collections.abc import Iterable

from domain.closures import Closure
from storage import UnitOfWork

#: How ``Closure.made_by`` begins where a crew's report made it; no login holds a colon.
_CREW = "crew:"

#: What a dispatcher does with one: any of these says that somebody has looked.
_LOOKED = frozenset({"closure.confirmed", "closure.changed", "closure.restored"})

#: Events of the standing closures that are read; a closure has a handful.
_MOST_EVENTS = 2000


def by_crew(crew: str) -> str:
    """Return ``made_by`` of a closure that this crew reported."""
    return _CREW + crew


def crew_of(closure: Closure) -> str | None:
    """Return the crew that reported it, None where a dispatcher made it."""
    return closure.made_by.removeprefix(_CREW) if closure.made_by.startswith(_CREW) else None


def unconfirmed(work: UnitOfWork, closures: Iterable[Closure]) -> frozenset[str]:
    """Return the ids of those that a crew reported and no dispatcher has looked at yet."""
    reported = [one.id for one in closures if crew_of(one) is not None]
    if not reported:
        return frozenset()
    events = work.events.about(reported, _MOST_EVENTS)
    return frozenset(reported) - {one.subject for one in events if one.kind in _LOOKED}
