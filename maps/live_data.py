"""The running day as the console needs it: the planned day's rows, with what really happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.clocks import DEFAULT_CLOCKS
from domain.crews import Crew, CrewHold
from domain.eta import Eta
from domain.events import Event
from domain.incidents import Incident, WorkOrder
from domain.network import IsolationValve
from domain.plans import Plan, Route
from domain.reports import Report
from domain.states import IncidentState, OutageState
from domain.symptoms import priority_of, symptom_of
from domain.tickets import Ticket
from domain.visits import TrackedVisit
from maps.day_data import figures
from maps.day_rows import DayRows, Row, day_clock, midnight
from maps.encode import path, place, sentence
from maps.live_closures import live_closures
from maps.live_ground import LiveGround
from maps.live_outages import live_outages
from maps.live_planned import live_planned
from maps.network_data import drawn_state
from maps.picture import LivePicture

#: Metres a drawn drive may lie off the street: less than a pixel where the console shows it.
ROUTE_TOLERANCE_M = 2.0

_DRY = frozenset({OutageState.IN_EFFECT, OutageState.PARTLY_RESTORED})


def live_data(picture: LivePicture, ground: LiveGround) -> dict[str, Any]:
    """Return the tables ``day``, ``outages``, ``planned`` and ``closures``, and ``last_event``.

    No phone, account or householder's name is in them.
    """
    clock = day_clock(picture.now, picture.zone)
    rows = DayRows(clock, ground.mask, ground.pipes, picture)
    return {
        "day": {**_head(picture, rows), **_things(picture, rows)},
        "outages": live_outages(picture, ground, rows),
        "planned": live_planned(picture, ground, rows),
        "closures": live_closures(picture, rows),
        "last_event": picture.last_event,
    }


#: What of the day says who does what, and who decided it.
_WHO = ("crews", "visits", "unassigned", "conflicts", "log")


def without_people(tables: dict[str, Any]) -> dict[str, Any]:
    """Return the tables for who answers callers: what is wrong where, not who mends it."""
    orders = [one | {"forbidden": []} for one in tables["day"]["orders"]]
    day = tables["day"] | {name: [] for name in _WHO} | {"people": {}, "orders": orders}
    closures = [one | {"by": "", "crew": "", "note": ""} for one in tables["closures"]]
    return tables | {"day": day, "closures": closures}


def _head(picture: LivePicture, rows: DayRows) -> Row:
    plan, clock = picture.plan, rows.clock
    dry = {id_ for o in picture.outages if o.state in _DRY for id_ in picture.out.get(o.id, ())}
    return {
        "live": True,
        "midnight": midnight(picture.now, picture.zone),
        "now": clock(picture.now),
        "straight": picture.straight_line,
        "out": len(dry),
        "planned": None if plan is None else clock(plan.now),
        "version": picture.version,
        "changes": 0 if plan is None else len(plan.changes),
        **_made(plan),
        "valves": _standing(picture.valves),
        "people": dict(picture.people),
    }


def _made(plan: Plan | None) -> Row:
    if plan is None:
        return {"cost": {}, "greedy": {}, "engine": "", "seed": 0}
    cost, greedy = figures(plan.cost), figures(plan.greedy_cost)
    return {"cost": cost, "greedy": greedy, "engine": plan.engine, "seed": plan.seed}


def _standing(valves: Iterable[IsolationValve]) -> dict[str, str]:
    """Return how those isolation valves stand that are not simply open."""
    states = ((one.id, drawn_state(one)) for one in valves)
    return {id_: state for id_, state in states if state != "open"}


def _things(picture: LivePicture, rows: DayRows) -> Row:
    plan = picture.plan
    routes = {one.crew: one for one in plan.routes} if plan else {}
    return {
        "tickets": [
            rows.ticket(one) | {"state": one.ticket.state.value} for one in picture.tickets
        ],
        "unlocated": [_unlocated(one, rows) for one in picture.unlocated],
        "incidents": [_incident(one, picture, rows) for one in picture.incidents],
        "orders": [_order(one, picture, rows) for one in picture.work_orders],
        "crews": [_crew(one, routes.get(one.id), picture, rows) for one in picture.crews],
        "visits": [_visit(one, picture, rows) for one in picture.visits],
        "unassigned": rows.left_over(plan.unassigned if plan else ()),
        "conflicts": [_conflict(one, picture, rows) for one in picture.conflicts],
        "log": [_logged(one, rows) for one in picture.log],
    }


def _unlocated(one: Ticket, rows: DayRows) -> Row:
    """Return a ticket that waits for a place, as urgent as its words: danger waits for no map."""
    symptom = one.symptom or symptom_of(one.text)
    priority = one.priority or priority_of(symptom, one.text)
    respond = one.received_at + timedelta(seconds=DEFAULT_CLOCKS[priority].respond_s)
    return {
        **rows.bare_ticket(one),
        "symptom": symptom.value,
        "p": int(priority),
        "respond": rows.clock(respond),
        "state": one.state.value,
    }


def _incident(one: Incident, picture: LivePicture, rows: DayRows) -> Row:
    """Return an incident with its service clocks: when each step is due, when it was met."""
    orders = {order.id for order in picture.work_orders if order.incident == one.id}
    here = [v.on_site_at for v in picture.visits if v.work_order in orders and v.on_site_at]
    clocks = DEFAULT_CLOCKS[one.priority]
    return rows.incident(one) | {
        "collective": None if one.collective_at is None else rows.clock(one.collective_at),
        "seen": one.id in picture.acknowledged,
        "parent": one.parent,
        "into": one.merged_into,
        "clocks": [
            _step("onSite", one.opened_at, clocks.on_site_s, min(here, default=None), rows),
            _step("restore", one.opened_at, clocks.restore_s, _restored(one, picture), rows),
        ],
    }


def _restored(one: Incident, picture: LivePicture) -> datetime | None:
    """Return when supply was back, or when the last visit ended where no supply was lost."""
    for outage in picture.outages:
        if outage.incident == one.id and outage.state is not OutageState.CANCELLED:
            return outage.restored_at
    if one.state not in {IncidentState.RESOLVED, IncidentState.CLOSED}:
        return None
    orders = {order.id for order in picture.work_orders if order.incident == one.id}
    ended = [v.ended_at for v in picture.visits if v.work_order in orders and v.ended_at]
    return max(ended, default=None)


def _step(name: str, opened: datetime, promised_s: int, met: datetime | None, rows: DayRows) -> Row:
    due = opened + timedelta(seconds=promised_s)
    return {
        "step": name,
        "from": rows.clock(opened),
        "due": rows.clock(due),
        "met": None if met is None else rows.clock(met),
    }


def _order(one: WorkOrder, picture: LivePicture, rows: DayRows) -> Row:
    """Return a work order, the orders it waits for and the crews that may not do it."""
    after = [rows.orders[id_] for id_ in one.after if id_ in rows.orders]
    barred = [word.crew for word in picture.forbidden if word.work_order == one.id]
    return rows.order(one) | {"state": one.state.value, "after": after, "forbidden": barred}


def _crew(one: Crew, route: Route | None, picture: LivePicture, rows: DayRows) -> Row:
    """Return a crew where it was seen last; ``fix`` is None if it never was."""
    fix, doing = picture.fixes.get(one.id), _doing(one.id, picture.visits)
    holds = [_hold(hold, rows) for hold in picture.holds if hold.crew == one.id]
    row = rows.crew(one) | rows.between(route) | {"holds": holds}
    row |= {"fix": None, "state": doing, "vehicle": one.vehicle}
    if fix is None:
        return row
    heading = None if fix.heading_deg is None else round(fix.heading_deg)
    seen = {"at": rows.clock(fix.device_time), "heading": heading}
    return row | {"xy": place(fix.position), "fix": seen}


def _hold(one: CrewHold, rows: DayRows) -> Row:
    """Return a dispatcher's word about a crew: locked or away, since and until when."""
    return {
        "kind": one.kind.value,
        "since": rows.clock(one.since),
        "until": None if one.until is None else rows.clock(one.until),
        "reason": rows.mask(one.reason),
        "by": one.made_by,
    }


def _doing(crew: str, visits: Sequence[TrackedVisit]) -> str:
    """Return the state of the visit the crew has begun, ``free`` if it has begun none."""
    begun = [one for one in visits if one.crew == crew and one.has_started]
    rank = ("on_site", "paused", "en_route", "accepted")
    return min((one.state.value for one in begun), key=rank.index, default="free")


def _visit(one: TrackedVisit, picture: LivePicture, rows: DayRows) -> Row:
    line = picture.route_lines.get(one.id)
    course = path(line.path, ROUTE_TOLERANCE_M) if line and len(line.path) > 1 else []
    return rows.visit(one.planned, course) | {
        "id": one.id,
        "state": one.state.value,
        "pinned": one.pinned,
        "arrived": None if one.on_site_at is None else rows.clock(one.on_site_at),
        "ended": None if one.ended_at is None else rows.clock(one.ended_at),
        "said": rows.mask(one.said),
        "range": _range(picture.etas.get(one.id), rows),
        "seen": None if one.id not in picture.seen else rows.clock(picture.seen[one.id]),
    }


def _range(eta: Eta | None, rows: DayRows) -> Row | None:
    """Return when the crew arrives as things stand, None once it has."""
    if eta is None:
        return None
    times = {"p50": rows.clock(eta.p50), "p90": rows.clock(eta.p90), "at": rows.clock(eta.as_of)}
    return times | {"source": eta.source.value}


def _conflict(one: Report, picture: LivePicture, rows: DayRows) -> Row:
    """Return both sides of a contradiction: what the crew says and what stands here."""
    order = next((o for o in picture.work_orders if o.id == one.work_order), None)
    visits = [v for v in picture.visits if v.work_order == one.work_order and v.crew == one.crew]
    return {
        "id": one.id,
        "crew": rows.crews.get(one.crew, -1),
        "crewId": one.crew,
        "order": rows.orders.get(one.work_order, -1),
        "orderId": one.work_order,
        "kind": one.kind.value,
        "at": rows.clock(one.device_time),
        "received": rows.clock(one.received_at),
        "reason": rows.mask(one.reason),
        "valve": one.isolation_valve or "",
        "why": sentence(one.conflict) if one.conflict else None,
        "orderState": order.state.value if order else "",
        "visitState": visits[-1].state.value if visits else "",
    }


def _logged(one: Event, rows: DayRows) -> Row:
    return {
        "id": one.id,
        "at": rows.clock(one.at),
        "kind": one.kind,
        "subject": one.subject,
        "actor": one.actor,
        "payload": one.payload,
    }
