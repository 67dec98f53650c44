"""What a plan put too early is left to the next run, with all that builds on it."""

from __future__ import annotations

from dataclasses import replace

from dispatch import Problem, greedy
from domain.places import LonLat
from domain.plans import Plan
from operations.live_crews import CrewState, LiveCrew
from operations.replanning.drop_overlaps import drop_overlaps
from tests.dispatch.days import NOW, at, burst, crew, line, order

TEAMS = [crew("V", skills="valve"), crew("R"), crew("S")]
WORK = [*burst("E1"), order("W1"), order("W2"), order("W3")]


def planned() -> Plan:
    """Return a plan in which R repairs what V shuts, and S does something else."""
    return greedy(Problem.build(WORK, TEAMS, line([0, 0, 100, 1, 1, 2, 3, 101]), NOW))


def standing(**minutes: float) -> list[LiveCrew]:
    """Return the crews, free so many minutes from now."""
    place = LonLat(0, 0)
    return [
        LiveCrew(one, CrewState.FREE, place, None, False, (), (), at(minutes.get(one.id, 0)), place)
        for one in TEAMS
    ]


def routes(plan: Plan) -> dict[str, list[str]]:
    """Return each crew's orders."""
    return {route.crew: [one.work_order for one in route.visits] for route in plan.routes}


def test_a_plan_without_overlaps_stays_as_it_is() -> None:
    """Nothing is dropped for nothing."""
    assert drop_overlaps(planned(), standing(), WORK, {}) == planned()


def test_a_crew_that_is_free_later_loses_its_route_and_what_waits_for_it() -> None:
    """V comes too late: the isolation goes, the repair with it, and all behind the repair."""
    before = routes(planned())
    plan = drop_overlaps(planned(), standing(V=30), WORK, {})
    kept = before["R"][: before["R"].index("E1R")]
    assert routes(plan) == {"V": [], "R": kept, "S": before["S"]}
    gone = {one.work_order for one in plan.unassigned}
    assert gone == {"E1I", "E1R", *before["R"][len(kept) :]}
    assert {one.reason.value for one in plan.unassigned} == {"no_time_left"}


def test_work_that_waits_for_work_under_way_goes_too() -> None:
    """The order W3 waits for an order under way that ends later than W3 begins."""
    work = [*WORK[:-1], replace(WORK[-1], after=("X",))]
    plan = drop_overlaps(planned(), standing(), work, {"X": at(500)})
    assert "W3" in {one.work_order for one in plan.unassigned}
