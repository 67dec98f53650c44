"""Close or slow streets: an area, a line, a street between two crossings; the next answer obeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.closed_streets import ClosedStreets
from domain.closures import Closure, ClosureReason
from domain.errors import BadInput, UnknownId
from operations.closures.meant import Where, meant
from operations.closures.numbering import new_closure_id
from operations.closures.terms import check_terms
from operations.closures.touched import closed_streets, named
from operations.ground import Ground
from storage import UnitOfWork

#: The id of a closure that is only looked at.
_NOT_KEPT = "K-0"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A closure as somebody wants it.

    Attributes
    ----------
    since
        None is now.
    until
        None is until somebody lifts it.
    street
        What people call it; empty takes the names of the streets it touches.
    client_id
        The client's own id, so that sending it again makes no second one; may be empty.
    """

    where: Where
    reason: ClosureReason
    since: datetime | None = None
    until: datetime | None = None
    factor: float = 0.0
    entry: bool = True
    street: str = ""
    note: str = ""
    incident: str | None = None
    client_id: str = ""


def close_street(
    work: UnitOfWork, ground: Ground, wanted: Wanted, who: str, now: datetime
) -> tuple[ClosedStreets, bool]:
    """Return the closure with what it touches, and whether it is new.

    It counts from the next answer after the commit on.

    Raises
    ------
    UnknownId
        If its incident is not there.
    NothingImported
        If there are no streets.
    BadInput
        If its shape cannot be one or touches no street, its times or its factor make no sense, or
        ``client_id`` made another one, or something else.
    """
    if wanted.client_id:
        known = work.requests.subject_of(wanted.client_id)
        if known is not None:
            return closed_streets(ground.streets, _same(work, ground, known, wanted)), False
    one = _closure(ground, wanted, new_closure_id(work), who, now)
    if wanted.incident is not None:
        work.incidents.get(wanted.incident)
    work.closures.add(one)
    if wanted.client_id:
        work.requests.remember(wanted.client_id, one.id)
    return closed_streets(ground.streets, one), True


def preview_closure(ground: Ground, wanted: Wanted, who: str, now: datetime) -> ClosedStreets:
    """Return what the closure would touch; stores nothing and raises as ``close_street`` does."""
    return closed_streets(ground.streets, _closure(ground, wanted, _NOT_KEPT, who, now))


def _closure(ground: Ground, wanted: Wanted, name: str, who: str, now: datetime) -> Closure:
    found = meant(ground.streets, wanted.where)
    one = Closure(
        id=name,
        shape=found.shape,
        places=found.places,
        since=wanted.since or now,
        until=wanted.until,
        reason=wanted.reason,
        made_by=who,
        made_at=now,
        factor=wanted.factor,
        entry=wanted.entry,
        street=wanted.street.strip() or found.street,
        note=wanted.note.strip(),
        incident=wanted.incident,
    )
    check_terms(one, now)
    return named(ground.streets, one)


def _same(work: UnitOfWork, ground: Ground, known: str, wanted: Wanted) -> Closure:
    """Return what the client's id made, if that is what is wanted now.

    Other streets are another closure: it is not taken for the first one, which would leave them
    open.
    """
    try:
        one = work.closures.get(known)
    except UnknownId as error:
        raise BadInput(f"client_id: it made {known} already. Send a new id.") from error
    found = meant(ground.streets, wanted.where)
    if _asked(one) != (found.shape, found.places, *_terms(wanted)):
        raise BadInput(f"client_id: it made closure {known} already. Send a new id.")
    return one


def _asked(one: Closure) -> tuple[object, ...]:
    return one.shape, one.places, *_terms(one)


def _terms(one: Closure | Wanted) -> tuple[object, ...]:
    return one.reason, one.factor, one.entry, one.incident
