"""Plans: every one that was made is kept, the latest counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Integer, Table

from domain.plans import Blocked, Change, Rival
from domain.states import VisitState
from storage.tables.metadata import metadata
from storage.types import CleanText, EnumText, TextTuple, UtcDateTime, Valued

plan = Table(
    "plan",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("now", UtcDateTime, nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("cost", JSON, nullable=False),
    Column("greedy_cost", JSON, nullable=False),
    Column("violations", TextTuple, nullable=False),
    Column("engine", CleanText, nullable=False),
    Column("changes", Valued(tuple[Change, ...]), nullable=False),
    sqlite_autoincrement=True,
)


def _nth_of_plan() -> tuple[Column[Any], Column[Any]]:
    return (
        Column("plan", ForeignKey("plan.id"), primary_key=True),
        Column("ordinal", Integer, primary_key=True, autoincrement=False),
    )


#: A crew without visits has a route too.
plan_route = Table(
    "plan_route",
    metadata,
    *_nth_of_plan(),
    Column("crew", CleanText, nullable=False),
    Column("breaks", Valued(tuple[tuple[datetime, datetime], ...]), nullable=False),
    Column("back", UtcDateTime),
)

plan_visit = Table(
    "plan_visit",
    metadata,
    *_nth_of_plan(),
    Column("work_order", CleanText, nullable=False),
    Column("crew", CleanText, nullable=False),
    Column("depart", UtcDateTime, nullable=False),
    Column("eta", UtcDateTime, nullable=False),
    Column("start", UtcDateTime, nullable=False),
    Column("end", UtcDateTime, nullable=False),
    Column("travel_s", Integer, nullable=False),
    Column("travel_m", Integer, nullable=False),
    Column("reason_zh", CleanText, nullable=False),
    Column("reason_en", CleanText, nullable=False),
    Column("state", EnumText(VisitState), nullable=False),
    Column("depot", CleanText, nullable=False),
    Column("pickup_s", Integer, nullable=False),
    Column("interrupts", CleanText, nullable=False),
    Column("rivals", Valued(tuple[Rival, ...]), nullable=False),
)

plan_unassigned = Table(
    "plan_unassigned",
    metadata,
    *_nth_of_plan(),
    Column("work_order", CleanText, nullable=False),
    Column("reason", EnumText(Blocked), nullable=False),
    Column("detail_zh", CleanText, nullable=False),
    Column("detail_en", CleanText, nullable=False),
    Column("crews", Valued(tuple[Rival, ...]), nullable=False),
)
