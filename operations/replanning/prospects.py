"""Two plans of one day put side by side: what moves, and what that comes to in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.incidents import Outage, WorkOrder
from domain.plans import Plan
from domain.sentences import Sentence
from operations.replanning.plan_changes import NEWS, visits_of
from operations.replanning.whole_plan import Late, supply_returns


@dataclass(frozen=True)
class Prospect:
    """A plan with all that stays of the day, and the visits in it that will be late."""

    plan: Plan
    late: tuple[Late, ...]


@dataclass(frozen=True, slots=True)
class EtrMove:
    """When an outage's repairs end in each plan; None where nobody is sent to one."""

    outage: Outage
    before: datetime | None
    after: datetime | None

    @property
    def later_s(self) -> int | None:
        """How much later, seconds, negative if sooner; None where one of the two is not known."""
        if self.before is None or self.after is None:
            return None
        return round((self.after - self.before).total_seconds())


def etr_moves(
    before: Prospect,
    after: Prospect,
    orders: Mapping[str, WorkOrder],
    outages: Sequence[Outage],
) -> Iterator[EtrMove]:
    """Yield the outages whose repairs end so much sooner or later that it is news."""
    old = supply_returns(before.plan, orders, outages)
    new = supply_returns(after.plan, orders, outages)
    for outage in outages:
        one = EtrMove(outage, old.get(outage.id), new.get(outage.id))
        known = one.later_s
        if (one.before is None) != (one.after is None) or (known and abs(known) >= NEWS.seconds):
            yield one


def sum_up(before: Prospect, after: Prospect, etrs: Sequence[EtrMove]) -> Iterator[Sentence]:
    """Yield what the change comes to: undone work, lateness, water, crews, cost."""
    undone = len(after.plan.unassigned) - len(before.plan.unassigned)
    if undone:
        yield _count(undone, ("没人做的工单", "work order", "without a crew"))
    late = len(after.late) - len(before.late)
    if late:
        yield _count(late, ("超时到场", "visit", "late"))
    yield from map(_etr, etrs)
    moved = _moved(before.plan, after.plan)
    if moved:
        orders = "work order changes" if moved == 1 else "work orders change"
        yield Sentence(f"{moved} 个工单换班组", f"{moved} {orders} crew")
    yield _cost(after.plan.cost["total"] - before.plan.cost["total"])


def _count(more: int, words: tuple[str, str, str]) -> Sentence:
    zh, noun, what = words
    many, nouns = abs(more), noun if abs(more) == 1 else f"{noun}s"
    if more > 0:
        return Sentence(f"{zh}多 {many} 个", f"{many} more {nouns} {what}")
    return Sentence(f"{zh}少 {many} 个", f"{many} fewer {nouns} {what}")


def _etr(one: EtrMove) -> Sentence:
    incident, later = one.outage.incident, one.later_s
    if one.after is None:
        return Sentence(f"{incident} 没人去修了", f"Nobody repairs {incident} any more")
    if later is None:
        return Sentence(f"{incident} 有人去修了", f"{incident} is repaired")
    minutes = max(1, round(abs(later) / 60))
    if later > 0:
        return Sentence(
            f"{incident} 晚 {minutes} 分来水", f"Water is back {minutes} min later at {incident}"
        )
    return Sentence(
        f"{incident} 早 {minutes} 分来水", f"Water is back {minutes} min sooner at {incident}"
    )


def _moved(before: Plan, after: Plan) -> int:
    old, new = visits_of(before), visits_of(after)
    return sum(old[one].crew != new[one].crew for one in old.keys() & new.keys())


def _cost(gap_s: float) -> Sentence:
    minutes = round(abs(gap_s) / 60)
    if not minutes:
        return Sentence("全天代价不变", "The day costs the same")
    if gap_s > 0:
        return Sentence(
            f"全天多花 {minutes:,} 分车程当量", f"The day costs {minutes:,} travel minutes more"
        )
    return Sentence(
        f"全天少花 {minutes:,} 分车程当量", f"The day costs {minutes:,} travel minutes less"
    )
