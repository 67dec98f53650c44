"""Who counts as one caller: a household, however often it calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.phones import own_line
from domain.tickets import LocatedTicket, Ticket


def households(tickets: Iterable[Ticket], located: Mapping[str, LocatedTicket]) -> dict[str, str]:
    """Return for each ticket's id whose it is; two of one household have the same.

    A ticket belongs to its premises. One without premises belongs to those that called with the
    same number, else to the number, else (a shared number such as 12345's, or none) to itself.

    Parameters
    ----------
    located
        Those of the tickets that have a place, by id.
    """
    known = tuple(tickets)
    premises = {one.id: _premises(one, located) for one in known}
    callers: dict[str, str] = {}
    for one in known:
        number, at = own_line(one.phone), premises[one.id]
        if number and at:
            callers.setdefault(number, at)
    return {one.id: premises[one.id] or _by_number(one, callers) for one in known}


def _premises(ticket: Ticket, located: Mapping[str, LocatedTicket]) -> str:
    found = located.get(ticket.id)
    named = found.place.premises if found else None
    return f"premises {named}" if named else ""


def _by_number(ticket: Ticket, callers: Mapping[str, str]) -> str:
    number = own_line(ticket.phone)
    return callers.get(number) or (f"phone {number}" if number else f"ticket {ticket.id}")
