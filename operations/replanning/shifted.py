"""What two plans show of the visits around one: who came in, who went, which one moved the rest."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from domain.plans import Plan, Route, Visit
from domain.sentences import Sentence
from domain.visits import STARTED
from operations.replanning.plan_changes import visits_of

#: A visit that moved by less than this did not move the ones behind it, seconds.
#: Source: mainbreak default.
_NOTABLE_S = 60.0


class Told(NamedTuple):
    """What moved a visit; ``by_road`` if it was the drive."""

    said: Sentence
    by_road: bool = False


class Shifts:
    """Two plans side by side."""

    def __init__(self, before: Plan | None, after: Plan) -> None:
        self._old = {route.crew: route for route in (before.routes if before else ())}
        self._new = {route.crew: route for route in after.routes}
        self._old_visits, self._new_visits = visits_of(before), visits_of(after)

    def had_route(self, crew: str) -> bool:
        """Return True if the crew was known to the plan before."""
        return crew in self._old

    def joined(self, crew: str, but: str, until: datetime | None) -> list[str]:
        """Return the work orders that the crew has now and had not, begun before an instant."""
        had = _orders(self._old.get(crew))
        return [
            visit.work_order
            for visit in _visits(self._new.get(crew))
            if visit.work_order not in had
            and visit.work_order != but
            and (until is None or visit.start < until)
        ]

    def parted(self, crew: str) -> list[str]:
        """Return the work orders that the crew had and has no more."""
        has = _orders(self._new.get(crew))
        return [one.work_order for one in _visits(self._old.get(crew)) if one.work_order not in has]

    def told(self, visit: Visit, waits_for: tuple[str, ...], name: str) -> Told | None:
        """Return what made the visit sooner or later than it was, None if nothing shows it."""
        waited = self._waited(visit, waits_for)
        return waited or self._along(visit, name)

    def _waited(self, visit: Visit, waits_for: tuple[str, ...]) -> Told | None:
        """Tell the work it waits for, if that ends when this begins."""
        for one in waits_for:
            old, new = self._old_visits.get(one), self._new_visits.get(one)
            if old is None or new is None or new.end != visit.start or visit.start == visit.eta:
                continue
            said = _minutes("结束", "ends", _gap(old.end, new.end))
            return Told(
                Sentence(f"要等的 {one} {said.zh}", f"{one}, which it waits for, {said.en}")
            )
        return None

    def _along(self, visit: Visit, name: str) -> Told | None:
        """Tell the first visit of the route that is not as long, or as far, as it was."""
        gone = [o for o in self.parted(visit.crew) if self._was_before(o, visit.work_order)]
        if gone and _gap(self._old_visits[visit.work_order].start, visit.start) < 0:
            return Told(Sentence(f"{name}不用再去 {gone[0]}", f"{name} is free of {gone[0]}"))
        for one in _visits(self._new.get(visit.crew)):
            old = self._old_visits.get(one.work_order)
            if old is not None and old.crew == one.crew:
                found = _own_shift(old, one, name)
                if found is not None:
                    return found
            if one.work_order == visit.work_order:
                return None
        return None

    def _was_before(self, one: str, other: str) -> bool:
        return self._old_visits[one].start < self._old_visits[other].start


def _own_shift(old: Visit, new: Visit, name: str) -> Told | None:
    """Return how this visit itself differs: its work, its drive, its setting out."""
    order = new.work_order
    drive = new.travel_s - old.travel_s
    work = _gap(old.start, old.end) - _gap(new.start, new.end)
    set_out = _gap(old.depart, new.depart)
    if new.state in STARTED and abs(_gap(old.end, new.end)) >= _NOTABLE_S:
        said = _minutes("结束", "ends", _gap(old.end, new.end))
        return Told(
            Sentence(f"{name}在做的 {order} {said.zh}", f"{order}, begun by {name}, {said.en}")
        )
    if abs(drive) >= _NOTABLE_S:
        more = "多" if drive > 0 else "少"
        minutes = _whole(drive)
        return Told(
            Sentence(f"去 {order} 的车程{more} {minutes} 分", _drive_en(order, drive, minutes)),
            by_road=True,
        )
    if abs(work) >= _NOTABLE_S:
        less = "少" if work > 0 else "多"
        en = "less" if work > 0 else "more"
        return Told(
            Sentence(
                f"{order} 的工时{less} {_whole(work)} 分", f"{order} takes {_whole(work)} min {en}"
            )
        )
    if abs(set_out) >= _NOTABLE_S:
        said = _minutes("出发", "sets out", set_out)
        return Told(Sentence(f"{name} {said.zh}去 {order}", f"{name} {said.en} for {order}"))
    return None


def _drive_en(order: str, drive: float, minutes: int) -> str:
    return f"the drive to {order} takes {minutes} min {'more' if drive > 0 else 'less'}"


def _minutes(zh: str, en: str, gap_s: float) -> Sentence:
    minutes = _whole(gap_s)
    if gap_s > 0:
        return Sentence(f"晚 {minutes} 分{zh}", f"{en} {minutes} min later")
    return Sentence(f"早 {minutes} 分{zh}", f"{en} {minutes} min sooner")


def _whole(seconds: float) -> int:
    return max(1, round(abs(seconds) / 60))


def _gap(before: datetime, after: datetime) -> float:
    return (after - before).total_seconds()


def _visits(route: Route | None) -> tuple[Visit, ...]:
    return route.visits if route else ()


def _orders(route: Route | None) -> set[str]:
    return {visit.work_order for visit in _visits(route)}
