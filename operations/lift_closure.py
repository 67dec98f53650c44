"""Open what a closure closed; taken back, it stands again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.closures import Closure
from domain.errors import BadInput
from storage import UnitOfWork


def lift_closure(work: UnitOfWork, closure: str, who: str, now: datetime) -> Closure:
    """Return the closure lifted; its streets can be driven from the next answer on.

    Raises
    ------
    UnknownId
        If there is none of this id.
    BadInput
        If it was lifted before.
    """
    one = work.closures.get(closure)
    if one.lifted_at is not None:
        raise BadInput(f"{closure} was lifted already by {one.lifted_by}. Load the list again.")
    lifted = replace(one, lifted_by=who, lifted_at=now)
    work.closures.replace(lifted, "closure.lifted")
    return lifted


def restore_closure(work: UnitOfWork, closure: str) -> Closure:
    """Return the closure standing again, as it was before it was lifted.

    Raises
    ------
    UnknownId
        If there is none of this id.
    BadInput
        If nobody lifted it.
    """
    one = work.closures.get(closure)
    if one.lifted_at is None:
        raise BadInput(f"{closure} was not lifted; it stands. Load the list again.")
    standing = replace(one, lifted_by=None, lifted_at=None)
    work.closures.replace(standing, "closure.restored")
    return standing
