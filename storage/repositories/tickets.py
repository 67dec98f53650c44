"""Tickets as they came in, and where they were found to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert

from domain.states import TicketState
from domain.tickets import Candidate, LocatedTicket, Snap, Ticket
from domain.words import Priority, Symptom
from storage import tables
from storage.event_log import EventLog, Happening
from storage.repositories.lives import LifeRepository, Telling, chunks
from storage.rows import Rows, fields_of

_FIELDS = tuple(tables.ticket_place.c.keys())
_SNAP_FROM = _FIELDS.index("snap_link")


class _Found(NamedTuple):
    """What was decided about a ticket: one row of ``ticket_place``."""

    ticket: str
    symptom: Symptom
    priority: Priority
    place: Candidate


def _found(*cells: Any) -> _Found:
    ticket, symptom, priority, *said, ignored, corrections, radius_m = cells[:_SNAP_FROM]
    snap = cells[_SNAP_FROM:]
    on_pipe = Snap(*snap) if snap[0] is not None else None
    place = (*said, on_pipe, ignored, corrections or (), radius_m)
    return _Found(ticket, symptom, priority, Candidate(*place))


def _cells(one: _Found) -> tuple[Any, ...]:
    at, snap = one.place, one.place.snap
    on_pipe = [getattr(snap, name, None) for name in fields_of(Snap)]
    said = (at.position, at.found_by, at.confidence, at.label, at.premises, at.ignored)
    read = (at.corrections, at.radius_m)
    return (one.ticket, one.symptom, one.priority, *said, *read, *on_pipe)


def _placed(ticket: Ticket, found: _Found) -> LocatedTicket:
    return LocatedTicket(ticket, found.place, found.symptom, found.priority)


TICKETS = Rows(tables.ticket, Ticket)
_PLACES = Rows(tables.ticket_place, _found, fields=_FIELDS, take=_cells)


class TicketRepository(LifeRepository[Ticket]):
    """Tickets; a located one is stored with its place, symptom and priority."""

    def __init__(self, connection: Connection, events: EventLog) -> None:
        told: Telling[Ticket] = Telling("ticket", "received", TicketState, order="received_at")
        super().__init__(connection, events, TICKETS, told)

    def save(self, values: Iterable[Ticket | LocatedTicket]) -> None:
        """Store tickets, located or not; appends ``ticket.located`` where a place is new.

        Raises
        ------
        IllegalMove
            If a known ticket's state may not be followed by the new one.
        """
        given = list(values)
        super().save(one.ticket if isinstance(one, LocatedTicket) else one for one in given)
        self._place([one for one in given if isinstance(one, LocatedTicket)])

    def located(self) -> tuple[LocatedTicket, ...]:
        """Return the tickets that have a place, first received first."""
        rows = self._connection.execute(_PLACES.select()).all()
        found = {one.ticket: one for one in _PLACES.load(rows)}
        return tuple(_placed(one, found[one.id]) for one in self.all() if one.id in found)

    def open_located(self) -> tuple[LocatedTicket, ...]:
        """Return the tickets that have a place and are not closed, first received first."""
        active = self.active()
        found = self._known_places([one.id for one in active])
        return tuple(_placed(one, found[one.id]) for one in active if one.id in found)

    def placed(self, ids: Sequence[str]) -> dict[str, LocatedTicket]:
        """Return those of these tickets that have a place, by id."""
        tickets, found = self._known(ids), self._known_places(ids)
        return {one: _placed(tickets[one], found[one]) for one in ids if one in found}

    def _place(self, located: Sequence[LocatedTicket]) -> None:
        known = self._known_places([one.id for one in located])
        decided = [_Found(one.id, one.symptom, one.priority, one.place) for one in located]
        new = [one for one in decided if known.get(one.ticket) != one]
        for some in chunks([one.ticket for one in new]):
            table = tables.ticket_place
            self._connection.execute(delete(table).where(table.c.ticket.in_(some)))
        if new:
            self._connection.execute(insert(tables.ticket_place), _PLACES.dump(new))
        self._events.append_all(_located(one) for one in new)

    def _known_places(self, ids: Sequence[str]) -> dict[str, _Found]:
        found: dict[str, _Found] = {}
        for some in chunks(ids):
            query = _PLACES.select().where(tables.ticket_place.c.ticket.in_(some))
            places = _PLACES.load(self._connection.execute(query).all())
            found |= {one.ticket: one for one in places}
        return found


def _located(one: _Found) -> Happening:
    pipe = one.place.snap.link if one.place.snap else None
    return "ticket.located", one.ticket, {"pipe": pipe, "found_by": one.place.found_by.value}
