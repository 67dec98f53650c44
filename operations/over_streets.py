"""A plan laid over the streets: the drive to each visit, and its metres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from domain.places import LonLat
from domain.plans import Plan, Route, Visit
from domain.travel import RouteLine, TravelTimes


def over_streets(
    plan: Plan,
    engine: TravelTimes,
    starts: Mapping[str, LonLat],
    places: Mapping[str, LonLat],
    at: datetime,
    depots: Mapping[str, LonLat] | None = None,
) -> tuple[Plan, dict[tuple[str, str], RouteLine]]:
    """Return the plan with the metres of its drives, and the drives by (crew, work order).

    ``starts`` is where each crew sets out, ``places`` where each work order is, ``depots`` where
    the depots are that visits drive by; ``at`` chooses the traffic, as it did for the plan's times.
    """
    stops = depots or {}
    lines: dict[tuple[str, str], RouteLine] = {}

    def driven(route: Route) -> Route:
        here, visits = starts[route.crew], list[Visit]()
        for visit in route.visits:
            there = places[visit.work_order]
            by = [stops[visit.depot]] if visit.depot in stops else []
            line = _line(engine, [here, *by, there], at)
            if line is not None:
                lines[route.crew, visit.work_order] = line
            metres = round(line.metres) if line is not None else 0
            visits.append(replace(visit, travel_m=metres))
            here = there
        return replace(route, visits=tuple(visits))

    return replace(plan, routes=tuple(driven(route) for route in plan.routes)), lines


def _line(engine: TravelTimes, stops: list[LonLat], at: datetime) -> RouteLine | None:
    """Return the way from stop to stop as one, None where one of its drives cannot be made."""
    legs = [engine.route(here, there, at=at) for here, there in pairwise(stops)]
    ways = [one for one in legs if isinstance(one, RouteLine)]
    if len(ways) < len(legs):
        return None
    if len(ways) == 1:
        return ways[0]
    path = [place for way in ways for place in way.path]
    seconds = sum(way.seconds for way in ways)
    return RouteLine(path, sum(way.metres for way in ways), seconds, metric=ways[0].metric)
