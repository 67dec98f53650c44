"""Incidents: one line of the list, and the whole story of one."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import model_validator

from domain.incidents import Incident, Outage
from domain.places import LonLat
from domain.states import IncidentState, OutageState
from domain.words import Symptom
from mainbreak.server.api.models.base import (
    Body,
    Id,
    Latitude,
    Longitude,
    PriorityName,
    Spot,
    Stamp,
    Text,
    View,
    priority_name,
)

#: Which of the things that have a life a list shows.
LifeFilter = Literal["active", "all"]


class AtBody(Body):
    """Where something is: a pipe by its id, or a place in WGS-84 degrees."""

    pipe: Id | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.lon is None) != (self.lat is None):
            raise ValueError("give lon and lat together")
        if (self.pipe is None) == (self.lon is None):
            raise ValueError("give either pipe, or lon and lat")
        return self

    def at(self) -> str | LonLat:
        """Return the pipe's id, or the place."""
        if self.lon is None or self.lat is None:
            return self.pipe or ""
        return LonLat(self.lon, self.lat)


class IncidentBody(AtBody):
    """An incident that a dispatcher opens, with why in a few words."""

    symptom: Symptom
    note: Text = ""


class IncidentHead(View):
    """What every answer about an incident says; ``premises_count`` is who is or was out.

    ``collective_at`` is when the fifth household called within 60 minutes, ``acknowledged_at``
    when somebody said to know of that; ``parent`` is what it goes on from, ``merged_into`` who has
    its tickets.
    """

    id: str
    symptom: Symptom
    priority: PriorityName
    state: IncidentState
    opened_at: Stamp
    place: Spot
    pipe: str | None
    label: str
    outage_state: OutageState | None
    premises_count: int
    collective_at: Stamp | None
    acknowledged_at: Stamp | None
    parent: str | None
    merged_into: str | None


class IncidentItem(IncidentHead):
    """One incident in a list; tickets and outage by id."""

    tickets: list[str]
    outage: str | None


class IncidentPage(View):
    """Incidents by id; ``next`` is the ``after`` of the page behind it."""

    items: list[IncidentItem]
    next: str | None


def head(
    one: Incident, outage: Outage | None, acknowledged_at: datetime | None
) -> dict[str, object]:
    """Return the fields of ``IncidentHead``."""
    return {
        "id": one.id,
        "symptom": one.symptom,
        "priority": priority_name(one.priority),
        "state": one.state,
        "opened_at": one.opened_at,
        "place": Spot.of(one.location),
        "pipe": one.link,
        "label": one.label,
        "outage_state": outage.state if outage else None,
        "premises_count": _out(outage),
        "collective_at": one.collective_at,
        "acknowledged_at": acknowledged_at,
        "parent": one.parent,
        "merged_into": one.merged_into,
    }


def _out(outage: Outage | None) -> int:
    if outage is None or outage.state is OutageState.CANCELLED:
        return 0
    return outage.isolation.premises_count


def incident_item(
    one: Incident, outage: Outage | None, acknowledged_at: datetime | None
) -> IncidentItem:
    """Return an incident as one line of a list."""
    fields = head(one, outage, acknowledged_at)
    named = outage.id if outage else None
    return IncidentItem.model_validate(fields | {"tickets": list(one.tickets), "outage": named})
