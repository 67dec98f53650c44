"""A planned day as the page needs it: incidents, tickets, work orders, crews, visits."""

from __future__ import annotations

from collections.abc import Mapping

from domain.places import LonLat
from domain.plans import Visit
from maps.day_rows import DayRows, Row, day_clock
from maps.encode import path
from maps.network_data import link_indexes
from maps.outage_data import dry_premises
from maps.picture import DayPicture
from maps.privacy import masker


def day_data(picture: DayPicture) -> Row:
    """Return the day's tables; no phone, account or householder's name is in them."""
    rows = DayRows(
        day_clock(picture.plan.now, picture.zone),
        masker(picture.network),
        link_indexes(picture.network),
        picture,
    )
    routes = {one.crew: one for one in picture.plan.routes}
    return {
        **_head(picture, rows),
        "tickets": [rows.ticket(one) for one in picture.tickets],
        "incidents": [rows.incident(one) for one in picture.incidents],
        "orders": [rows.order(one) for one in picture.work_orders],
        "crews": [rows.crew(one) | rows.between(routes.get(one.id)) for one in picture.crews],
        "visits": _visits(picture, rows),
        "unassigned": rows.left_over(picture.plan.unassigned),
    }


def figures(cost: Mapping[str, float]) -> dict[str, int]:
    """Return a plan's cost in whole seconds-equivalents."""
    return {term: round(value) for term, value in cost.items()}


def _head(picture: DayPicture, rows: DayRows) -> Row:
    plan = picture.plan
    return {
        "title": picture.title,
        "language": picture.language,
        "date": plan.now.astimezone(picture.zone).date().isoformat(),
        "now": rows.clock(plan.now),
        "straight": picture.straight_line,
        "out": len(dry_premises(picture.outages)),
        "rejected": picture.rejected_count,
        "notes": list(picture.notes),
        "cost": figures(plan.cost),
        "greedy": figures(plan.greedy_cost),
        "engine": plan.engine,
        "seed": plan.seed,
    }


def _visits(picture: DayPicture, rows: DayRows) -> list[Row]:
    """Return every visit in the order the crews make them, each with the drive to it."""
    start = {one.id: one.position for one in picture.crews}
    place = {one.id: one.location for one in picture.work_orders}
    found = []
    for route in picture.plan.routes:
        here = start[route.crew]
        for visit in route.visits:
            there = place[visit.work_order]
            found.append(rows.visit(visit, _drive(picture, visit, here, there)))
            here = there
    return found


def _drive(picture: DayPicture, visit: Visit, here: LonLat, there: LonLat) -> list[int]:
    line = picture.route_lines.get((visit.crew, visit.work_order))
    return path(line.path if line and len(line.path) > 1 else (here, there), tolerance_m=1.0)
