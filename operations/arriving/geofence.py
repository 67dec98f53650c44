"""Is a crew at its work? By the streets it drove there, never by distance alone.

docs/decisions/0010-arrival-is-asked-not-set.md says what is made of the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import inf

import numpy as np
import shapely
from shapely.ops import substring

from domain.places import LonLat
from domain.reports import CrewFix
from domain.travel import RouteLine, TravelTimes
from gis.crs import plane_around
from operations.arriving.good_fix import is_sharp

#: Farther off in a straight line nothing else is looked at. Source: mainbreak default.
NEAR_M = 150.0

#: Along the street, either way, a crew parks so far from its work at the most.
#: Source: mainbreak default.
LAST_STRETCH_M = 100.0

#: A fix is so far off the street it is on, beside what the phone says it may be off.
#: Source: mainbreak default; a wide road with its verge.
BESIDE_M = 30.0

#: What a phone's fix may be off where it does not say. Source: mainbreak default.
UNSAID_ACCURACY_M = 30.0

#: Two fixes so far apart in time, and no faster, are a stand. Source: mainbreak defaults.
DWELL, SLOW_MPS = timedelta(seconds=20), 1.0

#: So near to the work it does not matter which of the streets there a fix snapped to.
#: Source: mainbreak default.
AT_WORK_M = 15.0

#: The fixes of a phone that stands wander: added up, by so much more than ``SLOW_MPS``.
#: Source: mainbreak default.
WANDER = 1.5

#: The way to the work is followed from the last fix that was so far from it.
#: Source: mainbreak default.
APPROACH_M = 250.0

#: So many of those fixes are tried. Source: mainbreak default.
ANCHORS = 4

#: Such a share of the way between must have been driven, from fix to fix: chords cut corners.
#: Source: mainbreak default.
DRIVEN_SHARE = 0.6

#: Silent for longer, nobody knows which way a crew came. Source: mainbreak default.
LONGEST_GAP = timedelta(seconds=150)


def arrival(travel: TravelTimes, fixes: Sequence[CrewFix], target: LonLat) -> CrewFix | None:
    """Return the fix a crew arrived at its work with, None while it is not there.

    ``fixes`` are those since it set out, oldest first. It is there if it still is near, and two
    fixes ``DWELL`` apart, slow, are both on the last stretch of the way it drove. Without streets
    nobody knows, so it never is.
    """
    sharp = [one for one in fixes if is_sharp(one)]
    if not sharp or not travel.capabilities.streets:
        return None
    (roadside,) = travel.snap([target])
    if roadside.reason is not None:
        return None
    approach = _Approach(travel, roadside.at, sharp)
    return approach.first_stand() if approach.is_near(len(sharp) - 1) else None


class _Approach:
    """A crew's sharp fixes on the way to a roadside place, on a plane around it."""

    def __init__(self, travel: TravelTimes, place: LonLat, fixes: Sequence[CrewFix]) -> None:
        self._travel, self._place, self._fixes = travel, place, fixes
        self._plane = plane_around([place])
        self._xy = self._plane.xy([one.position for one in fixes])
        self._far = np.hypot(*(self._xy - self._plane.xy([place])).T)
        self._judged: dict[int, bool] = {}

    def is_near(self, row: int) -> bool:
        """Return True if a fix is near in a straight line: only then streets are looked at."""
        return bool(self._far[row] <= NEAR_M)

    def first_stand(self) -> CrewFix | None:
        """Return the first fix of the first stand on the last stretch."""
        for row in range(len(self._fixes)):
            later = self._confirmed_by(row)
            if later is not None and all(self._is_there(one) for one in range(row, later + 1)):
                return self._fixes[row]
        return None

    def _confirmed_by(self, row: int) -> int | None:
        """Return the later fix that shows that the crew stands, None if it moves or nobody knows.

        Cheap: streets are looked at for those who stand near only.
        """
        for later in range(row, len(self._fixes)):
            if not self.is_near(later):
                return None
            passed = self._fixes[later].device_time - self._fixes[row].device_time
            if passed >= DWELL:
                return later if self._is_slow(row, later, passed.total_seconds()) else None
        return None

    def _is_slow(self, row: int, later: int, seconds: float) -> bool:
        """Return True if a crew kept to one spot: nowhere far from it, and no way round to it.

        Round a hairpin the ends lie close together, and each step is a drive.
        """
        off = self._xy[row + 1 : later + 1] - self._xy[row]
        spread = float(np.hypot(off[:, 0], off[:, 1]).max())
        crept = self._driven(row, later)
        return spread <= SLOW_MPS * seconds and crept <= WANDER * SLOW_MPS * seconds

    def _is_there(self, row: int) -> bool:
        if row not in self._judged:
            self._judged[row] = self._is_on_last_stretch(row)
        return self._judged[row]

    def _is_on_last_stretch(self, row: int) -> bool:
        """Return True if the fix's own street leads to the work, and the crew came along it."""
        fix = self._fixes[row]
        off = BESIDE_M + _accuracy(fix)
        (street,) = self._travel.snap([fix.position])
        if street.reason is not None or street.distance_m > off:
            return False
        # A fix beside the work may have snapped to the tunnel beneath it or to the bridge above.
        at_work = self._far[row] <= AT_WORK_M
        if not at_work and self._along(street.at) > LAST_STRETCH_M:
            return False
        return any(self._came_from(first, row, off) for first in self._sets_in(row))

    def _came_from(self, first: int, row: int, off: float) -> bool:
        """Return True if the way from that fix to the work can have been driven, up to this one."""
        line = self._travel.route(self._fixes[first].position, self._place)
        if not isinstance(line, RouteLine):
            return False
        needed = DRIVEN_SHARE * (line.metres - LAST_STRETCH_M)
        return self._driven(first, row) >= needed and self._is_beside(row, line, off)

    def _along(self, here: LonLat) -> float:
        """Return the metres along the streets to the work or back from it: some park beyond it."""
        ways = (self._travel.route(here, self._place), self._travel.route(self._place, here))
        return min((one.metres for one in ways if isinstance(one, RouteLine)), default=inf)

    def _sets_in(self, row: int) -> Iterator[int]:
        """Yield the fixes that the way to the work is followed from: the last ones far from it.

        Several, since one alone may lie on the wrong side of a dual carriageway.
        """
        found = 0
        while found < ANCHORS:
            far = self._far[row] >= APPROACH_M
            first = row == 0 or self._gap_before(row) > LONGEST_GAP
            if far or first:
                yield row
                found += 1
            if first:
                return
            row -= 1

    def _gap_before(self, row: int) -> timedelta:
        return self._fixes[row].device_time - self._fixes[row - 1].device_time

    def _driven(self, first: int, last: int) -> float:
        legs = np.diff(self._xy[first : last + 1], axis=0)
        return float(np.hypot(legs[:, 0], legs[:, 1]).sum())

    def _is_beside(self, row: int, line: RouteLine, off: float) -> bool:
        """Return True if the fix lies at the end of the way that leads from there to the work."""
        if len(line.path) < 2:
            return True
        course = shapely.LineString(self._plane.xy(line.path))
        end = substring(course, max(0.0, course.length - LAST_STRETCH_M), course.length)
        beyond = float(self._far[row]) <= off  # past the end of the way: beside the work itself
        return beyond or end.distance(shapely.Point(self._xy[row])) <= off


def _accuracy(fix: CrewFix) -> float:
    return UNSAID_ACCURACY_M if fix.accuracy_m is None else fix.accuracy_m
