"""The rules on time: setting out, breaks, beginning and ending work, the shift's end."""

from __future__ import annotations

from datetime import datetime, timedelta

from dispatch.rules_case import Case, Violations, rule, seconds, whole
from domain.plans import Route


@rule(1, "上班前不出发", "Nobody sets out before the shift starts.")
def shift_start(case: Case) -> Violations:
    """Yield each departure before the shift."""
    for stop in case.every_stop:
        begins = stop.crew.shift.start
        if stop.visit.depart < begins and not stop.goes_on:
            early = seconds(stop.visit.depart, begins)
            yield f"{stop.name}: departs {early} before its shift starts {begins.isoformat()}"


@rule(1, "出发时刻不早于当前时刻", "Nobody sets out before now.")
def not_in_the_past(case: Case) -> Violations:
    """Yield each departure before now."""
    now = case.problem.now
    for stop in case.every_stop:
        if stop.visit.depart < now:
            early = seconds(stop.visit.depart, now)
            yield f"{stop.name}: departs {early} before now, {now.isoformat()}"


@rule(2, "未接报的工单不提前出发", "Nobody sets out for work that has not been reported.")
def release(case: Case) -> Violations:
    """Yield each departure before the report."""
    for stop in case.every_stop:
        known = stop.order.released_at
        if stop.visit.depart < known and not stop.goes_on:
            early = seconds(stop.visit.depart, known)
            yield f"{stop.name}: departs {early} before its release {known.isoformat()}"


@rule(2, "前一张工单完工后才出发去下一张", "A crew sets out when its visit before has ended.")
def no_overlap(case: Case) -> Violations:
    """Yield each departure during the visit before."""
    for stop in case.every_stop:
        if stop.before is not None and stop.visit.depart < stop.before.end:
            early = seconds(stop.visit.depart, stop.before.end)
            yield f"{stop.name}: departs {early} before {stop.before.work_order} ends"


@rule(
    3,
    "休息按顺序在空闲处进行：到点后先休息再出发，未到点不安排；被抽调去抢险的先抢险后休息",
    "Breaks are taken in order before setting out, as soon as they are due, and no others;"
    " who is called off to an emergency rests after it.",
)
def breaks(case: Case) -> Violations:
    """Yield each departure during a break, and each route whose breaks are not those due."""
    for route in case.plan.routes:
        due, early = _breaks_due(case, route)
        yield from early
        if due != list(route.breaks):
            yield f"crew {route.crew}: has {_listed(route.breaks)}, due are {_listed(due)}"


def _breaks_due(case: Case, route: Route) -> tuple[list[tuple[datetime, datetime]], list[str]]:
    """Return the breaks due by each departure, and who sets out before their end."""
    left = list(case.crews[route.crew].breaks)
    due, early = [], []
    for stop in case.stops[route.crew]:
        free = stop.free_at
        rests = not stop.goes_on and not stop.visit.interrupts
        while rests and left and left[0].earliest <= stop.visit.depart:
            begin = max(free, whole(left[0].earliest))
            free = begin + timedelta(seconds=left.pop(0).duration_s)
            due.append((begin, free))
            if stop.visit.depart < free:
                before = seconds(stop.visit.depart, free)
                early.append(f"{stop.name}: departs {before} before its break ends")
    return due, early


def _listed(pairs: list[tuple[datetime, datetime]] | tuple[tuple[datetime, datetime], ...]) -> str:
    return ", ".join(f"{a.isoformat()} to {b.isoformat()}" for a, b in pairs) or "none"


@rule(6, "到场后才开工", "Work begins when the crew has arrived.")
def after_arrival(case: Case) -> Violations:
    """Yield each visit begun before the crew arrives."""
    for stop in case.every_stop:
        if stop.visit.start < stop.visit.eta:
            early = seconds(stop.visit.start, stop.visit.eta)
            yield f"{stop.name}: begins {early} before the crew arrives"


@rule(6, "预约工单在约定时段内开工", "Work with an appointment begins within its window.")
def window(case: Case) -> Violations:
    """Yield each visit begun before or after its window."""
    for stop in case.every_stop:
        if stop.order.window is None:
            continue
        opens, closes = stop.order.window
        start = stop.visit.start
        if start < opens and not stop.goes_on:
            yield f"{stop.name}: begins {seconds(start, opens)} before {opens.isoformat()}"
        if start > closes and stop.begun is None:
            yield f"{stop.name}: begins {seconds(closes, start)} after {closes.isoformat()}"


@rule(
    6,
    "前序工单全部完工后才开工",
    "Work begins when all that it waits for has ended, whichever crew does that.",
)
def order_of_work(case: Case) -> Violations:
    """Yield each visit begun while work that it waits for lasts."""
    for stop in case.every_stop:
        for earlier in stop.order.after:
            visit, under_way = case.visit_of.get(earlier), case.problem.running.ends.get(earlier)
            for end in (visit.end if visit else None, under_way):
                if end is not None and stop.visit.start < end:
                    early = seconds(stop.visit.start, end)
                    yield f"{stop.name}: begins {early} before {earlier} ends"


@rule(
    6,
    "配合作业的两张工单由两个班组同时开工",
    "Two orders that are together begin at one instant, by two crews.",
)
def together(case: Case) -> Violations:
    """Yield each pair begun at two times or by one crew."""
    for stop in case.every_stop:
        partner = case.visit_of.get(stop.order.together)
        other = case.orders.get(stop.order.together)
        if partner is None or other is None:
            continue
        if other.together == stop.order.id and other.id < stop.order.id:
            continue  # said once for both
        if partner.crew == stop.visit.crew:
            yield f"{stop.name}: the same crew does its partner {other.id}"
        elif partner.start != stop.visit.start:
            apart = seconds(
                min(partner.start, stop.visit.start), max(partner.start, stop.visit.start)
            )
            yield f"{stop.name}: begins {apart} apart from its partner {other.id}"


@rule(
    7,
    "作业时间等于工单工时；在场的在做工单等于剩余工时",
    "Work takes the order's duration, or what is left of it where the crew is at it already.",
)
def work_time(case: Case) -> Violations:
    """Yield each visit of another length."""
    for stop in case.every_stop:
        begun = stop.begun
        takes = begun.remaining_s if begun and begun.on_site else stop.order.duration_s
        if stop.visit.end != stop.visit.start + timedelta(seconds=takes):
            lasts = seconds(stop.visit.start, stop.visit.end)
            yield f"{stop.name}: lasts {lasts} instead of {takes} s"


@rule(
    8,
    "末次完工（要回驻地的连同回程）不晚于下班时刻加允许的加班时间",
    "The last end, and the way home, is within the shift and its overtime.",
)
def shift_end(case: Case) -> Violations:
    """Yield each route that lasts too long."""
    for crew_id, stops in case.stops.items():
        if not stops:
            continue
        crew, first, last = case.crews[crew_id], stops[0], stops[-1]
        latest = crew.shift.end + timedelta(seconds=crew.overtime_s)
        if first.begun is not None:
            way = case.way_home(crew, first.order.id) or 0
            latest = max(latest, first.visit.end + timedelta(seconds=way))
        ends = last.visit.end + timedelta(seconds=case.way_home(crew, last.order.id) or 0)
        if ends > latest:
            late = seconds(latest, ends)
            yield f"{last.name}: ends, or is home, {late} after the latest, {latest.isoformat()}"
