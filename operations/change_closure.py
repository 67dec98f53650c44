"""Change a standing closure: how long, how slow, who may enter, where; or confirm it as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from domain.closed_streets import ClosedStreets
from domain.closures import Closure, ClosureReason
from domain.errors import BadInput
from operations.closures.meant import Where, meant
from operations.closures.reported_by import unconfirmed
from operations.closures.terms import check_terms
from operations.closures.touched import closed_streets, named
from operations.ground import Ground
from storage import UnitOfWork


class Stays(Enum):
    """Stands where a value that may be None stays what it was."""

    AS_IT_WAS = "as it was"


@dataclass(frozen=True, slots=True)
class Changes:
    """What becomes different; None is as it was, but for ``until``, where it is until lifted.

    ``street`` is what people call it; empty takes the names of the streets it touches.
    """

    where: Where | None = None
    until: datetime | Stays | None = Stays.AS_IT_WAS
    reason: ClosureReason | None = None
    factor: float | None = None
    entry: bool | None = None
    note: str | None = None
    street: str | None = None


def change_closure(
    work: UnitOfWork, ground: Ground, closure: str, changes: Changes, now: datetime
) -> ClosedStreets:
    """Return the closure changed, with what it touches now; a reported one counts as confirmed.

    So it does where the values are those it had: somebody has looked at it. No values change
    nothing.

    Raises
    ------
    UnknownId
        If there is none of this id.
    BadInput
        If it was lifted, or as ``close_street`` does.
    """
    one = _standing(work, closure)
    changed = _with_terms(one, changes)
    if changes.until is not Stays.AS_IT_WAS or changes.factor is not None:
        check_terms(changed, now)
    if changes.where is not None:
        changed = _moved(ground, changed, changes.where)
    if changes.street is not None:
        changed = _renamed(ground, changed, changes.street.strip())
    if changed != one:
        work.closures.replace(changed)
    elif changes != Changes() and unconfirmed(work, [one]):
        confirm_closure(work, closure)
    return closed_streets(ground.streets, changed)


def confirm_closure(work: UnitOfWork, closure: str) -> Closure:
    """Return the closure: a dispatcher has looked at it and lets it stand.

    Raises
    ------
    UnknownId
        If there is none of this id.
    BadInput
        If it was lifted.
    """
    one = _standing(work, closure)
    work.closures.replace(one, "closure.confirmed")
    return one


def _standing(work: UnitOfWork, closure: str) -> Closure:
    one = work.closures.get(closure)
    if one.lifted_at is not None:
        raise BadInput(f"{closure} was lifted by {one.lifted_by}. Restore it first.")
    return one


def _with_terms(one: Closure, changes: Changes) -> Closure:
    return replace(
        one,
        until=one.until if isinstance(changes.until, Stays) else changes.until,
        reason=changes.reason or one.reason,
        factor=one.factor if changes.factor is None else changes.factor,
        entry=one.entry if changes.entry is None else changes.entry,
        note=one.note if changes.note is None else changes.note.strip(),
    )


def _moved(ground: Ground, one: Closure, where: Where) -> Closure:
    """Return the closure over other streets, under their names."""
    found = meant(ground.streets, where)
    moved = replace(one, shape=found.shape, places=found.places, street=found.street)
    return named(ground.streets, moved)


def _renamed(ground: Ground, one: Closure, street: str) -> Closure:
    """Return the closure under another name; an empty one is that of its streets, if any are."""
    renamed = replace(one, street=street)
    return renamed if street or ground.streets is None else named(ground.streets, renamed)
