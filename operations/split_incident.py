"""Split tickets out of an incident: they are about something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.errors import BadInput
from domain.incidents import Incident
from operations.calling.attach import chosen_incident
from operations.calling.by_hand import (
    Decision,
    Undo,
    Verb,
    arrive,
    check_may_leave,
    leave,
    split_before,
    tell_moved,
)
from operations.ground import Ground
from operations.open_incident import open_behind
from storage import UnitOfWork


def split_incident(
    work: UnitOfWork, ground: Ground, incident_id: str, tickets: Sequence[str], now: datetime
) -> Decision:
    """Return the new incident of these tickets; appends ``incident.split``.

    What was split stays so: asking again changes nothing.

    Raises
    ------
    UnknownId
        If there is no such incident.
    BadInput
        If it has ended, has not all of these tickets, or if on either side none has a place.
    """
    whole = work.incidents.get(incident_id)
    done = split_before(work, whole, tickets)
    if done is not None:
        return Decision(done, whole, Undo(Verb.MERGE, done.id, whole.id), changed=False)
    whole = chosen_incident(work, incident_id)
    _check(work, whole, tickets)
    wanted = tuple(one for one in whole.tickets if one in tickets)
    new, rest = split_off(work, ground, whole, wanted, now)
    tell_moved(work, wanted, new, rest)
    return Decision(new, rest, Undo(Verb.MERGE, new.id, rest.id))


def split_off(
    work: UnitOfWork, ground: Ground, whole: Incident, tickets: Sequence[str], now: datetime
) -> tuple[Incident, Incident]:
    """Return the new incident of these tickets, and the old one without them."""
    check_may_leave(work, whole, tickets)
    rest = leave(work, ground, whole, tickets, now)
    placed = work.tickets.placed(tickets)
    new = open_behind(work, ground, tuple(placed.values()))
    payload: dict[str, object] = {"into": new.id, "tickets": list(tickets)}
    work.events.append("incident.split", whole.id, payload)
    if unplaced := [one for one in tickets if one not in placed]:
        new = arrive(work, ground, new, unplaced, now)
    return new, rest


def _check(work: UnitOfWork, whole: Incident, tickets: Sequence[str]) -> None:
    strange = [one for one in tickets if one not in whole.tickets]
    if strange or not tickets:
        named = f"{', '.join(strange)} not" if strange else "none"
        raise BadInput(f"tickets: {named} of incident {whole.id}. Name some of its tickets.")
    if set(tickets) == set(whole.tickets):
        raise BadInput(f"tickets: these are all of incident {whole.id}. Leave some in it.")
    if not work.tickets.placed(tickets):
        raise BadInput("tickets: none of them has a place. Place one of them first.")
