"""Which fix of a crew's phone still says where the crew is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.crews import Crew
from domain.reports import CrewFix
from storage import UnitOfWork

#: An older fix says no more where a crew is. Source: mainbreak default.
FIX_LASTS = timedelta(minutes=10)

#: A fix that may be farther off than so many metres says nothing about streets.
#: Source: mainbreak default; a phone that knows only its mobile cell says hundreds.
WORST_ACCURACY_M = 100.0


def is_sharp(fix: CrewFix) -> bool:
    """Return True unless the phone itself says that it hardly knows where it is."""
    return fix.accuracy_m is None or fix.accuracy_m <= WORST_ACCURACY_M


def in_shift(fix: CrewFix, crew: Crew) -> bool:
    """Return True if the fix is of the crew's present shift."""
    return crew.shift.start <= fix.device_time <= crew.shift.end


def good_fix(
    work: UnitOfWork, latest: Mapping[str, CrewFix], crew: Crew, now: datetime
) -> CrewFix | None:
    """Return the newest sharp fix of the crew's shift in the last ``FIX_LASTS``, None if none.

    ``latest`` holds each crew's newest fix; only where that one is blurred older ones are read.
    """
    since = now - FIX_LASTS
    newest = latest.get(crew.id)
    if newest is None or newest.device_time < since:
        return None
    known = [newest] if is_sharp(newest) else work.fixes.trail(crew.id, since)
    good = [one for one in known if is_sharp(one) and in_shift(one, crew)]
    return good[-1] if good else None
