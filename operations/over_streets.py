"""A plan laid over the streets: the drive to each visit, and its metres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.places import LonLat
from domain.plans import Plan, Route, Visit
from domain.travel import RouteLine, TravelTimes


def over_streets(
    plan: Plan,
    engine: TravelTimes,
    starts: Mapping[str, LonLat],
    places: Mapping[str, LonLat],
    at: datetime,
) -> tuple[Plan, dict[tuple[str, str], RouteLine]]:
    """Return the plan with the metres of its drives, and the drives by (crew, work order).

    ``starts`` is where each crew sets out, ``places`` where each work order is; ``at`` chooses the
    traffic, as it did for the plan's times.
    """
    lines: dict[tuple[str, str], RouteLine] = {}

    def driven(route: Route) -> Route:
        here, visits = starts[route.crew], list[Visit]()
        for visit in route.visits:
            there = places[visit.work_order]
            line = engine.route(here, there, at=at)
            if isinstance(line, RouteLine):
                lines[route.crew, visit.work_order] = line
            metres = round(line.metres) if isinstance(line, RouteLine) else 0
            visits.append(replace(visit, travel_m=metres))
            here = there
        return replace(route, visits=tuple(visits))

    return replace(plan, routes=tuple(driven(route) for route in plan.routes)), lines
