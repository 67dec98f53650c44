"""Drives as crews made them, cut out of the fixes between setting out and arriving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np

from domain.places import LonLat
from domain.reports import CrewFix, Outcome, Report, ReportKind
from domain.streets import FloatArray
from gis.crs import plane_around
from operations.arriving.good_fix import is_sharp

#: Silent for longer, nobody knows what a crew did meanwhile. Source: mainbreak default; a phone
#: sends once a minute though it stands.
LONGEST_GAP = timedelta(seconds=150)

#: Within so many metres a crew stands; for so long, it does something else than wait at a light.
#: Source: mainbreak defaults.
STANDS_M, LONGEST_STAND = 30.0, timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Setting:
    """A crew's way to one work order: when it said to set out, and to be there."""

    crew: str
    begun: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class Trip:
    """A drive without a stop or a gap, from one fix to another; ``metres`` from fix to fix."""

    begun: datetime
    seconds: float
    metres: float
    here: LonLat
    there: LonLat


def settings_out(reports: Iterable[Report]) -> Iterator[Setting]:
    """Yield each way that a crew told the beginning and the end of; reports by device time."""
    begun: dict[tuple[str, str], datetime] = {}
    for one in reports:
        about = one.crew, one.work_order
        if one.outcome is not Outcome.APPLIED:
            continue
        if one.kind is ReportKind.EN_ROUTE:
            begun[about] = one.device_time
        elif one.kind is ReportKind.ON_SITE and about in begun:
            yield Setting(one.crew, begun.pop(about), one.device_time)


def trips(fixes: Sequence[CrewFix]) -> list[Trip]:
    """Return the drives of one way: blurred fixes are no places, stops and gaps part two drives.

    Each begins with the first fix that has left where the crew stood, and ends with the last one
    before it stands again: what is measured is driving.
    """
    sharp = [one for one in fixes if is_sharp(one)]
    if len(sharp) < 2:
        return []
    track = _Track.of(sharp)
    return [track.trip(a, b) for part in track.parts() for a, b in track.driven(*part)]


@dataclass(frozen=True)
class _Track:
    """Fixes in order of time: ``seconds`` since the first, ``xy`` metres on a plane."""

    fixes: Sequence[CrewFix]
    seconds: FloatArray
    xy: FloatArray

    @classmethod
    def of(cls, fixes: Sequence[CrewFix]) -> _Track:
        begun = fixes[0].device_time
        seconds = [(one.device_time - begun).total_seconds() for one in fixes]
        places = [one.position for one in fixes]
        xy = plane_around(places[:1]).xy(places)
        return cls(fixes, np.array(seconds, dtype=np.float64), xy)

    def parts(self) -> list[tuple[int, int]]:
        """Return the first and last index of each stretch without a gap."""
        gaps = np.flatnonzero(np.diff(self.seconds) > LONGEST_GAP.total_seconds())
        firsts = [0, *(int(one) + 1 for one in gaps)]
        lasts = [*(int(one) for one in gaps), len(self.fixes) - 1]
        return list(zip(firsts, lasts, strict=True))

    def driven(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the first and last index of each drive between two stands."""
        stands = list(self._stands(first, last))
        for (_, leaves), (reaches, _) in pairwise(stands):
            if reaches - leaves > 2:
                yield leaves + 1, reaches - 1

    def _stands(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the first and last index of each stand; the two ends count, however short."""
        row = first
        while row <= last:
            end = row
            while end < last and float(np.hypot(*(self.xy[end + 1] - self.xy[row]))) <= STANDS_M:
                end += 1
            long = self.seconds[end] - self.seconds[row] >= LONGEST_STAND.total_seconds()
            if row == first or long or end == last:
                yield row, end
                row = end
            row += 1

    def trip(self, first: int, last: int) -> Trip:
        here, there = self.fixes[first], self.fixes[last]
        legs = np.diff(self.xy[first : last + 1], axis=0)
        metres = float(np.hypot(legs[:, 0], legs[:, 1]).sum())
        seconds = float(self.seconds[last] - self.seconds[first])
        return Trip(here.device_time, seconds, metres, here.position, there.position)
