"""mainbreak's own search on an instance: domain values in, sequences out, public names only."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import dispatch
from benchmarks.dispatch_cold import solve_plain
from benchmarks.dispatch_instances import PENALTY, Instance
from benchmarks.dispatch_judge import Sequences
from domain.crews import Crew, Shift
from domain.incidents import WorkOrder
from domain.places import LonLat
from domain.plans import Plan
from domain.travel import TravelMatrix
from domain.words import Priority, Skill, WorkOrderKind

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
METRES_PER_DEG = 111_320.0
_SKILLS = tuple(Skill)
_NOTHING = dict.fromkeys(Priority, 0.0)


def travel_and_drops(instance: Instance) -> dispatch.Weights:
    """Return weights under which a plan costs its driving and what it drops."""
    drops = dict(zip(Priority, map(float, PENALTY), strict=True))
    drops |= {
        Priority(int(p)): float(cost)
        for p, cost in zip(instance.priority, instance.penalty, strict=True)
    }
    return dispatch.Weights(
        travel=1.0,
        customer=0.0,
        burst=0.0,
        leak=0.0,
        lateness=_NOTHING,
        miss=_NOTHING,
        waiting=_NOTHING,
        slack=_NOTHING,
        overtime=0.0,
        break_late=0.0,
        territory=0.0,
        reserve=0.0,
        interrupt=0.0,
        divert=0.0,
        churn=0.0,
        unassigned=drops,
    )


def crews_of(instance: Instance) -> list[Crew]:
    """Return the crews; what they carry only where somebody counts."""
    return [
        Crew(
            id=f"C{c:03d}",
            name=f"Crew {c}",
            skills=_skills(int(instance.holds[c])),
            size=2,
            position=_spot(instance, int(instance.home[c])),
            shift=Shift(_at(instance.shift_start[c]), _at(instance.shift_end[c])),
            home=_spot(instance, int(instance.home[c])),
            stock=(("load", int(instance.room[c])),) if instance.room[c] else (),
        )
        for c in range(instance.crews)
    ]


def work_orders_of(instance: Instance) -> list[WorkOrder]:
    """Return the orders, each with its window as an appointment."""
    return [
        WorkOrder(
            id=f"W{i:04d}",
            incident=f"E{i:04d}",
            kind=WorkOrderKind.DEFECT,
            tickets=(),
            priority=Priority(int(instance.priority[i])),
            location=_spot(instance, int(instance.place[i])),
            skills=_skills(int(instance.asks[i])),
            crew_size=1,
            duration_s=int(instance.service[i]),
            released_at=NOW,
            due_on_site=None,
            window=(_at(instance.opens[i]), _at(instance.closes[i])),
            parts=(("load", int(instance.load[i])),) if instance.load[i] else (),
        )
        for i in range(instance.orders)
    ]


def travel_of(instance: Instance) -> TravelMatrix:
    """Return the seconds between the crews' starts, the orders and the crews' homes."""
    places = [*instance.home, *instance.place, *instance.home]
    seconds = instance.travel[places][:, places].astype(float)
    return TravelMatrix(seconds, {}, straight_line=False, method="made")


def problem_of(instance: Instance, running: dispatch.Running | None = None) -> dispatch.Problem:
    """Return the instance as a problem of travel and drops."""
    return dispatch.Problem.build(
        work_orders_of(instance),
        crews_of(instance),
        travel_of(instance),
        NOW,
        weights=travel_and_drops(instance),
        running=running,
    )


def refereed(instance: Instance, sequences: Sequences) -> Plan:
    """Return the plan of our sequences, as our own referee prices it and faults it."""
    crews, orders = crews_of(instance), work_orders_of(instance)
    told = {
        crew.id: tuple(orders[order].id for order in sequence)
        for crew, sequence in zip(crews, sequences, strict=True)
    }
    return dispatch.at_once(problem_of(instance, dispatch.Running(sequences=told)))


def solve_ours(
    instance: Instance, seconds: float, seed: int, engines: tuple[str, ...]
) -> Sequences:
    """Return the sequences found within so many seconds by these engines.

    The first call in a process loads what is compiled; the next ones have it.
    """
    dispatch.warm_up()
    used = frozenset(dispatch.Engine[name] for name in engines)
    found = dispatch.search(problem_of(instance), seed=seed, seconds=seconds, engines=used)
    return found.sequences


def solve_seeded(instance: Instance, seconds: float, seed: int) -> Sequences:
    """Return what the plain OR-Tools model makes of our greedy plan."""
    begun = time.perf_counter()
    start = solve_ours(instance, seconds, seed, ("GREEDY",))
    return solve_plain(instance, seconds - (time.perf_counter() - begun), seed, start=start)


def _skills(bits: int) -> frozenset[Skill]:
    return frozenset(one for number, one in enumerate(_SKILLS) if bits >> number & 1)


def _at(seconds: int) -> datetime:
    return NOW + timedelta(seconds=int(seconds))


def _spot(instance: Instance, place: int) -> LonLat:
    east, north = instance.spots[place] / METRES_PER_DEG
    return LonLat(float(east), float(north))
