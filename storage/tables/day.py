"""The day: tickets and where they were found, incidents, outages, work orders.

Pipes and premises are named here without a foreign key: the network may be replaced while the
day goes on, and what was decided on the old one must stay readable.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Integer, Table

from domain.durations import DurationEstimate
from domain.incidents import EtrSource, Responsibility
from domain.states import IncidentState, OutageState, TicketState, WorkOrderState
from domain.tickets import FoundBy, Side, SnapDoubt
from domain.words import Channel, Priority, Skill, Symptom, WorkOrderKind
from storage.geometry import Geometry
from storage.tables.metadata import metadata, own_id, spatial_index
from storage.types import CleanText, EnumText, SkillSet, TextTuple, UtcDateTime, Valued

#: Personal data: phone, account, address, text, position.
ticket = Table(
    "ticket",
    metadata,
    own_id(),
    Column("received_at", UtcDateTime, nullable=False),
    Column("channel", EnumText(Channel), nullable=False),
    Column("phone", CleanText, nullable=False),
    Column("account", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("position", Geometry("POINT")),
    Column("symptom", EnumText(Symptom)),
    Column("priority", EnumText(Priority)),
    Column("state", EnumText(TicketState), nullable=False),
)

#: Where a ticket was found to be. Personal data: position, label, premises, ignored, corrections.
ticket_place = Table(
    "ticket_place",
    metadata,
    Column("ticket", ForeignKey("ticket.id"), primary_key=True),
    Column("symptom", EnumText(Symptom), nullable=False),
    Column("priority", EnumText(Priority), nullable=False),
    Column("position", Geometry("POINT"), nullable=False),
    Column("found_by", EnumText(FoundBy), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("label", CleanText, nullable=False),
    Column("premises", CleanText),
    Column("ignored", TextTuple, nullable=False),
    Column("corrections", TextTuple),
    Column("radius_m", Float, nullable=False),
    Column("snap_link", CleanText),
    Column("snap_location", Geometry("POINT")),
    Column("snap_offset_m", Float),
    Column("snap_distance_m", Float),
    Column("snap_doubt", EnumText(SnapDoubt)),
    Column("snap_side", EnumText(Side)),
    Column("snap_by_connection", Boolean),
)

#: Personal data: label, where it is an address.
incident = Table(
    "incident",
    metadata,
    own_id(),
    Column("symptom", EnumText(Symptom), nullable=False),
    Column("priority", EnumText(Priority), nullable=False),
    Column("state", EnumText(IncidentState), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("location", Geometry("POINT"), nullable=False),
    Column("link", CleanText),
    Column("tickets", TextTuple, nullable=False),
    Column("label", CleanText, nullable=False),
    Column("collective_at", UtcDateTime),
    Column("parent", CleanText, index=True),
    Column("merged_into", CleanText),
    Column("suspects", JSON(none_as_null=True)),
    Column("responsibility", EnumText(Responsibility)),
    Column("responsibility_reason", CleanText, nullable=False),
)

outage = Table(
    "outage",
    metadata,
    own_id(),
    Column("incident", ForeignKey("incident.id"), nullable=False, index=True),
    Column("state", EnumText(OutageState), nullable=False),
    Column("isolation", JSON, nullable=False),
    Column("began_at", UtcDateTime),
    Column("restored_at", UtcDateTime),
    Column("etr_at", UtcDateTime),
    Column("etr_source", EnumText(EtrSource)),
    Column("etr_said_at", UtcDateTime),
    Column("etr_latest", UtcDateTime),
    Column("numbered", TextTuple),
    Column("closed", TextTuple),
    Column("stuck", TextTuple),
    Column("proposal", JSON(none_as_null=True)),
    Column("steps", JSON(none_as_null=True)),
)

#: Planned works that need water shut off; no incident stands behind them.
planned_shutoff = Table(
    "planned_shutoff",
    metadata,
    own_id(),
    Column("state", EnumText(OutageState), nullable=False),
    Column("title", CleanText, nullable=False),
    Column("pipes", TextTuple, nullable=False),
    Column("isolation", JSON, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("notice_h", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("announced_at", UtcDateTime),
    Column("began_at", UtcDateTime),
    Column("restored_at", UtcDateTime),
)

work_order = Table(
    "work_order",
    metadata,
    own_id(),
    Column("incident", ForeignKey("incident.id"), nullable=False, index=True),
    Column("kind", EnumText(WorkOrderKind), nullable=False),
    Column("tickets", TextTuple, nullable=False),
    Column("priority", EnumText(Priority), nullable=False),
    Column("location", Geometry("POINT"), nullable=False),
    Column("skills", SkillSet, nullable=False),
    Column("crew_size", Integer, nullable=False),
    Column("duration_s", Integer, nullable=False),
    Column("released_at", UtcDateTime, nullable=False),
    Column("due_on_site", UtcDateTime),
    Column("after", TextTuple, nullable=False),
    Column("premises_dry_before", Integer, nullable=False),
    Column("premises_dry_after", Integer, nullable=False),
    Column("leaking", Boolean, nullable=False),
    Column("state", EnumText(WorkOrderState), nullable=False),
    Column("levels", Valued(tuple[tuple[Skill, int], ...]), nullable=False),
    Column("window_opens", UtcDateTime),
    Column("window_closes", UtcDateTime),
    Column("parts", Valued(tuple[tuple[str, int], ...]), nullable=False),
    Column("territory", CleanText, nullable=False),
    Column("together", CleanText, nullable=False),
    Column("interruptible", Boolean, nullable=False),
    Column("make_safe_s", Integer, nullable=False),
    Column("estimate", Valued(DurationEstimate)),
)

#: Every model of how long work takes that was ever learned; the latest counts.
duration_model = Table(
    "duration_model",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("learned_at", UtcDateTime, nullable=False),
    Column("jobs", Integer, nullable=False),
    Column("model", JSON, nullable=False),
    sqlite_autoincrement=True,
)

for located in (ticket.c.position, incident.c.location, work_order.c.location):
    spatial_index(located)
