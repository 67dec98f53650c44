"""A ticket: one report by one person or channel, and where it was found to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.places import LonLat
from domain.states import TicketState
from domain.words import Channel, Priority, Symptom


@dataclass(frozen=True, slots=True)
class Ticket:
    """One report in the caller's words.

    ``received_at`` is aware. ``position`` is WGS-84, already converted from the caller's datum.
    ``phone``, ``address`` and ``text`` are personal data. ``symptom`` and ``priority`` are what
    the channel said, None if it said nothing.
    """

    id: str
    received_at: datetime
    channel: Channel = Channel.PHONE
    phone: str = ""
    account: str = ""
    address: str = ""
    text: str = ""
    position: LonLat | None = None
    symptom: Symptom | None = None
    priority: Priority | None = None
    state: TicketState = TicketState.OPEN


class FoundBy(StrEnum):
    """How a ticket's place was found, surest first."""

    ACCOUNT = "account"
    COORDINATES = "coordinates"
    ADDRESS = "address"
    PHONE = "phone"
    PLACE = "place"
    ADDRESS_IN_TEXT = "address_in_text"
    PLACE_IN_TEXT = "place_in_text"


@dataclass(frozen=True, slots=True)
class Snap:
    """A place put on a pipe.

    Attributes
    ----------
    link
        The pipe's id.
    location
        The nearest place on it, WGS-84.
    offset_m
        Metres along the pipe from its start.
    distance_m
        Metres from the place to the pipe.
    doubtful
        True if farther than 50 m, or another pipe lies within 2 m of the same distance.
    """

    link: str
    location: LonLat
    offset_m: float
    distance_m: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer to "where is this?".

    ``confidence`` runs from 0 to 1. ``label`` says the place in words. ``ignored`` lists what was
    given but not used. ``snap`` is None where no pipe is near.
    """

    position: LonLat
    found_by: FoundBy
    confidence: float
    label: str
    premises: str | None = None
    snap: Snap | None = None
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocatedTicket:
    """A ticket with its place, symptom and priority decided."""

    ticket: Ticket
    place: Candidate
    symptom: Symptom
    priority: Priority

    @property
    def id(self) -> str:
        """The ticket's id."""
        return self.ticket.id
