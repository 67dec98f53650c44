"""Tickets: a call as it is taken, and a ticket as the office sees it."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from domain.datum import to_wgs84
from domain.masking import masked_account, masked_phone, masked_text
from domain.places import Datum, LonLat
from domain.states import TicketState
from domain.symptoms import symptom_of
from domain.tickets import LocatedTicket, Ticket
from domain.urgency import urgency_of
from domain.words import Channel, Priority, Symptom
from mainbreak.server.api.models.base import (
    Body,
    Id,
    PriorityName,
    Said,
    SpotBody,
    Stamp,
    Text,
    View,
    priority_name,
)
from mainbreak.server.api.models.candidates import CandidateView
from mainbreak.server.api.models.incidents import IncidentItem
from operations.take_call import Call

#: Which tickets a list shows: those of one state, those not closed, or all.
TicketFilter = Literal["active", "all", "open", "verified", "closed", "reopened"]


class PointedBody(Body):
    """Where a caller is said to be, degrees in ``datum``; off the globe it is kept as words."""

    lon: Annotated[float, Field(allow_inf_nan=False)]
    lat: Annotated[float, Field(allow_inf_nan=False)]
    datum: Datum = Datum.WGS84

    def place(self) -> LonLat | None:
        """Return the place in WGS-84, None if there is none such."""
        on_globe = abs(self.lon) <= 180 and abs(self.lat) <= 90
        return to_wgs84(self.lon, self.lat, self.datum) if on_globe else None

    def words(self) -> str:
        """Return it as a person would write it down."""
        stated = "" if self.datum is Datum.WGS84 else f" {self.datum.value}"
        return f"({self.lon}, {self.lat}){stated}"


class CallBody(Body):
    """A call as the agent writes it down; ``symptom`` and ``priority`` null: from the words.

    ``premises`` is the one the agent picked, ``incident`` the one it belongs to by hand.
    ``client_id`` makes sending it again harmless. Nobody is refused for what they said: NUL and
    halves of characters are replaced, and a position off the globe is kept behind the text.
    """

    channel: Channel = Channel.PHONE
    phone: Text = ""
    account: Text = ""
    address: Text = ""
    text: Text = ""
    symptom: Symptom | None = None
    priority: PriorityName | None = None
    position: PointedBody | None = None
    premises: Id | None = None
    incident: Id | None = None
    client_id: UUID | None = None

    def call(self) -> Call:
        """Return the call as it is taken."""
        return Call(
            channel=self.channel,
            phone=self.phone,
            account=self.account,
            address=self.address,
            text=self._text(),
            symptom=self.symptom,
            priority=Priority[self.priority] if self.priority else None,
            position=self.position.place() if self.position else None,
            premises=self.premises,
            incident=self.incident,
            client_id=str(self.client_id) if self.client_id else "",
        )

    def _text(self) -> str:
        """Return the words, behind them a position that is none: whoever reads them may see why."""
        if self.position is None or self.position.place() is not None:
            return self.text
        return "\n".join(part for part in (self.text, self.position.words()) if part)


class PlaceBody(SpotBody):
    """Where a ticket is; ``premises`` is the one that was picked, if one was."""

    premises: Id | None = None


class TicketView(View):
    """One report; ``place`` is null until somebody finds it.

    ``priority_reasons`` says by which of its words it is more urgent than its symptom alone.
    """

    id: str
    received_at: Stamp
    channel: Channel
    phone: str
    account: str
    address: str
    text: str
    symptom: Symptom | None
    priority: PriorityName | None
    priority_reasons: list[Said]
    state: TicketState
    incident: str | None
    place: CandidateView | None


class TicketPage(View):
    """Tickets, newest first; ``next`` is the ``after`` of the page behind it."""

    items: list[TicketView]
    next: str | None


class TakenView(View):
    """What became of a call: its ticket, where it can be, and the incident it belongs to.

    ``opened`` if the incident is new; ``repeated`` if this call was taken before and nothing
    changed.
    """

    ticket: TicketView
    candidates: list[CandidateView]
    incident: IncidentItem | None
    opened: bool
    repeated: bool


def ticket_view(
    ticket: Ticket, located: LocatedTicket | None, incident: str | None, *, full: bool = False
) -> TicketView:
    """Return a ticket; without ``full`` phones and accounts are masked, in the words too."""
    priority = located.priority if located else ticket.priority
    symptom = located.symptom if located else ticket.symptom
    reasons = urgency_of(symptom or symptom_of(ticket.text), ticket.text)[1]
    return TicketView(
        id=ticket.id,
        received_at=ticket.received_at,
        channel=ticket.channel,
        phone=ticket.phone if full else masked_phone(ticket.phone),
        account=ticket.account if full else masked_account(ticket.account),
        address=ticket.address,
        text=ticket.text if full else masked_text(ticket.text),
        symptom=symptom,
        priority=None if priority is None else priority_name(priority),
        priority_reasons=[Said.of(one) for one in reasons],
        state=ticket.state,
        incident=incident,
        place=CandidateView.of(located.place) if located else None,
    )
