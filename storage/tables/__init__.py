"""The tables, one module per part of the domain; importing this package declares them all.

In: nothing. Out: SQLAlchemy tables in one ``metadata``, the same on SQLite and PostGIS.
A column carries the name of the domain field it holds. May import: storage.types,
storage.geometry, domain. Which columns are personal data is marked here and in docs/storage.md.
"""

from storage.tables.access import app_user, login_failure, number, request, session
from storage.tables.day import (
    duration_model,
    incident,
    outage,
    planned_shutoff,
    ticket,
    ticket_place,
    work_order,
)
from storage.tables.field import crew_fix, report, visit
from storage.tables.log import artifact, event
from storage.tables.metadata import metadata
from storage.tables.network import hydrant, isolation_valve, link, network, node, premises
from storage.tables.people import crew, crew_hold, depot, forbidden, place
from storage.tables.plan import plan, plan_route, plan_unassigned, plan_visit
from storage.tables.streets import band_fit, closure

__all__ = [
    "app_user",
    "artifact",
    "band_fit",
    "closure",
    "crew",
    "crew_fix",
    "crew_hold",
    "depot",
    "duration_model",
    "event",
    "forbidden",
    "hydrant",
    "incident",
    "isolation_valve",
    "link",
    "login_failure",
    "metadata",
    "network",
    "node",
    "number",
    "outage",
    "place",
    "plan",
    "plan_route",
    "plan_unassigned",
    "plan_visit",
    "planned_shutoff",
    "premises",
    "report",
    "request",
    "session",
    "ticket",
    "ticket_place",
    "visit",
    "work_order",
]
