"""What the phone gets: values as JSON; instants with offset, places in WGS-84 degrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from domain.closed_streets import ClosedStreets
from domain.crews import Crew
from domain.eta import Eta
from domain.places import LonLat
from domain.reports import Report
from domain.streets import FloatArray
from mobile_api.faults import both
from mobile_api.navigation import navigation_links
from mobile_api.steps import steps_document
from operations.closures.reported_by import by_crew
from operations.showing.closing_order import ClosingStep
from operations.showing.crew_day import CrewVisit
from operations.showing.crew_streets import NearClosure
from operations.showing.opening_order import OpeningStep

Document = dict[str, Any]

#: Streets of one closure that a phone draws at the most, of more the outline. Source: mainbreak
#: default.
MOST_STREETS = 200


def stamp(instant: datetime) -> str:
    """Return an instant in UTC with its offset."""
    return instant.astimezone(UTC).isoformat()


def place(at: LonLat) -> Document:
    """Return a place in degrees to seven digits, a centimetre."""
    return {"lon": round(at.lon, 7), "lat": round(at.lat, 7)}


def crew_document(crew: Crew) -> Document:
    """Return who the crew is."""
    return {
        "id": crew.id,
        "name": crew.name or crew.id,
        "size": crew.size,
        "vehicle": crew.vehicle,
        "skills": sorted(skill.value for skill in crew.skills),
    }


def visit_document(one: CrewVisit) -> Document:
    """Return one visit with its place, its times and what to do there."""
    planned, order = one.tracked.planned, one.order
    return {
        "id": one.tracked.id,
        "work_order": order.id,
        "incident": order.incident,
        "kind": order.kind.value,
        "symptom": one.incident.symptom.value,
        "priority": order.priority.name,
        "state": one.tracked.state.value,
        "said": one.tracked.said,
        "title": both(one.title),
        "label": one.label,
        "eta": stamp(planned.eta),
        "eta_range": _eta(one.eta),
        "arrival_seen_at": stamp(one.seen_at) if one.seen_at else None,
        "start": stamp(planned.start),
        "end": stamp(planned.end),
        "due_on_site": stamp(order.due_on_site) if order.due_on_site else None,
        "on_site_at": stamp(one.tracked.on_site_at) if one.tracked.on_site_at else None,
        "travel_m": one.metres,
        "target": place(one.target),
        "incident_at": place(one.incident.location),
        "access": place(one.access),
        "navigate": navigation_links(one.access, one.label or order.id),
        "reason": both(planned.reason),
        "hazards": [both(hazard) for hazard in one.hazards],
        "isolation": _isolation(one.steps),
        "opening": None if one.opening is None else [_opening(step) for step in one.opening],
        "route": [[round(at.lon, 6), round(at.lat, 6)] for at in one.path],
        "driving_s": round(one.drive.seconds) if one.drive else None,
        "steps": steps_document(one.drive.steps) if one.drive else [],
    }


def _eta(eta: Eta | None) -> Document | None:
    if eta is None:
        return None
    times = {"p50": stamp(eta.p50), "p90": stamp(eta.p90), "as_of": stamp(eta.as_of)}
    return times | {"source": eta.source.value}


def _isolation(steps: tuple[ClosingStep, ...] | None) -> Document | None:
    return None if steps is None else {"order": [_step(step) for step in steps]}


def _step(step: ClosingStep) -> Document:
    head = {"number": step.number, "id": step.valve.id, "dn": step.dn}
    return head | place(step.valve.location) | {"state": step.state.value, "road": step.road}


def _opening(step: OpeningStep) -> Document:
    head = {"number": step.number, "id": step.valve.id, "dn": step.dn, "road": step.road}
    tail = {"state": step.state.value, "gives_back": step.gives_back}
    return head | place(step.valve.location) | tail


def closure_document(near: NearClosure, crew: str) -> Document:
    """Return a closure and where it is, for a crew."""
    one = near.closed.closure
    return {
        "id": one.id,
        "street": one.street,
        "reason": one.reason.value,
        "note": one.note,
        "factor": one.factor,
        "entry": one.entry,
        "since": stamp(one.since),
        "until": stamp(one.until) if one.until else None,
        "own": one.made_by == by_crew(crew),
        "visits": list(near.visits),
        "lines": [np.round(line, 6).tolist() for line in _drawn(near.closed)],
    }


def _drawn(closed: ClosedStreets) -> Sequence[FloatArray]:
    """Return the streets that a closure touches, the outline where they are too many."""
    if closed.streets <= MOST_STREETS:
        return closed.courses
    ring = [(one.lon, one.lat) for one in closed.closure.places]
    return (np.array([*ring, ring[0]]),)


def outcome_document(report: Report) -> Document:
    """Return what became of a report."""
    conflict = both(report.conflict) if report.conflict else None
    return {"id": report.id, "outcome": report.outcome.value, "conflict": conflict}


def report_document(report: Report) -> Document:
    """Return a report as it was stored, with what became of it."""
    at = place(report.position) if report.position else {"lon": None, "lat": None}
    return {
        **outcome_document(report),
        "work_order": report.work_order,
        "kind": report.kind.value,
        "device_time": stamp(report.device_time),
        "received_at": stamp(report.received_at),
        "reason": report.reason,
        "isolation_valve": report.isolation_valve,
        **at,
    }
