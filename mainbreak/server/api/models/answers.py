"""What a caller is told: is my water off, why, and until when."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Annotated

from pydantic import Field

from domain.answers import Answer, AnswerKind
from domain.places import LonLat
from mainbreak.server.api.models.base import (
    Body,
    Id,
    Line,
    Said,
    Spot,
    SpotBody,
    Stamp,
    Text,
    View,
    said,
)
from mainbreak.server.api.models.etas import EtaView
from mainbreak.server.api.models.outages import EtrView
from mainbreak.server.api.models.work_orders import EstimateView
from operations.answer_caller import Asked


class AskedBody(Body):
    """Who asks, by whatever the caller gives."""

    phone: Text = ""
    account: Text = ""
    address: Text = ""
    premises: Id | None = None
    position: SpotBody | None = None

    def asked(self) -> Asked:
        """Return the question."""
        return Asked(
            phone=self.phone,
            account=self.account,
            address=self.address,
            premises=self.premises,
            position=self.position.place() if self.position else None,
        )


class PublicAskedBody(Body):
    """Where somebody asks about."""

    address: Annotated[Line, Field(min_length=1)]


class PublicAnswer(View):
    """What anybody may know: nothing in it names premises, an incident or an outage."""

    kind: AnswerKind
    label: str
    script: Said
    cause: Said | None
    progress: Said | None
    since: Stamp | None
    restored_at: Stamp | None
    etr: EtrView | None
    place: Spot | None


class AnswerView(PublicAnswer):
    """What an agent tells a caller, with what it rests on; ``crew_eta`` is when a crew comes.

    ``etr_basis`` is how long repairs like this one take, what the ETR's latest time rests on.
    """

    premises: str | None
    incident: str | None
    outage: str | None
    crew_eta: EtaView | None
    etr_basis: EstimateView | None


def answer_view(one: Answer, place: LonLat | None, now: datetime, zone: tzinfo) -> AnswerView:
    """Return an answer as an agent gets it."""
    ids = {"premises": one.premises, "incident": one.incident, "outage": one.outage}
    eta = {
        "crew_eta": EtaView.of(one.crew_eta, now, zone),
        "etr_basis": EstimateView.of(one.etr_basis),
    }
    spot = None if place is None else Spot.of(place)
    return AnswerView.model_validate(_fields(one) | {"place": spot} | ids | eta)


#: Digits of a public answer's place: ten metres.
_ROUGH = 4


def public_answer(one: Answer, asked: str, place: LonLat | None) -> PublicAnswer:
    """Return an answer as anybody gets it: a place without an address is called as they did."""
    spot = None if place is None else Spot.of(place, _ROUGH)
    label = asked if one.label == one.premises else one.label
    return PublicAnswer.model_validate(_fields(one) | {"place": spot, "label": label})


def _fields(one: Answer) -> dict[str, object]:
    return {
        "kind": one.kind,
        "label": one.label,
        "script": Said.of(one.script),
        "cause": said(one.cause),
        "progress": said(one.progress),
        "since": one.since,
        "restored_at": one.restored_at,
        "etr": EtrView.of(one.etr),
    }
