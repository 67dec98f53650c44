"""The tables, one module per part of the domain; importing this package declares them all.

In: nothing. Out: SQLAlchemy tables in one ``metadata``, the same on SQLite and PostGIS.
A column carries the name of the domain field it holds. May import: storage.types,
storage.geometry, domain. Which columns are personal data is marked here and in docs/storage.md.
"""

from storage.tables.day import incident, outage, ticket, ticket_place, work_order
from storage.tables.log import artifact, event
from storage.tables.metadata import metadata
from storage.tables.network import hydrant, isolation_valve, link, network, node, premises
from storage.tables.people import crew, place
from storage.tables.plan import plan, plan_route, plan_unassigned, plan_visit

__all__ = [
    "artifact",
    "crew",
    "event",
    "hydrant",
    "incident",
    "isolation_valve",
    "link",
    "metadata",
    "network",
    "node",
    "outage",
    "place",
    "plan",
    "plan_route",
    "plan_unassigned",
    "plan_visit",
    "premises",
    "ticket",
    "ticket_place",
    "work_order",
]
