"""The rules on work that a crew has begun: it goes on, or an emergency takes the crew away."""

from __future__ import annotations

from dispatch.rules_case import Case, Violations, is_emergency, rule, seconds


@rule(
    9,
    "班组先做已开始的工单，只有 P1 工单可以插到前面",
    "A crew first does the order that it has begun, or a P1 order.",
)
def begun_work(case: Case) -> Violations:
    """Yield each crew that comes to other work first, or to none."""
    for crew_id, begun in case.begun.items():
        stops = case.stops.get(crew_id, [])
        if stops and stops[0].left is not None and not is_emergency(stops[0].order):
            stop = stops[0]
            priority = stop.order.priority.name
            yield f"{stop.name}: comes before {begun.work_order}, which it has begun, as {priority}"
        elif not stops:
            yield f"{begun.work_order}, crew {crew_id}: has begun it and does nothing"


@rule(
    9,
    "已在现场的班组不再行驶，从当前时刻起接着做",
    "A crew that works on site goes on there at once, without a drive.",
)
def on_site(case: Case) -> Violations:
    """Yield each crew on site that drives first or waits."""
    now = case.problem.now
    for stop in case.every_stop:
        visit = stop.visit
        if stop.goes_on and (visit.travel_s or visit.depart != now or visit.start != now):
            times = f"departs {seconds(now, visit.depart)}, begins {seconds(now, visit.start)}"
            yield f"{stop.name}: is on site, {times} after now, drives {visit.travel_s} s"


@rule(
    9,
    "在场作业只有可中断的才能为抢险中断",
    "Work on site is left half done only if it may be interrupted.",
)
def interruptible(case: Case) -> Violations:
    """Yield each visit for which a crew leaves what may not be interrupted."""
    for stop in case.every_stop:
        left = stop.left
        if left is not None and left.on_site and not case.orders[left.work_order].interruptible:
            yield f"{stop.name}: leaves {left.work_order}, which may not be interrupted"


@rule(9, "中断在场作业的，处置安全后才出发", "A crew that leaves work on site makes it safe first.")
def make_safe(case: Case) -> Violations:
    """Yield each departure before the work left behind is safe."""
    for stop in case.every_stop:
        left = stop.left
        if left is None or not left.on_site:
            continue
        takes = case.orders[left.work_order].make_safe_s
        if stop.visit.depart < stop.free_at:
            early = seconds(stop.visit.depart, stop.free_at)
            yield f"{stop.name}: departs {early} before {left.work_order} is safe, {takes} s needed"


@rule(
    9,
    "转去抢险的派工写明放下了哪张工单，其余派工不写",
    "A visit that takes a crew away from begun work names that work; no other visit does.",
)
def interrupts(case: Case) -> Violations:
    """Yield each visit that names other work than what it takes the crew from."""
    for stop in case.every_stop:
        begun, named = stop.left.work_order if stop.left else "", stop.visit.interrupts
        if named != begun and (named or is_emergency(stop.order)):
            yield f"{stop.name}: interrupts {named or 'nothing'} instead of {begun or 'nothing'}"
