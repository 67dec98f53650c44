"""What becomes of the visits when a plan is stored: which end, which get new times, which are new.

What happened while the plan was being made wins over the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.incidents import WorkOrder
from domain.plans import Visit
from domain.states import IncidentState, VisitState
from domain.visits import TrackedVisit
from operations.incidents.moving import in_state
from operations.replanning.plan_around import Proposal
from operations.replanning.refusals import refusals
from operations.replanning.roster import Roster
from storage import UnitOfWork


@dataclass(frozen=True)
class Fresh:
    """What the database says now, after the search.

    Attributes
    ----------
    crews
        Ids of those on the list, in its order.
    visits, orders
        Those that have not ended.
    open
        Ids of the orders that still want doing: their incident is not resolved either.
    refused
        As ``refusals`` of the proposal's orders.
    """

    crews: tuple[str, ...]
    roster: Roster
    visits: tuple[TrackedVisit, ...]
    orders: Mapping[str, WorkOrder]
    open: frozenset[str]
    refused: frozenset[tuple[str, str]]

    @classmethod
    def read(cls, work: UnitOfWork, proposal: Proposal, now: datetime) -> Fresh:
        """Return it as this unit of work sees it."""
        incidents = work.incidents.active()
        alive = {one.id for one in incidents if one.state is not IncidentState.RESOLVED}
        orders = {order.id: order for order in work.work_orders.active()}
        return cls(
            crews=tuple(crew.id for crew in work.crews.all()),
            roster=Roster.read(work, now),
            visits=work.visits.active(),
            orders=orders,
            open=frozenset(one.id for one in orders.values() if one.incident in alive),
            refused=refusals(work, [order.id for order in proposal.orders]),
        )


@dataclass
class VisitChanges:
    """The visits that end, those with new times, those that are made; the last have no ids yet.

    ``left`` are those of the ended that a crew had begun, by work order, with the visit that it
    makes instead.
    """

    ended: list[TrackedVisit] = field(default_factory=list)
    retimed: list[TrackedVisit] = field(default_factory=list)
    made: list[TrackedVisit] = field(default_factory=list)
    left: dict[str, tuple[TrackedVisit, Visit]] = field(default_factory=dict)

    @property
    def live(self) -> list[TrackedVisit]:
        """The visits that count from now on."""
        return [*self.retimed, *self.made]


def visit_changes(fresh: Fresh, proposal: Proposal) -> VisitChanges:
    """Return what becomes of the visits; ended ones are in their last state."""
    return _Sorting(fresh, proposal).done()


class _Sorting:
    def __init__(self, fresh: Fresh, proposal: Proposal) -> None:
        self._fresh, self._proposal = fresh, proposal
        self._solved = {one.work_order: one for one in _still_wanted(fresh, proposal)}
        self._for = {one.interrupts: one for one in self._solved.values() if one.interrupts}
        self._known = {one.id: one for one in proposal.task.day.visits}
        self._timed = {one.id: one.planned for one in proposal.stays}
        self._planned = {order.id for order in proposal.orders}
        self._changes = VisitChanges()

    def done(self) -> VisitChanges:
        changes = self._changes
        for visit in self._fresh.visits:
            self._sort(visit)
        changes.made += [TrackedVisit("", one) for one in self._solved.values()]
        changes.retimed = [self._without_stale_interruption(one) for one in changes.retimed]
        changes.made = [self._without_stale_interruption(one) for one in changes.made]
        return changes

    def _sort(self, visit: TrackedVisit) -> None:
        fresh, changes, order = self._fresh, self._changes, visit.work_order
        new = self._solved.get(order)
        wanted = order in fresh.open and visit.crew in fresh.crews
        same, kept = visit == self._known.get(visit.id), fresh.roster.keeps(visit)
        if not visit.has_started and not wanted:
            changes.ended.append(in_state(visit, VisitState.CANCELLED))
        elif kept and not same:
            # It began, or was pinned, while the plan was made: its times are the next run's.
            self._solved.pop(order, None)
            changes.retimed.append(visit)
        elif visit.has_started and self._is_left(visit):
            changes.left[order] = (visit, self._for[order])
        elif new is not None and new.crew == visit.crew:
            changes.retimed.append(_at_times_of(visit, self._solved.pop(order)))
        elif kept or visit.id in self._timed:
            self._solved.pop(order, None)
            changes.retimed.append(_at_times_of(visit, self._timed.get(visit.id, visit.planned)))
        elif order in self._planned:
            changes.ended.append(in_state(visit, VisitState.CANCELLED))
        else:
            changes.retimed.append(visit)

    def _is_left(self, visit: TrackedVisit) -> bool:
        instead = self._for.get(visit.work_order)
        return instead is not None and instead.crew == visit.crew

    def _without_stale_interruption(self, one: TrackedVisit) -> TrackedVisit:
        """Return the visit without the word that it interrupts what was not left after all.

        What it took its crew from at an earlier time stays true.
        """
        word, known = one.planned.interrupts, self._known.get(one.id)
        if not word or word in self._changes.left or (known and known.planned.interrupts == word):
            return one
        return replace(one, planned=replace(one.planned, interrupts=""))


def _still_wanted(fresh: Fresh, proposal: Proposal) -> Iterator[Visit]:
    """Yield the planned visits whose work still wants doing, by a crew that still may and will."""
    known = {(one.crew, one.work_order) for one in fresh.visits}
    before, roster = proposal.task.day.roster, fresh.roster
    gone = before.present.keys() - roster.present.keys()
    locked = roster.locked - before.locked
    barred = (fresh.refused - proposal.task.refused) | (roster.forbidden - before.forbidden)
    for route in proposal.plan.routes:
        for visit in route.visits:
            pair = (visit.crew, visit.work_order)
            there = visit.crew in fresh.crews and visit.crew not in gone
            may = pair not in barred and (visit.crew not in locked or pair in known)
            if visit.work_order in fresh.open and there and may:
                yield visit


def _at_times_of(visit: TrackedVisit, new: Visit) -> TrackedVisit:
    """Return the visit with new times; why a crew has what it keeps was said before."""
    stays = visit.has_started or visit.pinned
    reason = visit.planned.reason if stays else new.reason
    interrupts = new.interrupts or visit.planned.interrupts
    planned = replace(new, state=visit.state, reason=reason, interrupts=interrupts)
    return replace(visit, planned=planned)


def with_ids(work: UnitOfWork, made: Sequence[TrackedVisit]) -> list[TrackedVisit]:
    """Return the new visits as the next ones of their work orders."""
    before: dict[str, int] = {}
    for one in work.visits.of_orders([visit.work_order for visit in made]):
        number = one.id.removeprefix(f"{one.work_order}.")
        before[one.work_order] = max(before.get(one.work_order, 0), int(number))
    return [
        replace(one, id=f"{one.work_order}.{before.get(one.work_order, 0) + 1}") for one in made
    ]
