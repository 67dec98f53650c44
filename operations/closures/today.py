"""The streets as they are now: which closures stand, and an engine that drives by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.closed_streets import ClosedStreets
from domain.closures import Closure
from domain.streets import StreetNetwork
from domain.travel import TravelTimes
from operations.closures.touched import closed_streets
from storage import UnitOfWork

#: A closure that ended by itself is shown for so long. Source: mainbreak default, a day.
SHOWN_AFTER = timedelta(days=1)

#: A reader of an instant so much before another's began earlier; of one farther back the clock was
#: set back. Source: mainbreak default, longer than any request.
_EARLIER = timedelta(minutes=1)


@dataclass
class StreetsToday:
    """What an engine drives by beside its streets; one for each engine, used under a lock.

    Only a newer state of the database and of the clock counts: a reader that began earlier does
    not bring back what has changed since.
    """

    streets: StreetNetwork | None
    travel: TravelTimes
    standing: tuple[ClosedStreets, ...] = ()
    _version: int = -1
    _in_force: tuple[Closure, ...] = ()
    _newest: datetime | None = None

    def follow(self, work: UnitOfWork) -> tuple[ClosedStreets, ...]:
        """Return what stands, and let the engine drive by what holds at the unit's instant.

        Cheap where nothing did. Call it before the unit writes: what is not stored yet may never
        be.
        """
        version = work.closures.version()
        if version > self._version:
            self._version, self.standing = version, self._read(work)
        self._drive_by(work.now)
        return self.standing

    def _read(self, work: UnitOfWork) -> tuple[ClosedStreets, ...]:
        """Return what stands, taking over what it touches where its shape is known already."""
        known = {one.id: one for one in self.standing}
        found: list[ClosedStreets] = []
        for one in work.closures.standing():
            if one.until is not None and one.until < work.now - SHOWN_AFTER:
                continue
            before = known.get(one.id)
            if before is not None and _shape(before.closure) == _shape(one):
                found.append(ClosedStreets(one, before.metres, before.courses))
            else:
                found.append(closed_streets(self.streets, one))
        return tuple(found)

    def _drive_by(self, now: datetime) -> None:
        if self._newest is not None and now < self._newest <= now + _EARLIER:
            now = self._newest
        self._newest = now
        in_force = tuple(one.closure for one in self.standing if one.closure.in_force(now))
        if in_force == self._in_force:
            return
        if list(map(_obeyed, in_force)) != list(map(_obeyed, self._in_force)):
            self.travel.close(in_force)
        self._in_force = in_force


def _obeyed(one: Closure) -> tuple[object, ...]:
    """Return what of a closure an engine drives by."""
    return one.id, one.shape, one.places, one.factor, one.entry


def _shape(one: Closure) -> tuple[object, ...]:
    return one.shape, one.places
