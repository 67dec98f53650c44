"""The day as the page needs it: incidents, tickets, work orders, crews, visits.

Everything names everything else by its row; times are seconds since midnight of the plan's day in
the picture's zone; places as ``maps.encode`` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from domain.crews import Crew
from domain.incidents import Incident, WorkOrder
from domain.places import LonLat
from domain.plans import Plan, Unassigned, Visit
from domain.tickets import LocatedTicket
from maps.encode import path, place, sentence
from maps.network_data import link_indexes
from maps.outage_data import dry_premises
from maps.picture import DayPicture
from maps.privacy import masker

Seconds = Callable[[datetime], int]
Row = dict[str, Any]


def day_data(picture: DayPicture) -> Row:
    """Return the day's tables; no phone, account or householder's name is in them."""
    return {
        **_head(picture),
        "tickets": _tickets(picture),
        "incidents": _incidents(picture),
        "orders": _orders(picture),
        "crews": _crews(picture),
        "visits": _visits(picture),
        "unassigned": _unassigned(picture),
    }


def rows(values: Mapping[str, object] | list[str]) -> dict[str, int]:
    """Return the row of each id."""
    return {one: row for row, one in enumerate(values)}


def _head(picture: DayPicture) -> Row:
    plan = picture.plan
    now = plan.now.astimezone(picture.zone)
    return {
        "title": picture.title,
        "language": picture.language,
        "date": now.date().isoformat(),
        "now": _clock(picture)(plan.now),
        "straight": picture.straight_line,
        "out": len(dry_premises(picture.outages)),
        "rejected": picture.rejected_count,
        "notes": list(picture.notes),
        "cost": _figures(plan.cost),
        "greedy": _figures(plan.greedy_cost),
        "engine": plan.engine,
        "seed": plan.seed,
    }


def _figures(cost: Mapping[str, float]) -> dict[str, int]:
    return {term: round(value) for term, value in cost.items()}


def _clock(picture: DayPicture) -> Seconds:
    """Return seconds since midnight of the plan's day; a day of 25 hours runs to 90 000."""
    now = picture.plan.now.astimezone(picture.zone)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)

    def seconds(instant: datetime) -> int:
        return round(instant.timestamp() - midnight.timestamp())

    return seconds


def _tickets(picture: DayPicture) -> list[Row]:
    mask, clock = masker(picture.network), _clock(picture)
    return [_ticket(one, mask, clock) for one in picture.tickets]


def _ticket(one: LocatedTicket, mask: Callable[[str], str], clock: Seconds) -> Row:
    return {
        "id": one.id,
        "at": clock(one.ticket.received_at),
        "channel": one.ticket.channel.value,
        "symptom": one.symptom.value,
        "p": int(one.priority),
        "text": mask(one.ticket.text),
        "xy": place(one.place.position),
        "found": one.place.found_by.value,
        "sure": round(one.place.confidence * 100),
    }


def _incidents(picture: DayPicture) -> list[Row]:
    mask, clock = masker(picture.network), _clock(picture)
    tickets = rows([one.id for one in picture.tickets])
    pipes = link_indexes(picture.network)
    outages = {one.incident: row for row, one in enumerate(picture.outages)}
    return [_incident(one, mask, clock, tickets, pipes, outages) for one in picture.incidents]


def _incident(
    one: Incident,
    mask: Callable[[str], str],
    clock: Seconds,
    tickets: dict[str, int],
    pipes: dict[str, int],
    outages: dict[str, int],
) -> Row:
    return {
        "id": one.id,
        "symptom": one.symptom.value,
        "p": int(one.priority),
        "state": one.state.value,
        "at": clock(one.opened_at),
        "xy": place(one.location),
        "pipe": pipes.get(one.link or "", -1),
        "label": mask(one.label),
        "tickets": [tickets[id_] for id_ in one.tickets if id_ in tickets],
        "outage": outages.get(one.id, -1),
    }


def _orders(picture: DayPicture) -> list[Row]:
    clock = _clock(picture)
    incidents = rows([one.id for one in picture.incidents])
    return [_order(one, clock, incidents) for one in picture.work_orders]


def _order(one: WorkOrder, clock: Seconds, incidents: dict[str, int]) -> Row:
    return {
        "id": one.id,
        "incident": incidents.get(one.incident, -1),
        "kind": one.kind.value,
        "p": int(one.priority),
        "due": None if one.due_on_site is None else clock(one.due_on_site),
        "skills": sorted(skill.value for skill in one.skills),
        "size": one.crew_size,
        "duration": one.duration_s,
    }


def _crews(picture: DayPicture) -> list[Row]:
    clock = _clock(picture)
    return [_crew(one, clock) for one in picture.crews]


def _crew(one: Crew, clock: Seconds) -> Row:
    return {
        "id": one.id,
        "name": one.name or one.id,
        "skills": sorted(skill.value for skill in one.skills),
        "size": one.size,
        "xy": place(one.position),
        "shift": [clock(one.shift.start), clock(one.shift.end)],
    }


def _visits(picture: DayPicture) -> list[Row]:
    """Return every visit in the order the crews make them, each with the drive to it."""
    crews = {one.id: one for one in picture.crews}
    crew_rows = rows([one.id for one in picture.crews])
    orders = {one.id: one for one in picture.work_orders}
    order_rows = rows([one.id for one in picture.work_orders])
    clock, found = _clock(picture), []
    for route in picture.plan.routes:
        here = crews[route.crew].position
        for visit in route.visits:
            there = orders[visit.work_order].location
            links = {"crew": crew_rows[visit.crew], "order": order_rows[visit.work_order]}
            found.append(
                {**links, **_visit(visit, clock), "line": _drive(picture, visit, here, there)}
            )
            here = there
    return found


def _visit(visit: Visit, clock: Seconds) -> Row:
    return {
        "depart": clock(visit.depart),
        "eta": clock(visit.eta),
        "start": clock(visit.start),
        "end": clock(visit.end),
        "metres": visit.travel_m,
        "reason": sentence(visit.reason),
    }


def _drive(picture: DayPicture, visit: Visit, here: LonLat, there: LonLat) -> list[int]:
    line = picture.route_lines.get((visit.crew, visit.work_order))
    return path(line.path if line and len(line.path) > 1 else (here, there), tolerance_m=1.0)


def _unassigned(picture: DayPicture) -> list[Row]:
    order_rows = rows([one.id for one in picture.work_orders])
    return [_left_over(one, order_rows) for one in _known(picture.plan, order_rows)]


def _known(plan: Plan, order_rows: dict[str, int]) -> list[Unassigned]:
    return [one for one in plan.unassigned if one.work_order in order_rows]


def _left_over(one: Unassigned, order_rows: dict[str, int]) -> Row:
    detail = sentence(one.detail)
    return {"order": order_rows[one.work_order], "reason": one.reason.value, "detail": detail}
