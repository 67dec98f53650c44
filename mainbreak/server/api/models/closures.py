"""Closures: which streets, how long, how slow; and what stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from domain.closed_streets import ClosedStreets
from domain.closures import Closure, ClosureReason, ClosureShape
from domain.places import LonLat
from domain.streets import FloatArray
from mainbreak.server.api.models.base import (
    DIGITS,
    Body,
    Id,
    Instant,
    Latitude,
    Line,
    Longitude,
    SpotBody,
    Stamp,
    View,
)
from operations.change_closure import Changes, Stays
from operations.close_street import Wanted
from operations.closures.meant import MOST_PLACES, Between, Crossings, Drawn, Here, Where
from operations.closures.reported_by import crew_of

#: [lon, lat] in WGS-84 degrees.
Pair = tuple[Longitude, Latitude]
Places = Annotated[tuple[Pair, ...], Field(max_length=MOST_PLACES)]
Factor = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class _WhereBody(Body):
    """Which streets: one way of saying it.

    ``places`` is the ring of an area or a line, as ``shape`` says; ``at`` the street there from one
    crossing to the next; ``ends`` one street from near one place to near another; ``crossings``
    the two streets between whose crossings ``street`` is meant, by their names.
    """

    shape: Literal["area", "line"] = "area"
    places: Places = ()
    at: SpotBody | None = None
    ends: tuple[SpotBody, SpotBody] | None = None
    crossings: tuple[Line, Line] | None = None
    street: Line = ""

    def where(self) -> Where | None:
        """Return which streets are meant, None if nothing says so."""
        if self.at is not None:
            return Here(self.at.place())
        if self.ends is not None:
            return Between(self.ends[0].place(), self.ends[1].place())
        if self.crossings is not None:
            return Crossings(self.street, *self.crossings)
        if self.places:
            places = tuple(LonLat(lon, lat) for lon, lat in self.places)
            return Drawn(ClosureShape(self.shape), places)
        return None

    def _ways(self) -> int:
        return sum(map(bool, (self.places, self.at, self.ends, self.crossings)))


class ClosureBody(_WhereBody):
    """A closure that is wanted; ``until`` null is until somebody lifts it.

    ``factor`` is the share of the usual speed, 0 where nobody drives; ``entry`` lets a crew in
    whose work lies inside. ``client_id`` makes sending it again harmless.
    """

    reason: ClosureReason
    since: Instant | None = None
    until: Instant | None = None
    factor: Factor = 0.0
    entry: bool = True
    note: Line = ""
    incident: Id | None = None
    client_id: UUID | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self._ways() != 1:
            raise ValueError("give one of places, at, ends, crossings")
        return self

    def wanted(self) -> Wanted:
        """Return what is wanted."""
        return Wanted(
            where=self.where() or Drawn(ClosureShape(self.shape), ()),
            reason=self.reason,
            since=self.since,
            until=self.until,
            factor=self.factor,
            entry=self.entry,
            street=self.street,
            note=self.note,
            incident=self.incident,
            client_id=str(self.client_id) if self.client_id else "",
        )


class ClosureChangeBody(_WhereBody):
    """What becomes different; what is left out stays. ``until`` null is until somebody lifts it.

    ``street`` alone renames the closure; empty it is called after the streets it touches.
    """

    reason: ClosureReason | None = None
    until: Instant | None = None
    factor: Factor | None = None
    entry: bool | None = None
    note: Line | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self._ways() > 1:
            raise ValueError("give at most one of places, at, ends, crossings")
        return self

    def changes(self) -> Changes:
        """Return what is to change."""
        return Changes(
            where=self.where(),
            until=self.until if "until" in self.model_fields_set else Stays.AS_IT_WAS,
            reason=self.reason,
            factor=self.factor,
            entry=self.entry,
            note=self.note,
            street=self.street if self._renames() else None,
        )

    def _renames(self) -> bool:
        """Return True if ``street`` is a new name, not the street between two crossings."""
        return "street" in self.model_fields_set and self.crossings is None


class ClosurePreview(View):
    """What a closure would touch; ``courses`` are the streets, [lon, lat] each."""

    shape: ClosureShape
    places: list[tuple[float, float]]
    street: str
    streets: int
    metres: int
    courses: list[list[tuple[float, float]]]

    @classmethod
    def of(cls, one: ClosedStreets) -> ClosurePreview:
        """Return it as it is sent."""
        return cls(
            shape=one.closure.shape,
            places=_pairs(one.closure.places),
            street=one.closure.street,
            streets=one.streets,
            metres=round(one.metres),
            courses=[_course(course) for course in one.courses],
        )


class ClosureView(View):
    """A closure as it is kept.

    ``crew`` is who reported it; then ``confirmed`` tells whether a dispatcher has looked at it.
    ``streets`` and ``metres`` are what it touches, counted once for both directions.
    """

    id: str
    state: Literal["to_come", "in_force", "over", "lifted"]
    shape: ClosureShape
    places: list[tuple[float, float]]
    street: str
    reason: ClosureReason
    note: str
    factor: float
    entry: bool
    since: Stamp
    until: Stamp | None
    incident: str | None
    made_by: str
    made_at: Stamp
    crew: str | None
    confirmed: bool
    lifted_by: str | None
    lifted_at: Stamp | None
    streets: int
    metres: int

    @classmethod
    def of(cls, found: ClosedStreets, now: datetime, *, confirmed: bool) -> ClosureView:
        """Return a closure as it is sent."""
        one = found.closure
        return cls(
            id=one.id,
            state=_state(one, now),
            shape=one.shape,
            places=_pairs(one.places),
            street=one.street,
            reason=one.reason,
            note=one.note,
            factor=one.factor,
            entry=one.entry,
            since=one.since,
            until=one.until,
            incident=one.incident,
            made_by=one.made_by,
            made_at=one.made_at,
            crew=crew_of(one),
            confirmed=confirmed,
            lifted_by=one.lifted_by,
            lifted_at=one.lifted_at,
            streets=found.streets,
            metres=round(found.metres),
        )


class ClosurePage(View):
    """Closures by id; ``next`` is the ``after`` of the page behind it."""

    items: list[ClosureView]
    next: str | None


def _state(one: Closure, now: datetime) -> Literal["to_come", "in_force", "over", "lifted"]:
    if one.lifted_at is not None:
        return "lifted"
    if one.in_force(now):
        return "in_force"
    return "to_come" if one.since > now else "over"


def _pairs(places: Sequence[LonLat]) -> list[tuple[float, float]]:
    return [(round(one.lon, DIGITS), round(one.lat, DIGITS)) for one in places]


def _course(course: FloatArray) -> list[tuple[float, float]]:
    return [(round(lon, DIGITS), round(lat, DIGITS)) for lon, lat in course.tolist()]
