"""What a version of the plan does otherwise than the one before: one change a work order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from domain.plans import Change, ChangeKind, Plan, Visit
from domain.sentences import Sentence
from domain.states import WorkOrderState
from storage import UnitOfWork

#: A time that moved by less is no news: nobody is told, nothing is stored.
#: Source: mainbreak default.
NEWS = timedelta(minutes=5)


class Moved(NamedTuple):
    """What became of a work order: how it was planned and how it is; None where in no route."""

    work_order: str
    kind: ChangeKind
    before: Visit | None
    after: Visit | None

    @property
    def later_s(self) -> int:
        """How much later it begins, negative if sooner; 0 where it did not stand in both."""
        if self.before is None or self.after is None:
            return 0
        return round((self.after.start - self.before.start).total_seconds())

    def because(self, cause: Sentence) -> Change:
        """Return it as a change with its cause."""
        return Change(
            work_order=self.work_order,
            kind=self.kind,
            crew_before=self.before.crew if self.before else "",
            crew=self.after.crew if self.after else "",
            later_s=self.later_s,
            cause=cause,
        )


def moves(
    before: Plan | None, after: Plan, left: Collection[str], done: Collection[str]
) -> list[Moved]:
    """Return what changed, in the order of the new plan; what is gone or unassigned comes last.

    ``left`` are work orders that a crew left half done, ``done`` those that are finished: these
    leave a plan without being a change.
    """
    old, new = visits_of(before), visits_of(after)
    open_before = {one.work_order for one in before.unassigned} if before else set()
    open_now = [one.work_order for one in after.unassigned]
    return [
        *_planned(old, new, left),
        *_open(old, open_before, open_now, left),
        *_gone(old, new, {*open_now, *done}),
    ]


def finished(work: UnitOfWork, work_orders: Iterable[str]) -> frozenset[str]:
    """Return those of the work orders that are done."""
    known = work.work_orders.some(list(work_orders))
    return frozenset(one for one, order in known.items() if order.state is WorkOrderState.DONE)


def is_retimed(before: Visit, after: Visit) -> bool:
    """Return True if the visit arrives, begins or ends so much sooner or later that it is news."""
    gaps = (after.eta - before.eta, after.start - before.start, after.end - before.end)
    return any(abs(gap) >= NEWS for gap in gaps)


def visits_of(plan: Plan | None) -> dict[str, Visit]:
    """Return a plan's visits by work order, empty without a plan."""
    routes = plan.routes if plan else ()
    return {visit.work_order: visit for route in routes for visit in route.visits}


def _planned(
    old: dict[str, Visit], new: dict[str, Visit], left: Collection[str]
) -> Iterator[Moved]:
    for order, visit in sorted(new.items(), key=lambda one: (one[1].start, one[0])):
        was = old.get(order)
        if order in left:
            yield Moved(order, ChangeKind.DIVERTED, was, visit)
        elif was is None:
            yield Moved(order, ChangeKind.ADDED, None, visit)
        elif was.crew != visit.crew:
            yield Moved(order, ChangeKind.MOVED, was, visit)
        elif is_retimed(was, visit):
            yield Moved(order, ChangeKind.RETIMED, was, visit)


def _open(
    old: dict[str, Visit], open_before: set[str], open_now: list[str], left: Collection[str]
) -> Iterator[Moved]:
    for order in sorted(open_now):
        if order in old:
            kind = ChangeKind.DIVERTED if order in left else ChangeKind.TAKEN_OUT
            yield Moved(order, kind, old[order], None)
        elif order not in open_before:
            yield Moved(order, ChangeKind.TAKEN_OUT, None, None)


def _gone(old: dict[str, Visit], new: dict[str, Visit], known: set[str]) -> Iterator[Moved]:
    for order in sorted(old.keys() - new.keys() - known):
        yield Moved(order, ChangeKind.DROPPED, old[order], None)
