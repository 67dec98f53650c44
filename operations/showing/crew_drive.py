"""The way to a crew's next place: what its phone draws, what it is told, where it stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.places import LonLat
from domain.travel import RouteLine, Step, TravelTimes

#: A street farther from the work than this is no place to stop at for it, metres.
#: Source: mainbreak default, a hose's and a toolbox's way.
_BESIDE_M = 150.0


@dataclass(frozen=True, slots=True)
class CrewDrive:
    """A drive; its steps only if they were asked for and the streets are known."""

    path: tuple[LonLat, ...]
    metres: float
    seconds: float
    steps: tuple[Step, ...] = ()


def drive_to(
    travel: TravelTimes, here: LonLat, there: LonLat, at: datetime, *, steps: bool
) -> CrewDrive | None:
    """Return the way, None where no road leads."""
    line = travel.route(here, there, at=at, steps=steps)
    if not isinstance(line, RouteLine) or len(line.path) < 2:
        return None
    return CrewDrive(tuple(line.path), line.metres, line.seconds, line.steps)


def stopping_place(travel: TravelTimes, work: LonLat) -> LonLat:
    """Return where to leave the road for a place of work; the place where no road is near."""
    road = travel.snap([work])[0]
    near = road.reason is None and road.distance_m <= _BESIDE_M
    return road.at if near else work
