"""From a draft to the plan people see: instants instead of seconds, and a reason for each line."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dispatch.draft import Draft
from dispatch.explain import why_unassigned, why_visit
from dispatch.scoring import score
from domain.plans import Plan, Route, Visit


def plan_of(draft: Draft, *, seed: int, engine: str) -> Plan:
    """Return the draft as a plan with its cost; every crew has a route, perhaps empty."""
    problem = draft.tables.problem
    routes = tuple(
        Route(crew.id, tuple(_visit(draft, number, place) for place in range(len(sequence))))
        for number, (crew, sequence) in enumerate(zip(problem.crews, draft.sequences, strict=True))
    )
    unassigned = tuple(why_unassigned(draft, order) for order in draft.unassigned())
    plan = Plan(problem.now, seed, routes, unassigned, engine=engine)
    return replace(plan, cost=score(problem, plan))


def _visit(draft: Draft, crew: int, position: int) -> Visit:
    problem, times = draft.tables.problem, draft.times
    sequence = draft.sequences[crew]
    order = sequence[position]

    def at(second: int) -> datetime:
        return problem.now + timedelta(seconds=second)

    return Visit(
        crew=problem.crews[crew].id,
        work_order=problem.work_orders[order].id,
        depart=at(times.depart[order]),
        eta=at(times.eta[order]),
        start=at(times.start[order]),
        end=at(times.end[order]),
        travel_s=times.travel[order],
        travel_m=0,
        reason=why_visit(draft, order),
    )
