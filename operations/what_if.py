"""What if there were a crew more, one fewer, a closed road, another word: two plans compared.

Nothing is stored and nobody is told; both plans are made from one reading of the day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.crews import Crew
from domain.incidents import Outage
from domain.plans import Change, Plan
from domain.sentences import Sentence
from operations.close_street import Wanted, preview_closure
from operations.ground import Ground
from operations.plan_crews import OpenWork, read_task
from operations.replanning.causes import Evidence, with_causes
from operations.replanning.happened import Pair
from operations.replanning.order_titles import titles_of
from operations.replanning.plan_around import Task, plan_around
from operations.replanning.plan_changes import Moved, moves, visits_of
from operations.replanning.prospects import EtrMove, Prospect, etr_moves, sum_up
from operations.replanning.search import Search
from operations.replanning.supposing import Supposed, check, suppose
from operations.replanning.whole_plan import late_visits, whole_plan
from storage import UnitOfWork

#: Told of what changes and shows no cause of its own.
_FOLLOWS = Sentence("随其他调整而变", "It follows from the other changes")


@dataclass(frozen=True)
class Question:
    """What is to be supposed, by ``who``; pairs are of crew and work order id."""

    who: str
    crews: tuple[Crew, ...] = ()
    away: tuple[str, ...] = ()
    closures: tuple[Wanted, ...] = ()
    forbidden: tuple[Pair, ...] = ()
    pinned: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """The day as it goes on anyway, and as it would.

    Attributes
    ----------
    number
        The version of the plan that counts now.
    supposed
        What was supposed, with the streets that are closed.
    changes
        Of ``after`` against ``before``.
    etrs
        Those that move by news.
    said
        What it comes to, the most important first.
    """

    now: datetime
    number: int
    supposed: Supposed
    before: Prospect
    after: Prospect
    changes: tuple[Change, ...]
    etrs: tuple[EtrMove, ...]
    said: tuple[Sentence, ...]


@dataclass(frozen=True)
class _Read:
    """What was read in one unit of work."""

    task: Task
    supposed: Supposed
    outages: Sequence[Outage]
    titles: Mapping[str, Sentence]


def what_if(
    open_work: OpenWork,
    ground_of: Callable[[UnitOfWork], Ground],
    question: Question,
    now: datetime,
    search: Search,
) -> Comparison:
    """Return both plans side by side; takes twice the search's seconds, seldom four times.

    Raises
    ------
    UnknownId
        If there is no such crew or open work order.
    NothingImported
        If there is no network, or no streets to close.
    BadInput
        If a crew has started an order that it is about, or a closure makes no sense.
    """
    read = _read(open_work, ground_of, question, now)
    before = _plan(read.task, search)
    supposed_task = suppose(read.task, read.supposed, before.plan)
    after = _plan(supposed_task, search)
    if read.supposed.relaxes_only and after.plan.cost["total"] > before.plan.cost["total"]:
        after = before  # which can be made all the same
    etrs = tuple(etr_moves(before, after, read.task.day.orders, read.outages))
    return Comparison(
        now=read.task.day.now,
        number=read.task.number,
        supposed=read.supposed,
        before=before,
        after=after,
        changes=_changes(read, supposed_task, before.plan, after.plan),
        etrs=etrs,
        said=tuple(sum_up(before, after, etrs)),
    )


def _read(
    open_work: OpenWork,
    ground_of: Callable[[UnitOfWork], Ground],
    question: Question,
    now: datetime,
) -> _Read:
    with open_work() as work:
        ground = ground_of(work)
        task = read_task(work, ground, now)
        closures = (preview_closure(ground, one, question.who, now) for one in question.closures)
        supposed = Supposed(
            crews=question.crews,
            away=question.away,
            closures=tuple(closures),
            forbidden=question.forbidden,
            pinned=question.pinned,
        )
        check(task, supposed)
        orders = {order.id: order for order in task.orders}
        return _Read(task, supposed, work.outages.active(), titles_of(work, orders))


def _plan(task: Task, search: Search) -> Prospect:
    """Return the plan of a day with all that stays."""
    whole = whole_plan(plan_around(task, search.effort, search.solver, search.weights))
    return Prospect(whole, tuple(late_visits(whole, task.day.orders)))


def _changes(read: _Read, task: Task, before: Plan, after: Plan) -> tuple[Change, ...]:
    left = {one.interrupts: one.work_order for one in visits_of(after).values() if one.interrupts}
    left = {order: to for order, to in left.items() if _is_left(order, before)}
    moved: list[Moved] = moves(before, after, left, ())
    evidence = Evidence(
        happened=read.supposed.happened(),
        names={crew.id: crew.name or crew.id for crew in task.day.crews},
        orders=task.day.orders,
        titles=read.titles,
        visits={},
        left=left,
        otherwise=_FOLLOWS,
    )
    return with_causes(moved, before, after, evidence)


def _is_left(order: str, before: Plan) -> bool:
    """Return True if the plan as it goes on anyway leaves the work alone."""
    return not any(one.interrupts == order for one in visits_of(before).values())
