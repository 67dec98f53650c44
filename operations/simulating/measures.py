"""What came of simulated days: one figure a day and measure, from the log and the truth.

Figures of calls count to the day of the call, drives and changes to the day they happen. What is
undone at the end counts on to the next morning, and then as if it were seen to at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.words import WorkOrderKind
from operations.simulating.log import Entry, What
from operations.simulating.made import Days, Work
from operations.simulating.size import DAY, HOUR, seconds_of

#: The floor: a crew on site so long after the call. Source: docs/plan.md, design decision 7.
FLOOR_S = 600

#: Interruptions from this on count in the measure of long ones. Source: Ofwat, supply
#: interruptions of three hours and more.
LONG_S = 3 * HOUR

#: The measures, in the order they are shown.
MEASURES = (
    "customer_minutes",
    "avoidable",
    "burst_minutes",
    "small_minutes",
    "small_waiting",
    "long_minutes",
    "late_minutes",
    "misses_p1",
    "misses_p2",
    "misses_p3",
    "misses_p4",
    "km",
    "crew_changes",
    "called_off",
    "undone_hours",
)

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Fate:
    """When a work order was reached and ended; ``done`` is False where that is priced."""

    arrived: int
    ended: int
    done: bool


def measure(days: Days, log: Iterable[Entry]) -> list[Figures]:
    """Return the figures of each day."""
    log = list(log)
    work = _all_work(days, log)
    fates = _fates(days, work, log)
    figures = [dict.fromkeys(MEASURES, 0.0) for _ in range(days.size.days)]
    for members in _incidents(work.values()):
        _add_water(figures[members[0].day], members, fates)
    for one in work.values():
        _add_lateness(figures[one.day], one, fates[one.order.id])
    for entry in log:
        _add_happening(figures[min(entry.at // DAY, days.size.days - 1)], entry)
    return figures


def _all_work(days: Days, log: list[Entry]) -> dict[str, Work]:
    """Return all work that was called in; a second isolation with the order and call it got."""
    work = {one.order.id: one for one in days.work}
    seconds = {one.second.order.id: one.second for one in days.work if one.second}
    for entry in log:
        if entry.what is What.CALLED and entry.order in seconds:
            work[entry.order] = _called_at(seconds[entry.order], entry.at)
    return work


def _called_at(work: Work, at: int) -> Work:
    return replace(work, called=at)


def _fates(days: Days, work: dict[str, Work], log: list[Entry]) -> dict[str, Fate]:
    """Return each order's fate: its last arrival counts, one that was left does not."""
    arrived: dict[str, int] = {}
    ended: dict[str, int] = {}
    for entry in log:
        if entry.what is What.ARRIVED:
            arrived[entry.order] = entry.at
        elif entry.what in (What.TURNED, What.LEFT, What.GAVE_UP):
            arrived.pop(entry.order, None)
        elif entry.what is What.ENDED:
            ended[entry.order] = entry.at
    fates: dict[str, Fate] = {}
    for name, one in sorted(work.items(), key=lambda item: bool(item[1].order.after)):
        reached = arrived.get(name, days.horizon)
        before = [fates[other].ended for other in one.order.after if other in fates]
        undone = max([reached, days.horizon, *before]) + one.true_s
        fates[name] = Fate(reached, ended.get(name, undone), name in ended)
    return fates


def _incidents(work: Iterable[Work]) -> list[list[Work]]:
    incidents: dict[str, list[Work]] = {}
    for one in work:
        incidents.setdefault(one.order.incident, []).append(one)
    return list(incidents.values())


def _add_water(figures: Figures, members: list[Work], fates: dict[str, Fate]) -> None:
    """Add an incident's customer-minutes: some premises until isolated, the others until mended."""
    isolations = [one for one in members if one.order.kind is WorkOrderKind.ISOLATE]
    mended = [one for one in members if one.order.kind is not WorkOrderKind.ISOLATE]
    called = min(one.called for one in members)
    restored = max(fates[one.order.id].ended for one in mended) - called
    first = members[0]
    if not isolations:
        lost = _interruption(figures, first.dry_before, restored)
        figures["small_minutes"] += lost
        figures["small_waiting"] += lost - first.dry_before * first.true_s / 60
        return
    isolated = max(fates[one.order.id].ended for one in isolations) - called
    soon = max(0, first.dry_before - first.dry_after)
    lost = _interruption(figures, soon, isolated)
    lost += _interruption(figures, first.dry_before - soon, restored)
    figures["burst_minutes"] += lost
    shut = FLOOR_S + sum(one.true_s for one in isolations)
    floor = soon * shut + (first.dry_before - soon) * (shut + sum(one.true_s for one in mended))
    figures["avoidable"] += lost - floor / 60


def _interruption(figures: Figures, premises: int, seconds: int) -> float:
    """Add one interruption of so many premises; return its customer-minutes."""
    lost = premises * seconds / 60
    figures["customer_minutes"] += lost
    if seconds >= LONG_S:
        figures["long_minutes"] += lost
    return lost


def _add_lateness(figures: Figures, work: Work, fate: Fate) -> None:
    due = work.order.due_on_site
    if due is None:
        return
    due_s = seconds_of(due) if not _is_second(work) else work.called + 1800
    late = fate.arrived - due_s
    if late > 0:
        figures["late_minutes"] += late / 60
        figures[f"misses_p{int(work.order.priority)}"] += 1


def _is_second(work: Work) -> bool:
    return work.order.kind is WorkOrderKind.ISOLATE and work.order.id.endswith("-3")


def _add_happening(figures: Figures, entry: Entry) -> None:
    figures["km"] += entry.metres / 1000
    if entry.what is What.CHANGED:
        figures["crew_changes"] += 1
    elif entry.what in (What.LEFT, What.TURNED):
        figures["called_off"] += 1
    elif entry.what is What.EVENING:
        figures["undone_hours"] += entry.seconds / HOUR
