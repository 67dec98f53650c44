"""What each role sees of the event log."""

from __future__ import annotations

from domain.events import Event
from domain.users import Role
from mainbreak.server.access import Caller
from operations.showing.public_outages import public_id

#: Who logs in and who looked up whom: for those who answer for it.
_ABOUT_PEOPLE = ("user.", "session.", "customer.", "ticket.read")

_SEES_PEOPLE = frozenset({Role.MANAGER, Role.ADMIN})
_SEES_ACTOR = frozenset({Role.DISPATCHER, Role.MANAGER, Role.ADMIN})
_OF_A_CREW = ("visit.", "report.", "arrival.")


def shown_to(caller: Caller, event: Event) -> dict[str, object] | None:
    """Return the event as this caller sees it, None if it is not for them.

    The public sees that an outage changed, under its public id, and no more; a crew that, that
    a closure did, the plan, and what is about itself; who did it is for dispatchers, managers and
    administrators.
    """
    if caller.role is Role.PUBLIC:
        return _to_public(event) if event.kind.startswith("outage.") else None
    if caller.role is Role.CREW:
        return _to_crew(caller, event)
    if event.kind.startswith(_ABOUT_PEOPLE) and caller.role not in _SEES_PEOPLE:
        return None
    shown = _bare(event) | {"payload": event.payload}
    return shown | {"actor": event.actor} if caller.role in _SEES_ACTOR else shown


def _to_public(event: Event) -> dict[str, object]:
    return _bare(event) | {"subject": public_id(event.subject)}


def _to_crew(caller: Caller, event: Event) -> dict[str, object] | None:
    if event.kind.startswith(("outage.", "closure.")):
        return _bare(event)
    own = event.kind.startswith(_OF_A_CREW) and event.payload.get("crew") == caller.crew
    if own or event.kind.startswith("plan."):
        return _bare(event) | {"payload": event.payload}
    return None


def _bare(event: Event) -> dict[str, object]:
    return {
        "at": event.at.isoformat(),
        "kind": event.kind,
        "subject": event.subject,
        "payload": {},
    }
