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
    """How a ticket's place was found.

    ``house_number`` is interpolated between the known numbers of a road; ``near_place`` is a named
    place with a word of direction (opposite the hospital).
    """

    ACCOUNT = "account"
    METER = "meter"
    ASSET = "asset"
    COORDINATES = "coordinates"
    ADDRESS = "address"
    HOUSE_NUMBER = "house_number"
    CROSSING = "crossing"
    ROAD = "road"
    PHONE = "phone"
    PLACE = "place"
    NEAR_PLACE = "near_place"
    ADDRESS_IN_TEXT = "address_in_text"
    PLACE_IN_TEXT = "place_in_text"


class SnapDoubt(StrEnum):
    """Why a snap may be on the wrong pipe: farther than 50 m, or another within 2 m as near."""

    FAR = "far"
    TIE = "tie"


class Side(StrEnum):
    """Where a place lies, seen along the pipe from its start to its end."""

    LEFT = "left"
    RIGHT = "right"
    ON = "on"


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
    doubt
        Why the pipe may be another, None if it is not doubtful.
    side
        On which side of the pipe the place lies.
    by_connection
        True if the pipe is the premises' own by its service connection, False if it is the nearest.
    """

    link: str
    location: LonLat
    offset_m: float
    distance_m: float
    doubt: SnapDoubt | None = None
    side: Side = Side.ON
    by_connection: bool = False

    @property
    def doubtful(self) -> bool:
        """True if the pipe may be another."""
        return self.doubt is not None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer to "where is this?".

    Attributes
    ----------
    confidence
        The chance that this is the place meant, from 0 to 1: of answers with 0.8, four in five
        are right (measured by ``benchmarks.locate``).
    label
        The place in words.
    premises
        Its id; where a building, a gate or an estate is meant, the one nearest to its middle.
    snap
        None where no pipe is near.
    ignored
        What was given and not used: names of fields, and words of the text.
    corrections
        What was read as something else than it was written, each as ``written→read``.
    radius_m
        Metres around ``position`` within which all lies that may be meant; 0 for one spot.
    """

    position: LonLat
    found_by: FoundBy
    confidence: float
    label: str
    premises: str | None = None
    snap: Snap | None = None
    ignored: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    radius_m: float = 0.0


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
