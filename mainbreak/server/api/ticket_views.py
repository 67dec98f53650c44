"""Tickets as one reader sees them: found, put in order, masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property

from domain.errors import BadInput
from domain.incidents import Incident
from domain.states import ENDED, IncidentState
from domain.tickets import Ticket
from domain.users import Role
from mainbreak.server.api.lookup import item_of
from mainbreak.server.api.models.candidates import CandidateView
from mainbreak.server.api.models.tickets import (
    TakenView,
    TicketFilter,
    TicketPage,
    TicketView,
    ticket_view,
)
from mainbreak.server.paging import ordered
from operations.take_call import Taken
from storage import UnitOfWork

#: Who calls back: these roles see a caller's phone and account, one ticket at a time.
_SEES_CALLERS = frozenset({Role.AGENT, Role.DISPATCHER})


class Desktop:
    """The tickets of one unit of work, for a reader of one role."""

    def __init__(self, work: UnitOfWork, role: Role) -> None:
        self._work, self._role = work, role

    @cached_property
    def _incident_of(self) -> dict[str, str]:
        """Each ticket's incident; of several the one that is going on, never one merged away."""
        known = sorted(self._work.incidents.all(), key=_by_importance)
        return {ticket: one.id for one in known for ticket in one.tickets}

    def tickets(
        self, state: TicketFilter, *, unplaced: bool = False, incident: str | None = None
    ) -> list[Ticket]:
        """Return the tickets in this state, without a place or of an incident if so asked."""
        found = self._in_state(state)
        if incident is not None:
            found = [one for one in found if self._incident_of.get(one.id) == incident]
        if unplaced:
            placed = self._work.tickets.placed([one.id for one in found])
            found = [one for one in found if one.id not in placed]
        return found

    def _in_state(self, state: TicketFilter) -> list[Ticket]:
        if state in {"all", "closed"}:
            found = self._work.tickets.all()
        else:
            found = self._work.tickets.active()
        return [one for one in found if state in {"all", "active", one.state.value}]

    def page(self, found: Sequence[Ticket], after: str | None, limit: int) -> TicketPage:
        """Return a page of tickets, newest first, masked.

        Raises
        ------
        BadInput
            If there is no ticket ``after``.
        """
        last = None if after is None else self._work.tickets.find(after)
        if after is not None and last is None:
            raise BadInput(f"after: there is no ticket {after!r}. Begin again without it.")
        shown, cursor = ordered(found, last, limit, _newest)
        return TicketPage(items=self.masked(shown), next=cursor)

    def masked(self, tickets: Iterable[Ticket]) -> list[TicketView]:
        """Return tickets as lists show them."""
        given = list(tickets)
        placed = self._work.tickets.placed([one.id for one in given])
        return [
            ticket_view(one, placed.get(one.id), self._incident_of.get(one.id)) for one in given
        ]

    def full(self, ticket: Ticket) -> TicketView:
        """Return a ticket with all that the reader's role may see."""
        located = self._work.tickets.placed([ticket.id]).get(ticket.id)
        full = self._role in _SEES_CALLERS
        return ticket_view(ticket, located, self._incident_of.get(ticket.id), full=full)

    def taken(self, taken: Taken) -> TakenView:
        """Return what became of a call."""
        incident = taken.incident
        return TakenView(
            ticket=self.full(taken.ticket),
            candidates=[CandidateView.of(one) for one in taken.candidates],
            incident=item_of(self._work, incident) if incident else None,
            opened=taken.opened,
            repeated=taken.repeated,
        )


def _by_importance(one: Incident) -> int:
    """Return 0 for an incident whose tickets are in another, 1 for one that is over, else 2."""
    if one.state is IncidentState.MERGED:
        return 0
    return 1 if one.state in ENDED[IncidentState] else 2


def _newest(one: Ticket) -> tuple[datetime, str]:
    return one.received_at, one.id
