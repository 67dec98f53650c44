"""Streets that cannot be driven, or only slowly, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.places import LonLat


class ClosureShape(StrEnum):
    """How a closure was drawn."""

    AREA = "area"  # every street that enters the polygon
    STREET = "street"  # a street from one crossing to another: what runs along the line
    LINE = "line"  # what runs along the drawn line, and what it crosses


class ClosureReason(StrEnum):
    """Why."""

    FLOOD = "flood"
    WORKS = "works"
    COLLAPSE = "collapse"
    SNOW = "snow"
    TRAFFIC = "traffic"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Closure:
    """Streets closed or slowed from ``since`` until ``until`` (None: until lifted).

    A crew inside may always drive out. ``entry`` tells whether a crew whose work lies inside may
    drive in.

    Attributes
    ----------
    places
        WGS-84: the ring of an area (open or closed), or the line.
    factor
        Share of the usual speed that can be driven, 0 where the street is closed.
    street
        What people call the place, such as a street's name; may be empty.
    incident
        The incident it belongs to, None if to none.
    made_by, made_at
        Who closed it, and when that became known.
    lifted_by, lifted_at
        Who opened it again, and when; None while it stands.
    """

    id: str
    shape: ClosureShape
    places: tuple[LonLat, ...]
    since: datetime
    until: datetime | None
    reason: ClosureReason
    made_by: str
    made_at: datetime
    factor: float = 0.0
    entry: bool = True
    street: str = ""
    note: str = ""
    incident: str | None = None
    lifted_by: str | None = None
    lifted_at: datetime | None = None

    def in_force(self, now: datetime) -> bool:
        """Return True if it holds at ``now``."""
        ended = self.until is not None and self.until <= now
        return self.lifted_at is None and self.since <= now and not ended
