"""The field: visits of the running day, what crews report, and where they are."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, Table

from domain.plans import Rival
from domain.reports import Outcome, ReportKind
from domain.states import VisitState
from storage.geometry import Geometry
from storage.tables.metadata import metadata, own_id, spatial_index
from storage.types import CleanText, EnumText, UtcDateTime, Valued

#: Unlike ``plan_visit`` it has a life: one row however many plans foresee it.
visit = Table(
    "visit",
    metadata,
    own_id(),
    Column("crew", CleanText, nullable=False, index=True),
    Column("work_order", ForeignKey("work_order.id"), nullable=False, index=True),
    Column("depart", UtcDateTime, nullable=False),
    Column("eta", UtcDateTime, nullable=False),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    Column("travel_s", Integer, nullable=False),
    Column("travel_m", Integer, nullable=False),
    Column("reason_zh", CleanText, nullable=False),
    Column("reason_en", CleanText, nullable=False),
    Column("state", EnumText(VisitState), nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("on_site_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("said", CleanText, nullable=False),
    Column("depot", CleanText, nullable=False),
    Column("pickup_s", Integer, nullable=False),
    Column("interrupts", CleanText, nullable=False),
    Column("rivals", Valued(tuple[Rival, ...]), nullable=False),
)

#: Append-only but for ``outcome``. Work order and crew are as the phone named them, known or not.
#: Personal data: position, and reason, where a crew names somebody.
report = Table(
    "report",
    metadata,
    own_id(),
    Column("crew", CleanText, nullable=False, index=True),
    Column("work_order", CleanText, nullable=False),
    Column("kind", EnumText(ReportKind), nullable=False),
    Column("device_time", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("reason", CleanText, nullable=False),
    Column("isolation_valve", CleanText),
    Column("position", Geometry("POINT")),
    Column("outcome", EnumText(Outcome), nullable=False, index=True),
    Column("conflict_zh", CleanText),
    Column("conflict_en", CleanText),
)

#: Personal data: the whole row; a crew is followed on shift only.
crew_fix = Table(
    "crew_fix",
    metadata,
    own_id(),
    Column("crew", CleanText, nullable=False),
    Column("device_time", UtcDateTime, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("position", Geometry("POINT"), nullable=False),
    Column("accuracy_m", Float),
    Column("heading_deg", Float),
    Index("ix_crew_fix_crew_device_time", "crew", "device_time"),
)

for located in (report.c.position, crew_fix.c.position):
    spatial_index(located)
