"""Customer-minutes and lateness again, from the log and the drawn truth, by other code.

Minute by minute of each premises group: a group is dry from the call until the instant that ends
its interruption; nothing here is shared with ``operations.simulating.measures``.
"""

from __future__ import annotations

from datetime import datetime

from operations.simulating.log import Entry, What
from operations.simulating.made import Days, Work
from operations.simulating.size import MIDNIGHT


def ends(days: Days, log: list[Entry]) -> dict[str, int]:
    """Return when each order ended; an undone one on the morning after, its work on top."""
    said = {entry.order: entry.at for entry in log if entry.what is What.ENDED}
    called = {entry.order for entry in log if entry.what is What.CALLED}
    every = {one.order.id: one for one in days.work}
    every |= {one.second.order.id: one.second for one in days.work if one.second}
    for name in sorted(called - said.keys(), key=_repairs_last):
        begin = max(days.horizon, _on_site(log, name, days.horizon))
        shut = [said[one] for one in called if one != name and _same(one, name) and one in said]
        if name.endswith("-2") and shut:
            begin = max(begin, *shut)
        said[name] = begin + every[name].true_s
    return said


def _repairs_last(name: str) -> tuple[bool, str]:
    return name.endswith("-2"), name


def _same(one: str, other: str) -> bool:
    return one.rpartition("-")[0] == other.rpartition("-")[0]


def _on_site(log: list[Entry], name: str, otherwise: int) -> int:
    """Return since when a crew has been there without leaving again."""
    since = otherwise
    for entry in log:
        if entry.order == name and entry.what is What.ARRIVED:
            since = entry.at
        if entry.order == name and entry.what in {What.LEFT, What.TURNED, What.GAVE_UP}:
            since = otherwise
    return since


def water(days: Days, log: list[Entry]) -> dict[str, float]:
    """Return by incident the customer-minutes lost."""
    ended = ends(days, log)
    lost: dict[str, float] = {}
    for one in days.work:
        if one.order.id.endswith("-1"):
            lost[one.order.incident] = _lost(one, ended)
    return lost


def _lost(first: Work, ended: dict[str, int]) -> float:
    incident = first.order.incident
    times = {
        name.rpartition("-")[2]: at for name, at in ended.items() if _same(name, f"{incident}-1")
    }
    if "2" not in times:
        return first.dry_before * (times["1"] - first.called) / 60
    shut = max(times["1"], times.get("3", 0))
    before = first.dry_before * (shut - first.called)
    return (before + first.dry_after * (times["2"] - shut)) / 60


def late(days: Days, log: list[Entry]) -> float:
    """Return all minutes that crews came late."""
    called = {entry.order: entry.at for entry in log if entry.what is What.CALLED}
    due: dict[str, datetime | None] = {one.order.id: one.order.due_on_site for one in days.work}
    minutes = 0.0
    for name, at in called.items():
        limit = due.get(name)
        seconds = at + 1800 if name not in due else None
        if limit is not None:
            seconds = round((limit - MIDNIGHT).total_seconds())
        if seconds is not None:
            minutes += max(0, _on_site(log, name, days.horizon) - seconds) / 60
    return minutes
