"""Numbers for new closures: they go up, and none is given twice."""

from __future__ import annotations

from storage import UnitOfWork


def new_closure_id(work: UnitOfWork) -> str:
    """Return the id of a new closure, such as K-12."""
    return f"K-{work.numbers.next('closure')}"
