"""When many calls about one incident make it a collective one: major, and the manager is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.households import households
from domain.symptoms import symptom_of
from domain.tickets import LocatedTicket, Ticket
from domain.words import Channel
from domain.work import BURST_FAMILY

#: So many households make an incident collective.
#: Source: field-standards.md 3.2, "≥5 customers = collective"; a customer is a household here.
COLLECTIVE_HOUSEHOLDS = 5

#: They must have called within this time of each other, both ends inclusive.
#: Source: field-standards.md 3.2 groups calls within 60 minutes.
COLLECTIVE_WINDOW = timedelta(minutes=60)


#: These are no customers.
_OUR_OWN = frozenset({Channel.CREW, Channel.SCADA})


@dataclass(frozen=True, slots=True)
class Heard:
    """That a household has called, and when (aware)."""

    at: datetime
    household: str


def collective_since(calls: Iterable[Heard]) -> datetime | None:
    """Return when the fifth household called within 60 minutes, None if that never happened.

    The window may lie anywhere; the first that holds five counts. A household that calls again is
    still one household.

    Source: field-standards.md 3.2.
    """
    ordered = sorted(calls, key=lambda one: one.at)
    first = 0
    for last, one in enumerate(ordered):
        while one.at - ordered[first].at > COLLECTIVE_WINDOW:
            first += 1
        callers = {each.household for each in ordered[first : last + 1]}
        if len(callers) >= COLLECTIVE_HOUSEHOLDS:
            return one.at
    return None


def heard(tickets: Iterable[Ticket], located: Mapping[str, LocatedTicket]) -> tuple[Heard, ...]:
    """Return the calls among tickets that count: customers' own, about what one burst explains.

    Parameters
    ----------
    located
        Those of the tickets that have a place, by id.
    """
    known = tuple(tickets)
    whose = households(known, located)
    return tuple(
        Heard(one.received_at, whose[one.id])
        for one in known
        if one.channel not in _OUR_OWN and _symptom(one, located) in BURST_FAMILY
    )


def _symptom(ticket: Ticket, located: Mapping[str, LocatedTicket]) -> object:
    if ticket.id in located:
        return located[ticket.id].symptom
    return ticket.symptom or symptom_of(ticket.text)
