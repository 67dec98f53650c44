"""Faults put into a clean plan, or into the day under it: what a checker must catch.

Each takes a day, its plan and luck, and returns both changed; None where there is nothing to
change. A few leave the plan legal by chance: the oracle says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import numpy as np

from dispatch import Problem
from dispatch.arrays import places_of
from domain.crews import Crew
from domain.incidents import WorkOrder
from domain.plans import Plan, Route, Visit
from domain.words import Skill

Changed = tuple[Problem, Plan] | None
Mutation = Callable[[Problem, Plan, Random], Changed]

MUTATIONS: dict[str, Mutation] = {}

MINUTE = timedelta(minutes=1)


def _named(change: Mutation) -> Mutation:
    MUTATIONS[change.__name__] = change
    return change


def rebuilt(day: Problem, **changes: object) -> Problem:
    """Return the day with other crews, orders, depots, running or travel."""
    values: dict[str, object] = {
        name: getattr(day, name)
        for name in ("work_orders", "crews", "travel", "now", "weights", "running", "depots")
    }
    return Problem.build(**{**values, **changes})  # type: ignore[arg-type]


def without_places(day: Problem, gone: list[int], **changes: object) -> Problem:
    """Return the day with other things, whose travel lacks these places."""
    kept = np.delete(np.delete(day.travel.seconds, gone, 0), gone, 1)
    return rebuilt(day, travel=replace(day.travel, seconds=kept), **changes)


def without_crew(day: Problem, crew: Crew) -> Problem:
    """Return the day without a crew."""
    gone = [day.crews.index(crew)]
    if crew.home is not None:
        homes = [one for one in day.crews if one.home is not None]
        gone.append(len(day.crews) + len(day.work_orders) + homes.index(crew))
    return without_places(day, gone, crews=[one for one in day.crews if one is not crew])


def _visits(plan: Plan) -> list[Visit]:
    return [one for route in plan.routes for one in route.visits]


def _with_route(plan: Plan, old: Route, *new: Route) -> Plan:
    routes = [one for one in plan.routes if one is not old]
    return replace(plan, routes=(*routes, *new))


def _with_visit(plan: Plan, old: Visit, *new: Visit) -> Plan:
    route = next(one for one in plan.routes if old in one.visits)
    k = route.visits.index(old)
    visits = (*route.visits[:k], *new, *route.visits[k + 1 :])
    return _with_route(plan, route, replace(route, visits=visits))


def _some_visit(plan: Plan, luck: Random) -> Visit | None:
    visits = _visits(plan)
    return luck.choice(visits) if visits else None


def _order(day: Problem, visit: Visit) -> WorkOrder:
    return next(one for one in day.work_orders if one.id == visit.work_order)


def _crew(day: Problem, visit: Visit) -> Crew:
    return next(one for one in day.crews if one.id == visit.crew)


def _other_order(day: Problem, plan: Plan, luck: Random, **changes: object) -> Changed:
    visit = _some_visit(plan, luck)
    return visit and _changed_order(day, plan, _order(day, visit), **changes)


def _changed_order(day: Problem, plan: Plan, old: WorkOrder, **changes: object) -> Changed:
    new = replace(old, **changes)  # type: ignore[arg-type]
    orders = [new if one is old else one for one in day.work_orders]
    return rebuilt(day, work_orders=orders), plan


def _changed_crew(day: Problem, plan: Plan, old: Crew, **changes: object) -> Changed:
    new = replace(old, **changes)  # type: ignore[arg-type]
    return rebuilt(day, crews=[new if one is old else one for one in day.crews]), plan


@_named
def two_visits_swapped(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Swap two visits of a route."""
    long = [one for one in plan.routes if len(one.visits) > 1]
    if not long:
        return None
    route = luck.choice(long)
    visits = list(route.visits)
    a, b = luck.sample(range(len(visits)), 2)
    visits[a], visits[b] = visits[b], visits[a]
    return day, _with_route(plan, route, replace(route, visits=tuple(visits)))


@_named
def two_orders_swapped(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Swap the orders of two visits, not their times."""
    visits = _visits(plan)
    if len(visits) < 2:
        return None
    a, b = luck.sample(visits, 2)
    plan = _with_visit(plan, a, replace(a, work_order=b.work_order))
    return day, _with_visit(plan, b, replace(b, work_order=a.work_order))


@_named
def visit_to_another_crew(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Give a visit to another crew's route, at its time."""
    visit = _some_visit(plan, luck)
    others = [one.id for one in day.crews if visit and one.id != visit.crew]
    if not visit or not others:
        return None
    crew = luck.choice(others)
    plan = _with_visit(plan, visit)
    route = next((one for one in plan.routes if one.crew == crew), Route(crew, ()))
    visits = sorted((*route.visits, replace(visit, crew=crew)), key=lambda one: one.start)
    return day, _with_route(plan, route, replace(route, visits=tuple(visits)))


def _moved(visit: Visit, names: list[str], by: timedelta) -> Visit:
    return replace(visit, **{name: getattr(visit, name) + by for name in names})


@_named
def a_time_moved(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Move one time of a visit, or all from one on, by a minute."""
    visit = _some_visit(plan, luck)
    if not visit:
        return None
    names = ["depart", "eta", "start", "end"]
    k = luck.randrange(4)
    names = luck.choice([names[k : k + 1], names[k:]])
    return day, _with_visit(plan, visit, _moved(visit, names, luck.choice([MINUTE, -MINUTE])))


@_named
def a_partner_shifted(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Let one of a pair begin a minute later."""
    pairs = [one for one in _visits(plan) if _order(day, one).together]
    if not pairs:
        return None
    visit = luck.choice(pairs)
    return day, _with_visit(plan, visit, _moved(visit, ["start", "end"], MINUTE))


@_named
def another_drive(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Lengthen a drive or a pick-up, and move the arrival with it or not."""
    visit = _some_visit(plan, luck)
    if not visit:
        return None
    name = luck.choice(["travel_s", "pickup_s"])
    longer = replace(visit, **{name: getattr(visit, name) + 60})
    if luck.random() < 0.5:
        longer = replace(longer, eta=visit.eta + MINUTE)
    return day, _with_visit(plan, visit, longer)


@_named
def another_depot(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Name another depot, none, or one where none is due."""
    visit = _some_visit(plan, luck)
    names = ["", "nowhere", *(one.id for one in day.depots)]
    others = [one for one in names if visit and one != visit.depot]
    return (
        (day, _with_visit(plan, visit, replace(visit, depot=luck.choice(others))))
        if visit
        else None
    )


@_named
def another_interrupted(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Let a visit say that it interrupts something, or hide that it does."""
    visit = _some_visit(plan, luck)
    if not visit:
        return None
    said = "" if visit.interrupts else luck.choice(day.work_orders).id
    return day, _with_visit(plan, visit, replace(visit, interrupts=said))


@_named
def visit_dropped(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Lose a visit."""
    visit = _some_visit(plan, luck)
    return (day, _with_visit(plan, visit)) if visit else None


@_named
def visit_doubled(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Make a visit twice."""
    visit = _some_visit(plan, luck)
    return (day, _with_visit(plan, visit, visit, visit)) if visit else None


@_named
def line_dropped(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Lose an unassigned order."""
    if not plan.unassigned:
        return None
    gone = luck.choice(plan.unassigned)
    return day, replace(plan, unassigned=tuple(o for o in plan.unassigned if o is not gone))


@_named
def line_doubled(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Say of an order twice that it is unassigned, or of a planned one."""
    if not plan.unassigned:
        return None
    line = luck.choice(plan.unassigned)
    names = [line.work_order, *(one.work_order for one in _visits(plan))]
    more = replace(line, work_order=luck.choice(names))
    return day, replace(plan, unassigned=(*plan.unassigned, more))


@_named
def a_break_cut(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Leave a break away, shorten or move it."""
    with_breaks = [one for one in plan.routes if one.breaks]
    if not with_breaks:
        return None
    route = luck.choice(with_breaks)
    k = luck.randrange(len(route.breaks))
    begin, end = route.breaks[k]
    new: list[tuple[tuple[datetime, datetime], ...]] = [
        (),
        ((begin, end - MINUTE),),
        ((begin + MINUTE, end + MINUTE),),
    ]
    breaks = (*route.breaks[:k], *luck.choice(new), *route.breaks[k + 1 :])
    return day, _with_route(plan, route, replace(route, breaks=breaks))


@_named
def another_way_home(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Let a crew be home sooner or later than it can be, or not go."""
    going = [one for one in plan.routes if one.back is not None]
    if not going:
        return None
    route = luck.choice(going)
    assert route.back is not None
    back = luck.choice([None, route.back + MINUTE, route.back - MINUTE])
    return day, _with_route(plan, route, replace(route, back=back))


@_named
def a_skill_removed(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Take a skill, people or levels from a crew."""
    visit = _some_visit(plan, luck)
    if not visit:
        return None
    crew, order = _crew(day, visit), _order(day, visit)
    lost = luck.choice(sorted(order.skills)) if order.skills else Skill.PIPE
    changes: list[dict[str, object]] = [
        {"skills": crew.skills - {lost}},
        {"size": order.crew_size - 1},
        {"levels": ()},
    ]
    return _changed_crew(day, plan, crew, **luck.choice(changes))


@_named
def a_window_shifted(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Make an appointment that ends before the work begins, begins after, or just holds it."""
    visit = _some_visit(plan, luck)
    if not visit:
        return None
    hour = timedelta(hours=1)
    windows = [
        (visit.start - hour, visit.start - MINUTE),
        (visit.start + MINUTE, visit.start + hour),
        (visit.start, visit.start),
    ]
    return _changed_order(day, plan, _order(day, visit), window=luck.choice(windows))


@_named
def a_later_report(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Report an order a minute after the crew set out for it."""
    visit = _some_visit(plan, luck)
    later = visit and visit.depart + MINUTE
    return visit and _changed_order(day, plan, _order(day, visit), released_at=later)


@_named
def longer_work(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Let the work take a minute more."""
    visit = _some_visit(plan, luck)
    longer = _order(day, visit).duration_s + 60 if visit else 0
    return visit and _changed_order(day, plan, _order(day, visit), duration_s=longer)


@_named
def more_parts(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Let the work use up what no van has."""
    return _other_order(day, plan, luck, parts=(("pump", 1),))


@_named
def one_more_wait(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Let an order wait for another one of the day."""
    return _other_order(day, plan, luck, after=(luck.choice(day.work_orders).id,))


@_named
def a_pin_broken(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Pin an order to any crew or to one that is away, or bar it from its own."""
    visit = _some_visit(plan, luck)
    if not visit:
        return None
    running = day.running
    crew = luck.choice(["away", *(one.id for one in day.crews)])
    changes: list[dict[str, object]] = [
        {"pinned": {**running.pinned, visit.work_order: crew}},
        {"barred": running.barred | {(visit.crew, visit.work_order)}},
    ]
    return rebuilt(day, running=replace(running, **luck.choice(changes))), plan


@_named
def a_shorter_shift(day: Problem, plan: Plan, luck: Random) -> Changed:
    """End a shift a minute before the crew's last work, with overtime or without."""
    busy = [one for one in plan.routes if one.visits]
    if not busy:
        return None
    route = luck.choice(busy)
    crew = _crew(day, route.visits[0])
    end = (route.back or route.visits[-1].end) - MINUTE
    if end <= crew.shift.start:
        return None
    extra = luck.choice([0, 59, 60])
    return _changed_crew(day, plan, crew, shift=replace(crew.shift, end=end), overtime_s=extra)


@_named
def an_empty_van(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Empty a van, or fill it."""
    visit = _some_visit(plan, luck)
    stock = luck.choice([(), (("clamp", 99), ("pipe", 99))])
    return visit and _changed_crew(day, plan, _crew(day, visit), stock=stock)


@_named
def a_depot_removed(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Close a depot."""
    if not day.depots:
        return None
    gone = luck.choice(day.depots)
    first = len(places_of(day.work_orders, day.crews))
    kept = [one for one in day.depots if one is not gone]
    return without_places(day, [first + day.depots.index(gone)], depots=kept), plan


@_named
def another_road(day: Problem, plan: Plan, luck: Random) -> Changed:
    """Lengthen a drive, or close the road."""
    seconds = day.travel.seconds.copy()
    if not seconds.size:
        return None
    a, b = luck.randrange(len(seconds)), luck.randrange(len(seconds))
    seconds[a, b] = luck.choice([seconds[a, b] + 60, np.inf, np.nan])
    return rebuilt(day, travel=replace(day.travel, seconds=seconds)), plan
