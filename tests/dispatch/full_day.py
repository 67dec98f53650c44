"""A day with everything a plan knows, on one road, and a plan of it that keeps every rule.

Minutes along the road are the places, minutes after eight the times. Crew A shuts a burst, works
together with C, takes its break late, picks up clamps at depot Y, keeps an appointment and drives
home in overtime. B finishes what it has begun after its shift. C repairs, then waits for work under
way. D leaves H for an emergency and comes back to it. E drives on to K, whose window is over. F is
the reserve and does nothing.
"""

from __future__ import annotations

from dataclasses import replace

from dispatch import Problem, Running
from dispatch.running import Begun
from domain.crews import Break, Crew, Depot
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.plans import Blocked, Plan, Route, Unassigned, Visit
from domain.sentences import Sentence
from domain.words import Priority, Skill
from tests.dispatch.days import NOW, at, burst, crew, line, order
from tests.dispatch.plain_weights import PLAIN

WHY = Sentence("因为", "because")

#: Minute of each place along the road, in the order of the travel matrix.
ROAD = {
    "crews": {"A": 0, "B": 50, "C": 0, "D": 0, "E": 5, "F": 0},
    "orders": {
        "E1I": 20, "E1R": 20, "T1": 30, "T2": 30, "P": 20, "W": 40,
        "N": 20, "G": 50, "H": 0, "U": 10, "K": 25, "L": 99,
    },
    "homes": {"A": 0},
    "depots": {"X": 10, "Y": 30},
}  # fmt: skip


def visit(
    crew_id: str,
    work: str,
    depart: float,
    travel: float,
    begin: float,
    end: float,
    **more: object,
) -> Visit:
    """Return a visit with times in minutes after now; without a pick-up unless ``more`` says so."""
    seconds = round(travel * 60)
    fields: dict[str, object] = {
        "crew": crew_id,
        "work_order": work,
        "depart": at(depart),
        "eta": at(depart + travel),
        "start": at(begin),
        "end": at(end),
        "travel_s": seconds,
        "travel_m": seconds * 10,
        "reason": WHY,
    }
    return Visit(**{**fields, **more})  # type: ignore[arg-type]


def full_day() -> Problem:
    """Return the day."""
    minutes = [spot for places in ROAD.values() for spot in places.values()]
    depots = [Depot(name, name, LonLat(0, 0), load_s=600) for name in ROAD["depots"]]
    return Problem.build(
        _orders(),
        _crews(),
        line(minutes),
        NOW,
        depots=depots,
        running=_running(),
        weights=PLAIN,
    )


def _crews() -> list[Crew]:
    first = replace(
        crew("A", skills="pipe valve", hours=(-1, 4.5)),
        breaks=(Break(at(60), at(90), 1800), Break(at(240), at(300), 600)),
        overtime_s=3600,
        home=LonLat(0, 0),
        stock=(("clamp", 1), ("sleeve", 9)),
        territories=("north", "east"),
    )
    third = replace(crew("C", hours=(0.5, 3)), levels=((Skill.PIPE, 2),))
    return [
        first,
        crew("B", hours=(-1, 0.25)),
        third,
        crew("D", hours=(-1, 8)),
        crew("E", hours=(-1, 8)),
        replace(crew("F"), reserve=True),
    ]


def _orders() -> list[WorkOrder]:
    shut, mend = burst("E1", released_at=at(-5))
    return [
        shut,
        replace(mend, levels=((Skill.PIPE, 2),)),
        order("T1", together="T2", released_at=at(55)),
        order("T2", together="T1", released_at=at(20)),
        order("P", parts=(("clamp", 2), ("sleeve", 1)), territory="south"),
        order("W", window=(at(210), at(230)), parts=(("clamp", 5),), territory="east"),
        order("N", after=("Z",)),
        order("G", parts=(("pump", 1),)),
        order("H", interruptible=True, make_safe_s=600),
        order("U", priority=Priority.P1),
        order("K", window=(at(-60), at(-30))),
        order("L", skills=frozenset({Skill.TANKER})),
    ]


def _running() -> Running:
    return Running(
        ends={"Z": at(150)},
        barred=frozenset({("C", "N"), ("A", "E1R")}),
        pinned={"N": "C"},
        begun={
            "B": Begun("G", on_site=True, remaining_s=1200),
            "D": Begun("H", on_site=True, remaining_s=900),
            "E": Begun("K", on_site=False),
        },
    )


def full_plan() -> Plan:
    """Return a plan of the day that keeps every rule."""
    of_a = (
        visit("A", "E1I", 0, 20, 20, 50),
        visit("A", "T1", 55, 10, 70, 100),
        visit("A", "P", 130, 10, 150, 180, depot="Y", pickup_s=600, eta=at(150)),
        visit("A", "W", 180, 20, 210, 240),
    )
    of_c = (
        visit("C", "T2", 30, 30, 70, 100),
        visit("C", "E1R", 100, 10, 110, 140),
        visit("C", "N", 140, 0, 150, 180),
    )
    of_d = (visit("D", "U", 10, 10, 20, 50, interrupts="H"), visit("D", "H", 50, 10, 60, 90))
    routes = (
        Route("A", of_a, breaks=((at(100), at(130)),), back=at(280)),
        Route("B", (visit("B", "G", 0, 0, 0, 20),)),
        Route("C", of_c),
        Route("D", of_d),
        Route("E", (visit("E", "K", 0, 20, 20, 50),)),
        Route("F", ()),
    )
    return Plan(NOW, 1, routes, (Unassigned("L", Blocked.NO_SKILL, WHY),))


def with_visit(plan: Plan, work: str, **changes: object) -> Plan:
    """Return the plan with one visit changed."""
    routes = [
        replace(
            route,
            visits=tuple(
                replace(one, **changes) if one.work_order == work else one  # type: ignore[arg-type]
                for one in route.visits
            ),
        )
        for route in plan.routes
    ]
    return replace(plan, routes=tuple(routes))


def with_route(plan: Plan, crew_id: str, **changes: object) -> Plan:
    """Return the plan with one route changed."""
    routes = [
        replace(route, **changes) if route.crew == crew_id else route  # type: ignore[arg-type]
        for route in plan.routes
    ]
    return replace(plan, routes=tuple(routes))


def without(plan: Plan, work: str) -> Plan:
    """Return the plan with an order among the unassigned instead of in a visit."""
    routes = [
        replace(r, visits=tuple(v for v in r.visits if v.work_order != work)) for r in plan.routes
    ]
    undone = Unassigned(work, Blocked.NO_TIME_LEFT, WHY)
    return replace(plan, routes=tuple(routes), unassigned=(*plan.unassigned, undone))


def with_order(day: Problem, work: str, **changes: object) -> Problem:
    """Return the day with one work order changed."""
    orders = [
        replace(one, **changes) if one.id == work else one  # type: ignore[arg-type]
        for one in day.work_orders
    ]
    return rebuilt(day, work_orders=orders)


def with_crew(day: Problem, crew_id: str, **changes: object) -> Problem:
    """Return the day with one crew changed."""
    crews = [
        replace(one, **changes) if one.id == crew_id else one  # type: ignore[arg-type]
        for one in day.crews
    ]
    return rebuilt(day, crews=crews)


def with_running(day: Problem, **changes: object) -> Problem:
    """Return the day beside another running one."""
    return rebuilt(day, running=replace(day.running, **changes))  # type: ignore[arg-type]


def without_way(day: Problem, here: tuple[str, str], there: tuple[str, str]) -> Problem:
    """Return the day with no way between two places: ("orders", "T2") to ("homes", "A")."""
    rows = [(kind, name) for kind, places in ROAD.items() for name in places]
    seconds = day.travel.seconds.copy()
    seconds[rows.index(here), rows.index(there)] = float("inf")
    return rebuilt(day, travel=replace(day.travel, seconds=seconds))


def rebuilt(day: Problem, **changes: object) -> Problem:
    """Return the problem built anew with other values."""
    fields: dict[str, object] = {
        name: getattr(day, name)
        for name in ("work_orders", "crews", "travel", "now", "weights", "running", "depots")
    }
    return Problem.build(**{**fields, **changes})  # type: ignore[arg-type]
