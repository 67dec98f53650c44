"""The states of everything that has a life, and which state may follow which.

``move(before, after)`` is the only way to change a state; docs/states.md draws the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar, cast

from domain.errors import IllegalMove


class TicketState(StrEnum):
    """A ticket; a crew's "done" verifies nothing, the centre does (销账)."""

    OPEN = "open"
    VERIFIED = "verified"
    CLOSED = "closed"
    REOPENED = "reopened"


class IncidentState(StrEnum):
    """One problem in the field."""

    SUSPECTED = "suspected"
    CONFIRMED = "confirmed"
    RESOLVED = "resolved"
    CLOSED = "closed"
    MERGED = "merged"
    DISMISSED = "dismissed"


class OutageState(StrEnum):
    """Supply interrupted or pressure lowered for identified premises."""

    DRAFT = "draft"
    APPROVED = "approved"
    ANNOUNCED = "announced"
    PREDICTED = "predicted"
    IN_EFFECT = "in_effect"
    PARTLY_RESTORED = "partly_restored"
    RESTORED = "restored"
    CANCELLED = "cancelled"


class WorkOrderState(StrEnum):
    """Authorised work; waiting is for another order, a part or utility locates."""

    WAITING = "waiting"
    READY = "ready"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"


class VisitState(StrEnum):
    """One crew at one place for one work order."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    PAUSED = "paused"
    FIELD_COMPLETE = "field_complete"
    DECLINED = "declined"
    CANNOT_COMPLETE = "cannot_complete"
    CANCELLED = "cancelled"


S = TypeVar("S", bound=StrEnum)
T, I, O, W, V = TicketState, IncidentState, OutageState, WorkOrderState, VisitState  # noqa: E741

_TICKET = {
    T.OPEN: (T.VERIFIED,),
    T.VERIFIED: (T.CLOSED, T.REOPENED),
    T.CLOSED: (T.REOPENED,),
    T.REOPENED: (T.VERIFIED,),
}
_INCIDENT = {
    I.SUSPECTED: (I.CONFIRMED, I.MERGED, I.DISMISSED),
    I.CONFIRMED: (I.RESOLVED, I.MERGED, I.DISMISSED),
    I.RESOLVED: (I.CLOSED, I.CONFIRMED),
    I.CLOSED: (),
    I.MERGED: (I.SUSPECTED,),
    I.DISMISSED: (I.SUSPECTED,),
}
_OUTAGE = {
    O.DRAFT: (O.APPROVED, O.CANCELLED),
    O.APPROVED: (O.ANNOUNCED, O.CANCELLED),
    O.ANNOUNCED: (O.IN_EFFECT, O.CANCELLED),
    O.PREDICTED: (O.IN_EFFECT, O.CANCELLED),
    O.IN_EFFECT: (O.PARTLY_RESTORED, O.RESTORED),
    O.PARTLY_RESTORED: (O.RESTORED, O.IN_EFFECT),
    O.RESTORED: (O.PARTLY_RESTORED,),  # a late report may say that somebody is dry after all
    O.CANCELLED: (),
}
_WORK_ORDER = {
    W.WAITING: (W.READY, W.CANCELLED),
    W.READY: (W.ASSIGNED, W.WAITING, W.CANCELLED),
    W.ASSIGNED: (W.IN_PROGRESS, W.READY, W.WAITING, W.CANCELLED),
    W.IN_PROGRESS: (W.DONE, W.READY, W.WAITING),
    W.DONE: (),
    W.CANCELLED: (),
}
_VISIT = {
    V.ASSIGNED: (V.ACCEPTED, V.EN_ROUTE, V.DECLINED, V.CANCELLED),
    V.ACCEPTED: (V.EN_ROUTE, V.DECLINED, V.CANNOT_COMPLETE, V.CANCELLED),
    V.EN_ROUTE: (V.ON_SITE, V.ACCEPTED, V.CANNOT_COMPLETE, V.CANCELLED),
    V.ON_SITE: (V.PAUSED, V.FIELD_COMPLETE, V.CANNOT_COMPLETE, V.CANCELLED),
    V.PAUSED: (V.ON_SITE, V.CANNOT_COMPLETE, V.CANCELLED),
    V.FIELD_COMPLETE: (),
    V.DECLINED: (),
    V.CANNOT_COMPLETE: (),
    V.CANCELLED: (),
}

#: One table a kind: "assigned" is a state of two kinds, and equal as text.
_MOVES: dict[type[StrEnum], Mapping[Any, tuple[StrEnum, ...]]] = {
    T: _TICKET,
    I: _INCIDENT,
    O: _OUTAGE,
    W: _WORK_ORDER,
    V: _VISIT,
}


#: The states in which a thing asks for nothing any more; some can still be left again.
ENDED: dict[type[StrEnum], frozenset[Any]] = {
    T: frozenset({T.CLOSED}),
    I: frozenset({I.CLOSED, I.MERGED, I.DISMISSED}),
    O: frozenset({O.RESTORED, O.CANCELLED}),
    W: frozenset({W.DONE, W.CANCELLED}),
    V: frozenset({V.FIELD_COMPLETE, V.DECLINED, V.CANNOT_COMPLETE, V.CANCELLED}),
}


_NOUNS: dict[type[StrEnum], str] = {
    T: "ticket",
    I: "incident",
    O: "outage",
    W: "work order",
    V: "visit",
}


def moves_from(state: S) -> tuple[S, ...]:
    """Return the states of the same kind that may follow this one."""
    return cast(tuple[S, ...], _MOVES[type(state)][state])


def move(before: S, after: S) -> S:
    """Return ``after`` if it may follow ``before``.

    Raises
    ------
    IllegalMove
        If it may not; the text names what may.
    """
    allowed = moves_from(before)
    if type(after) is not type(before) or after not in allowed:
        raise IllegalMove(_NOUNS[type(before)], before, after, tuple(allowed))
    return after
