"""What people decide about tickets and incidents, and how to take it back."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import Field

from mainbreak.server.api.models.base import MOST_IDS, Body, Id, View
from mainbreak.server.api.models.incidents import IncidentItem
from operations.calling.by_hand import Undo, Verb


class IntoBody(Body):
    """The incident that takes the tickets of another."""

    into: Id


class SomeTicketsBody(Body):
    """The tickets that are about something else."""

    tickets: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MOST_IDS)]


class AttachBody(Body):
    """The incident that a ticket belongs to."""

    incident: Id


class StillOutBody(Body):
    """The ticket whose caller was called back and has no water still."""

    ticket: Id


class UndoView(View):
    """The request that takes a decision back."""

    method: Literal["POST"]
    path: str
    body: dict[str, str]


class DecisionView(View):
    """What became of a decision.

    ``incident`` is where the tickets are now, null if they have no place and wait for one;
    ``other`` the incident they left. ``changed`` is false if all was so already. ``undo`` is null
    where nothing is to be taken back.
    """

    incident: IncidentItem | None
    other: IncidentItem | None
    changed: bool
    undo: UndoView | None


def undo_view(undo: Undo | None) -> UndoView | None:
    """Return the request that takes a decision back, None for none."""
    if undo is None:
        return None
    about = "tickets" if undo.verb in {Verb.ATTACH, Verb.DETACH} else "incidents"
    body = {
        Verb.ATTACH: {"incident": undo.other or ""},
        Verb.MERGE: {"into": undo.other or ""},
    }.get(undo.verb, {})
    subject = quote(undo.subject, safe="")
    return UndoView(method="POST", path=f"/api/{about}/{subject}/{undo.verb}", body=body)
