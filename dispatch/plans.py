"""From a draft to the plan people see: instants instead of seconds, and a reason for each line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from dispatch.blocked import why_unassigned
from dispatch.explain import why_it_stays, why_visit
from dispatch.rivals import rivals_of
from dispatch.scoring import score
from dispatch.standing import Standing
from domain.plans import Plan, Route, Visit
from domain.sentences import Sentence


def plan_of(standing: Standing, *, seed: int, engine: str, stays: Collection[int] = ()) -> Plan:
    """Return the draft as a plan with its cost; every crew has a route, perhaps empty.

    The visits of the crews in ``stays`` are only said to stay: explaining a thousand visits takes
    longer than finding a place for one.
    """
    bare = bare_plan(standing)
    unassigned = tuple(why_unassigned(standing, order) for order in standing.unassigned)
    routes = tuple(
        replace(
            route, visits=tuple(map(partial(_explained, standing, stays), route.visits, sequence))
        )
        for route, sequence in zip(bare.routes, standing.sequences, strict=True)
    )
    plan = replace(bare, seed=seed, engine=engine, routes=routes, unassigned=unassigned)
    return replace(plan, cost=score(standing.problem, plan))


def bare_plan(standing: Standing) -> Plan:
    """Return the draft as a plan without reasons, for the referee."""
    routes = tuple(_route(standing, crew) for crew in range(standing.problem.n_crews))
    return Plan(standing.problem.now, 0, routes, ())


def _explained(standing: Standing, stays: Collection[int], visit: Visit, order: int) -> Visit:
    if standing.crew[order] in stays:
        return replace(visit, reason=why_it_stays(standing, order))
    return replace(visit, reason=why_visit(standing, order), rivals=rivals_of(standing, order))


def _route(standing: Standing, crew: int) -> Route:
    sequence = standing.sequences[crew]
    return Route(
        crew=standing.problem.crews[crew].id,
        visits=tuple(_visit(standing, order) for order in sequence),
        breaks=tuple(
            (standing.instant(begin), standing.instant(end)) for begin, end in standing.breaks(crew)
        ),
        back=None if not sequence else standing.back(crew),
    )


def _visit(standing: Standing, order: int) -> Visit:
    problem, draft = standing.problem, standing.draft
    depot, interrupted = int(draft.depot[order]), standing.interrupted(order)
    orders = problem.work_orders
    return Visit(
        crew=problem.crews[standing.crew[order]].id,
        work_order=orders[order].id,
        depart=standing.instant(standing.depart[order]),
        eta=standing.instant(standing.eta[order]),
        start=standing.instant(standing.start[order]),
        end=standing.instant(standing.end[order]),
        travel_s=standing.travel[order],
        travel_m=0,
        reason=Sentence("", ""),
        depot=problem.depots[depot].id if depot >= 0 else "",
        pickup_s=problem.depots[depot].load_s if depot >= 0 else 0,
        interrupts=orders[interrupted].id if interrupted >= 0 else "",
    )
