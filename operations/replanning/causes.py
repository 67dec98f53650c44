"""Why a version of the plan does something else with a work order: from events and numbers.

The first cause that holds is told: what was said or reported about this order and these crews,
then what the two plans show of the visits around it, then what the search gained.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.incidents import WorkOrder
from domain.plans import Change, ChangeKind, Plan
from domain.sentences import Sentence
from domain.visits import TrackedVisit
from operations.replanning.happened import Happened
from operations.replanning.plan_changes import Moved, visits_of
from operations.replanning.shifted import Shifts

#: A gain of the search below this is not put into words, seconds of travel.
#: Source: mainbreak default.
_LEAST_GAIN_S = 30.0


#: Told of a version of the plan where neither events nor numbers show the cause.
WORKED_OUT_ANEW = Sentence(
    "按现在的位置和进度重新推算", "Worked out anew from where crews and work stand"
)


@dataclass(frozen=True)
class Evidence:
    """What causes are told from.

    Attributes
    ----------
    happened
        Since the version before.
    names
        Of the crews on the list, by id.
    orders, titles
        The open work orders, and what each is about in words, such as "burst".
    visits
        The visits as they stand now, by work order.
    left
        By work order id the one that its crew does instead.
    gain_s
        What the search gained over the running plan, seconds of travel; None where nothing.
    otherwise
        Told where nothing shows the cause.
    """

    happened: Happened
    names: Mapping[str, str]
    orders: Mapping[str, WorkOrder]
    titles: Mapping[str, Sentence]
    visits: Mapping[str, TrackedVisit] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    gain_s: float | None = None
    otherwise: Sentence = WORKED_OUT_ANEW


def with_causes(
    moved: list[Moved], before: Plan | None, after: Plan, evidence: Evidence
) -> tuple[Change, ...]:
    """Return the changes, each with its cause."""
    causes = _Causes(before, after, evidence)
    return tuple(one.because(causes.of(one)) for one in moved)


class _Causes:
    def __init__(self, before: Plan | None, after: Plan, evidence: Evidence) -> None:
        self._see, self._happened = evidence, evidence.happened
        self._reasons = {one.work_order: one.detail for one in after.unassigned}
        self._old = visits_of(before)
        self._shifts = Shifts(before, after)

    def of(self, one: Moved) -> Sentence:
        """Return the first cause that holds."""
        ways: tuple[Callable[[Moved], Sentence | None], ...] = (
            self._left,
            self._gone,
            self._crew_refused,
            self._forbidden,
            self._by_hand,
            self._crew_gone,
            self._new_order,
            self._stuck,
            self._crew_came,
            self._makes_room,
            self._later_or_sooner,
            self._nobody,
            self._takes_its_place,
            self._searched,
        )
        found = (said for way in ways if (said := way(one)) is not None)
        return next(found, self._see.otherwise)

    def _left(self, one: Moved) -> Sentence | None:
        if one.kind is not ChangeKind.DIVERTED:
            return None
        return gives_way(self._order(self._see.left[one.work_order]))

    def _gone(self, one: Moved) -> Sentence | None:
        if one.kind is not ChangeKind.DROPPED:
            return None
        if one.work_order in self._happened.called_off:
            return Sentence("工单已取消", "The work order was cancelled")
        return Sentence("事件已了结，不用再去", "Its incident is over")

    def _crew_refused(self, one: Moved) -> Sentence | None:
        refused = sorted(c for c, order in self._happened.refused if order == one.work_order)
        if not refused:
            return None
        names = [self._name(crew) for crew in refused]
        return Sentence(
            f"{'、'.join(names)}退单或无法完成",
            f"{' and '.join(names)} declined it or could not complete it",
        )

    def _forbidden(self, one: Moved) -> Sentence | None:
        before = one.before.crew if one.before else ""
        if (before, one.work_order) in self._happened.forbidden:
            name = self._name(before)
            return Sentence(f"调度员不让{name}做", f"A dispatcher forbade it to {name}")
        after = one.after.crew if one.after else ""
        if (after, one.work_order) in self._happened.allowed:
            name = self._name(after)
            return Sentence(f"调度员重新允许{name}做", f"A dispatcher allowed it to {name} again")
        return None

    def _by_hand(self, one: Moved) -> Sentence | None:
        if one.after is None:
            return None
        visit, name = self._see.visits.get(one.work_order), self._name(one.after.crew)
        given = (one.after.crew, one.work_order) in self._happened.given
        if not given and (visit is None or visit.id not in self._happened.by_hand):
            return None
        if given or (visit is not None and visit.pinned):
            return Sentence(f"调度员指派给{name}", f"A dispatcher gave it to {name}")
        return Sentence("调度员放开了指派", "A dispatcher left it to the plan again")

    def _crew_gone(self, one: Moved) -> Sentence | None:
        if one.before is None or (one.after and one.after.crew == one.before.crew):
            return None
        crew, name = one.before.crew, self._name(one.before.crew)
        if (crew, "away") in self._happened.words:
            return Sentence(f"{name}不在岗", f"{name} is away")
        if crew not in self._see.names:
            return Sentence(f"{name}不在班组表上了", f"{name} is not on the crew list any more")
        return None

    def _new_order(self, one: Moved) -> Sentence | None:
        if one.work_order not in self._happened.issued or one.before is not None:
            return None
        said = self._order(one.work_order)
        if one.after is None:
            why = self._reasons[one.work_order]
            return Sentence(f"新工单{said.zh}：{why.zh}", f"New work order {said.en}: {why.en}")
        return Sentence(f"新工单{said.zh}", f"New work order {said.en}")

    def _stuck(self, one: Moved) -> Sentence | None:
        valve = self._happened.stuck.get(one.work_order)
        if valve is None:
            return None
        return Sentence(f"隔离阀 {valve} 关不动", f"Isolation valve {valve} will not turn")

    def _crew_came(self, one: Moved) -> Sentence | None:
        if one.after is None or (one.before and one.before.crew == one.after.crew):
            return None
        crew, name = one.after.crew, self._name(one.after.crew)
        if (crew, "away_ended") in self._happened.words:
            return Sentence(f"{name}回岗", f"{name} is back")
        if (crew, "locked_ended") in self._happened.words:
            return Sentence(f"{name}解除锁定", f"{name} is no longer locked")
        if self._happened.crews_imported and not self._shifts.had_route(crew):
            return Sentence(f"{name}新加入班组表", f"{name} is new on the crew list")
        return None

    def _makes_room(self, one: Moved) -> Sentence | None:
        """Tell what its crew of before does now that it did not do then."""
        if one.before is None:
            return None
        stays = one.after is not None and one.after.crew == one.before.crew
        until = one.after.start if stays and one.after else None
        if stays and one.later_s <= 0:
            return None
        name = self._name(one.before.crew)
        new = self._most_urgent(self._shifts.joined(one.before.crew, one.work_order, until))
        if new is None:
            return None
        if stays:
            return Sentence(f"{name}先做{new.zh}", f"{name} does {new.en} first")
        return Sentence(f"{name}改做{new.zh}", f"{name} does {new.en} instead")

    def _later_or_sooner(self, one: Moved) -> Sentence | None:
        """Tell which visit of the same crew, or which work it waits for, moved this one."""
        if one.before is None or one.after is None or one.before.crew != one.after.crew:
            return None
        order = self._see.orders.get(one.work_order)
        waits = order.after if order is not None else ()
        name = self._name(one.after.crew)
        found = self._shifts.told(one.after, waits, name)
        if found is None or not found.by_road:
            return found.said if found else None
        return self._road(found.said)

    def _road(self, said: Sentence) -> Sentence:
        for ids, zh, en in (
            (self._happened.closed, "道路封闭", "closed streets"),
            (self._happened.opened, "道路解封", "streets are open again"),
        ):
            if ids:
                names = " ".join(ids)
                return Sentence(f"{zh}（{names}），{said.zh}", f"{en} ({names}): {said.en}")
        return said

    def _nobody(self, one: Moved) -> Sentence | None:
        return self._reasons.get(one.work_order)

    def _takes_its_place(self, one: Moved) -> Sentence | None:
        """Tell what its crew had to do and does not do any more."""
        if one.after is None or (one.before and one.before.crew == one.after.crew):
            return None
        gone = self._shifts.parted(one.after.crew)
        if not gone:
            return None
        name = self._name(one.after.crew)
        return Sentence(f"{name}不用再去 {gone[0]}，有空", f"{name} is free of {gone[0]} now")

    def _searched(self, one: Moved) -> Sentence | None:
        gain = self._see.gain_s
        if gain is None or gain < _LEAST_GAIN_S:
            return None
        minutes = max(1, round(gain / 60))
        return Sentence(
            f"搜索找到更省的排法，全天省 {minutes} 分车程当量",
            f"The search found a plan that is {minutes} travel minutes cheaper",
        )

    def _most_urgent(self, orders: list[str]) -> Sentence | None:
        known = [self._see.orders[one] for one in orders if one in self._see.orders]
        first = min(known, key=lambda one: (one.priority, one.id), default=None)
        return None if first is None else self._order(first.id)

    def _order(self, order: str) -> Sentence:
        return titled(order, self._see.orders.get(order), self._see.titles.get(order))

    def _name(self, crew: str) -> str:
        return self._see.names.get(crew, crew)


def gives_way(to: Sentence) -> Sentence:
    """Return why begun work was left: for this emergency."""
    return Sentence(f"让位于{to.zh}", f"Gave way to {to.en}")


def titled(work_order: str, order: WorkOrder | None, title: Sentence | None) -> Sentence:
    """Return a work order with its urgency and what it is about."""
    if order is None:
        return Sentence(f" {work_order}", work_order)
    zh = " ".join(one for one in (order.priority.name, title.zh if title else "") if one)
    en = " ".join(one for one in (order.priority.name, title.en if title else "") if one)
    return Sentence(f" {work_order}（{zh}）", f"{work_order} ({en})")
