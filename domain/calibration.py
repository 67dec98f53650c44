"""How much longer than at free flow drives take, by the time of day, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo
from enum import StrEnum

#: How much longer than the median nine of ten drives take at most, before any was measured.
#: Source: mainbreak default, to be replaced by the crews' own drives.
SPREAD = 1.35


class TimeBand(StrEnum):
    """Parts of the day with one kind of traffic, by the clock of the utility's zone.

    Source: mainbreak default.
    """

    NIGHT = "night"  # 22:00-06:00, every day
    MORNING = "morning"  # 07:00-09:30, Monday to Friday
    EVENING = "evening"  # 16:30-19:30, Monday to Friday
    DAY = "day"  # the rest


@dataclass(frozen=True, slots=True)
class BandFit:
    """One band: measured seconds over free-flow seconds (median), its spread, from how many.

    ``spread`` is the 90th percentile of that ratio over the median, at least 1.
    """

    factor: float = 1.0
    spread: float = SPREAD
    drives: int = 0


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was fitted, by band; a band without drives is free flow."""

    zone: tzinfo
    bands: Mapping[TimeBand, BandFit] = field(default_factory=dict)

    def at(self, instant: datetime) -> BandFit:
        """Return what holds at this instant."""
        return self.bands.get(band_of(instant, self.zone), BandFit())


def band_of(instant: datetime, zone: tzinfo) -> TimeBand:
    """Return the band of an aware instant."""
    local = instant.astimezone(zone)
    clock, workday = local.time(), local.weekday() < 5
    if clock >= time(22) or clock < time(6):
        return TimeBand.NIGHT
    if workday and time(7) <= clock < time(9, 30):
        return TimeBand.MORNING
    if workday and time(16, 30) <= clock < time(19, 30):
        return TimeBand.EVENING
    return TimeBand.DAY
