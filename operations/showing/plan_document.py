"""plan.json and outages.geojson as documents: what was planned, and what it was decided from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

import numpy as np

import gis
from domain.durations import DurationEstimate
from domain.incidents import Incident, Outage, WorkOrder
from domain.plans import Unassigned, Visit
from domain.sentences import Sentence
from domain.travel import TravelMatrix
from operations.plan_day import Day
from operations.showing.isolation_document import isolation_document

Stamp = Callable[[datetime], str]


def outages_document(day: Day) -> dict[str, Any]:
    """Return every outage's pipes, isolation valves, premises and area as one GeoJSON."""
    features: list[dict[str, Any]] = []
    for outage in day.outages:
        for feature in gis.outage_features(day.network, outage.isolation)["features"]:
            properties = {"outage": outage.id, "incident": outage.incident}
            features.append(feature | {"properties": properties | feature["properties"]})
    return {"type": "FeatureCollection", "features": features}


def plan_document(day: Day, zone: tzinfo, language: str) -> dict[str, Any]:
    """Return plan.json: what is planned, what is not and why, and what it was decided from."""
    plan, orders = day.plan, {order.id: order for order in day.work_orders}

    def at(instant: datetime) -> str:
        return instant.astimezone(zone).isoformat()

    return {
        "now": at(plan.now),
        "seed": plan.seed,
        "engine": plan.engine,
        "language": language,
        "routes": [
            {
                "crew": route.crew,
                "visits": [_visit(v, orders[v.work_order], at, language) for v in route.visits],
                "breaks": [{"start": at(begin), "end": at(end)} for begin, end in route.breaks],
                "back": at(route.back) if route.back else None,
            }
            for route in plan.routes
        ],
        "unassigned": [_unassigned(u, orders[u.work_order], language) for u in plan.unassigned],
        "incidents": [_incident(i, _outage_of(day, i), at, language) for i in day.incidents],
        "work_orders": [_work_order(order, at) for order in day.work_orders],
        "cost": plan.cost,
        "greedy_cost": plan.greedy_cost,
        "violations": list(plan.violations),
        "travel": _travel(day),
    }


def _said(sentence: Sentence, name: str, language: str) -> dict[str, str]:
    return {
        name: sentence.in_language(language),
        f"{name}_zh": sentence.zh,
        f"{name}_en": sentence.en,
    }


def _visit(visit: Visit, order: WorkOrder, at: Stamp, language: str) -> dict[str, Any]:
    return {
        "work_order": visit.work_order,
        "kind": order.kind,
        "tickets": list(order.tickets),
        "depart": at(visit.depart),
        "eta": at(visit.eta),
        "start": at(visit.start),
        "end": at(visit.end),
        "travel_s": visit.travel_s,
        "travel_m": visit.travel_m,
        "depot": visit.depot or None,
        "pickup_s": visit.pickup_s,
    } | _said(visit.reason, "reason", language)


def _unassigned(one: Unassigned, order: WorkOrder, language: str) -> dict[str, Any]:
    said = _said(one.detail, "detail", language)
    return {
        "work_order": one.work_order,
        "kind": order.kind,
        "tickets": list(order.tickets),
        "reason": one.reason,
    } | said


def _outage_of(day: Day, incident: Incident) -> Outage | None:
    return next((outage for outage in day.outages if outage.incident == incident.id), None)


def _incident(
    incident: Incident, outage: Outage | None, at: Stamp, language: str
) -> dict[str, Any]:
    return {
        "id": incident.id,
        "symptom": incident.symptom,
        "priority": incident.priority.name,
        "state": incident.state,
        "opened_at": at(incident.opened_at),
        "label": incident.label,
        "lon": round(incident.location.lon, 7),
        "lat": round(incident.location.lat, 7),
        "pipe": incident.link,
        "tickets": list(incident.tickets),
        "isolation": isolation_document(outage.isolation, language) if outage else None,
    }


def _work_order(order: WorkOrder, at: Stamp) -> dict[str, Any]:
    return {
        "id": order.id,
        "incident": order.incident,
        "kind": order.kind,
        "tickets": list(order.tickets),
        "priority": order.priority.name,
        "skills": sorted(order.skills),
        "crew_size": order.crew_size,
        "duration_s": order.duration_s,
        "estimate": _estimate(order.estimate, at) if order.estimate else None,
        "released_at": at(order.released_at),
        "due_on_site": at(order.due_on_site) if order.due_on_site else None,
        "after": list(order.after),
        "together": order.together or None,
        "interruptible": order.interruptible,
        "lon": round(order.location.lon, 7),
        "lat": round(order.location.lat, 7),
    }


def _estimate(one: DurationEstimate, at: Stamp) -> dict[str, Any]:
    """Return where a duration comes from, and what nine of ten such works keep."""
    return {
        "p50_s": one.p50_s,
        "p90_s": one.p90_s,
        "source": one.source,
        "jobs": one.jobs,
        "learned_at": at(one.learned_at) if one.learned_at else None,
    }


def _travel(day: Day) -> dict[str, Any]:
    """Return the matrix the plan was made from; whole seconds, null where there is no way."""
    homes = [f"home:{crew.id}" for crew in day.crews if crew.home is not None]
    return {
        "method": day.travel.method,
        "straight_line": day.travel.straight_line,
        "places": [f"crew:{crew.id}" for crew in day.crews]
        + [f"order:{order.id}" for order in day.work_orders]
        + homes
        + [f"depot:{depot.id}" for depot in day.depots],
        "seconds": whole_seconds(day.travel),
    }


def whole_seconds(travel: TravelMatrix) -> list[list[int | None]]:
    """Return the matrix rounded up to whole seconds, None for unreachable cells."""
    return [
        [int(np.ceil(cell)) if np.isfinite(cell) else None for cell in row]
        for row in travel.seconds
    ]
