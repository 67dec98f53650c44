"""How long work takes: an estimate, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DurationSource(StrEnum):
    """Who says how long work takes."""

    PRESET = "preset"
    LEARNED = "learned"


@dataclass(frozen=True, slots=True)
class DurationEstimate:
    """Seconds on site that half of such works keep, and nine of ten.

    ``jobs`` is how many finished works it was learned from, ``learned_at`` when; 0 and None for a
    preset.
    """

    p50_s: int
    p90_s: int
    source: DurationSource
    jobs: int = 0
    learned_at: datetime | None = None
