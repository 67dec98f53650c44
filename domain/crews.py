"""Crews: people with skills, tools and a vehicle, available during a shift."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.places import LonLat
from domain.words import Skill


@dataclass(frozen=True, slots=True)
class Shift:
    """The window in which a crew is available: aware times, ``start`` before ``end``."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a shift needs times with a zone")
        if self.end <= self.start:
            raise ValueError("a shift ends after it starts")


@dataclass(frozen=True, slots=True)
class Crew:
    """A crew, where it starts its shift (WGS-84) and what it can do."""

    id: str
    name: str
    skills: frozenset[Skill]
    size: int
    position: LonLat
    shift: Shift
    vehicle: str = ""
