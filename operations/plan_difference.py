"""What changed between two versions of the plan, and what each version between said of it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import BadInput, UnknownId
from domain.plans import Change, ChangeKind, Plan
from domain.sentences import Sentence
from operations.replanning.plan_changes import Moved, finished, moves, visits_of
from storage import UnitOfWork

#: Versions between that are asked why, the newest ones. Source: mainbreak default.
MOST_BETWEEN = 500

#: Where no version between moved it by enough to say so.
_LITTLE_BY_LITTLE = Sentence("几次重排一点点累计", "A little in each of several versions")


@dataclass(frozen=True, slots=True)
class Cause:
    """What a version of the plan said of a work order."""

    number: int
    said: Sentence


@dataclass(frozen=True)
class Difference:
    """Two versions, and the changes with what the versions between said of each work order."""

    before: Plan
    after: Plan
    changes: tuple[tuple[Change, tuple[Cause, ...]], ...]


def plan_difference(work: UnitOfWork, before: int, after: int) -> Difference:
    """Return what the later version does otherwise than the earlier one.

    Raises
    ------
    UnknownId
        If there is no such version.
    BadInput
        If the later one is not the later one.
    """
    if before >= after:
        raise BadInput("after: this is no later version than the first. Give a larger number.")
    old, new = plan_version(work, before), plan_version(work, after)
    said: dict[str, list[Cause]] = {}
    left = set()
    between = work.plans.versions(after + 1, min(after - before, MOST_BETWEEN))
    for number, plan in reversed(between):
        for change in plan.changes:
            said.setdefault(change.work_order, []).append(Cause(number, change.cause))
            if change.kind is ChangeKind.DIVERTED:
                left.add(change.work_order)
    moved = moves(old, new, left, finished(work, visits_of(old)))
    return Difference(old, new, tuple(_with_causes(one, said) for one in moved))


def plan_version(work: UnitOfWork, number: int) -> Plan:
    """Return a version of the plan.

    Raises
    ------
    UnknownId
        If there is none of this number.
    """
    found = work.plans.version(number)
    if found is None:
        raise UnknownId("plan", str(number), "Pick one of the list of versions")
    return found


def _with_causes(one: Moved, said: dict[str, list[Cause]]) -> tuple[Change, tuple[Cause, ...]]:
    causes = tuple(said.get(one.work_order, ()))
    return one.because(causes[-1].said if causes else _LITTLE_BY_LITTLE), causes
