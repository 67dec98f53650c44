"""What a running day keeps: the visits no plan takes away, in each crew's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.incidents import WorkOrder
from domain.states import ENDED, VisitState, WorkOrderState
from domain.visits import TrackedVisit
from operations.replanning.roster import Roster

#: The crew is there, or on its way: what it does now comes first in its day. A visit that it
#: paused waits for the one it went on to.
_TURN = {
    VisitState.ON_SITE: 0,
    VisitState.EN_ROUTE: 1,
    VisitState.PAUSED: 2,
    VisitState.ACCEPTED: 3,
    VisitState.ASSIGNED: 4,
}

#: In these states work has begun or the crew is under way to it.
BEGUN = frozenset({VisitState.ON_SITE, VisitState.EN_ROUTE, VisitState.PAUSED})

#: The crew is, or was, at the place.
ARRIVED = frozenset({VisitState.ON_SITE, VisitState.PAUSED})


@dataclass(frozen=True)
class Kept:
    """The visits that stay where they are.

    Attributes
    ----------
    chains
        By crew id the visits it makes first, in order. What they wait for is under way too.
    held
        Visits that stay with their crew but wait for work nobody has begun: the plan finds their
        place among the crew's other work.
    """

    chains: Mapping[str, tuple[TrackedVisit, ...]]
    held: tuple[TrackedVisit, ...]

    @property
    def visits(self) -> Iterator[TrackedVisit]:
        """Every visit that stays, chains first."""
        for chain in self.chains.values():
            yield from chain
        yield from self.held


def keep(visits: Iterable[TrackedVisit], roster: Roster, orders: Mapping[str, WorkOrder]) -> Kept:
    """Return what stays of the visits; ``orders`` are those not ended, and the visits' own."""
    live = [one for one in visits if one.is_live]
    own = {one.work_order: one for one in live}
    staying = {one.work_order for one in live if roster.keeps(one)}
    first = {one for one in staying if own[one].state in BEGUN}
    # What a crew was told to do before the work it has begun, it does before: its own isolation.
    before = {
        earlier
        for order in first
        for earlier in _before(order, orders)
        if earlier in own and own[earlier].crew == own[order].crew
    }
    first |= before
    rest = staying - first
    while more := {one for one in rest if _is_free(one, first, orders)}:
        first, rest = first | more, rest - more
    chains: dict[str, tuple[TrackedVisit, ...]] = {}
    for crew in sorted({own[one].crew for one in first}):
        mine = [own[one] for one in first if own[one].crew == crew]
        chains[crew] = tuple(_in_order(mine, orders))
    return Kept(chains, in_turn(own[one] for one in rest))


def in_turn(visits: Iterable[TrackedVisit]) -> tuple[TrackedVisit, ...]:
    """Return visits in the order in which crews make them, what is begun first."""
    return tuple(sorted(visits, key=_turn))


def is_open(order: WorkOrder | None) -> bool:
    """Return True if the work order is known and has not ended."""
    return order is not None and order.state not in ENDED[WorkOrderState]


def _before(order: str, orders: Mapping[str, WorkOrder]) -> set[str]:
    """Return the open orders that must end before this one, directly or not."""
    found: set[str] = set()
    stack = [order]
    while stack:
        known = orders.get(stack.pop())
        for one in known.after if known else ():
            if one not in found and is_open(orders.get(one)):
                found.add(one)
                stack.append(one)
    return found


def _is_free(order: str, first: set[str], orders: Mapping[str, WorkOrder]) -> bool:
    return _before(order, orders) <= first


def _turn(visit: TrackedVisit) -> tuple[int, datetime, str]:
    return _TURN[visit.state], visit.planned.start, visit.id


def _in_order(
    visits: Sequence[TrackedVisit], orders: Mapping[str, WorkOrder]
) -> Iterator[TrackedVisit]:
    """Yield a crew's visits in the order it makes them; none before one it waits for."""
    left = sorted(visits, key=_turn)
    while left:
        waited_for = {one.work_order for one in left}
        ready = (one for one in left if not _before(one.work_order, orders) & waited_for)
        chosen = next(ready, left[0])
        left.remove(chosen)
        yield chosen
