"""A running day as it would be if something were so: nothing of it is stored or driven by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.closed_streets import ClosedStreets
from domain.closures import Closure
from domain.crews import Crew
from domain.errors import BadInput, UnknownId
from domain.plans import Plan
from domain.visits import TrackedVisit
from operations.ground import Ground
from operations.replanning.happened import Happened, Pair
from operations.replanning.plan_around import Task
from operations.replanning.plan_changes import visits_of
from operations.replanning.running_day import RunningDay
from operations.travel import apart


@dataclass(frozen=True)
class Supposed:
    """What is supposed to be so.

    Attributes
    ----------
    crews
        More crews, with ids of their own.
    away
        Ids of crews that are not there any more today.
    closures
        Streets that are closed beside those that are.
    forbidden, pinned
        Pairs of crew and work order id.
    """

    crews: tuple[Crew, ...] = ()
    away: tuple[str, ...] = ()
    closures: tuple[ClosedStreets, ...] = ()
    forbidden: tuple[Pair, ...] = ()
    pinned: tuple[Pair, ...] = ()

    @property
    def relaxes_only(self) -> bool:
        """True if any plan of the day as it is could be made all the same."""
        return not (self.away or self.closures or self.forbidden or self.pinned)

    def happened(self) -> Happened:
        """Return it as if it had happened."""
        return Happened(
            given=frozenset(self.pinned),
            forbidden=frozenset(self.forbidden),
            words=frozenset((crew, "away") for crew in self.away),
            closed=tuple(one.closure.street or one.id for one in self.closures),
            crews_imported=bool(self.crews),
        )


def check(task: Task, supposed: Supposed) -> None:
    """Pass if all that is supposed is about this day, and about work that nobody has started.

    Raises
    ------
    UnknownId
        If there is no such crew, or no such open work order.
    BadInput
        If a crew has started a work order that shall be forbidden or pinned.
    """
    crews = {crew.id for crew in (*task.day.crews, *supposed.crews)}
    orders = {order.id for order in task.orders}
    started = {one.work_order: one for one in task.day.visits if one.has_started}
    for crew in (*supposed.away, *(crew for crew, _ in _pairs(supposed))):
        if crew not in crews:
            raise UnknownId("crew", crew, "choose one of the crew list")
    for _, order in _pairs(supposed):
        if order not in orders:
            raise UnknownId("open work order", order, "choose one that is not over")
        if order in started:
            raise BadInput(
                f"crew {started[order].crew} has already started work order {order}. "
                "Choose another work order."
            )


def suppose(task: Task, supposed: Supposed, standing: Plan) -> Task:
    """Return the day to plan if it were so, where crews had been told the ``standing`` plan."""
    day = task.day
    roster = replace(
        day.roster,
        present={id_: crew for id_, crew in day.roster.present.items() if id_ not in supposed.away}
        | {crew.id: crew for crew in supposed.crews},
        forbidden=day.roster.forbidden | set(supposed.forbidden),
        locked=day.roster.locked - set(supposed.away),
    )
    supposed_day = replace(
        day,
        ground=_closed(day, supposed.closures),
        crews=(*day.crews, *supposed.crews),
        roster=roster,
        visits=_told(day, standing, {order for _, order in supposed.pinned}),
    )
    return replace(task, day=supposed_day, pinned={order: crew for crew, order in supposed.pinned})


def _told(day: RunningDay, standing: Plan, pinned: set[str]) -> tuple[TrackedVisit, ...]:
    """Return the visits as they would be with the standing plan in the crews' hands."""
    kept = [one for one in day.visits if day.roster.keeps(one) and one.work_order not in pinned]
    known = {one.work_order for one in kept}
    told = [
        TrackedVisit(f"{order}.+", visit)
        for order, visit in visits_of(standing).items()
        if order not in known
    ]
    return (*kept, *told)


def _closed(day: RunningDay, closures: Sequence[ClosedStreets]) -> Ground:
    """Return the ground with these streets closed too; the live engine drives on as it did."""
    if not closures:
        return day.ground
    travel = apart(day.ground.travel)
    in_force: list[Closure] = [
        one.closure for one in day.ground.closures if one.closure.in_force(day.now)
    ]
    more = [replace(one.closure, id=f"+{row}") for row, one in enumerate(closures, start=1)]
    travel.close([*in_force, *more])
    return replace(day.ground, travel=travel)


def _pairs(supposed: Supposed) -> tuple[Pair, ...]:
    return (*supposed.forbidden, *supposed.pinned)
