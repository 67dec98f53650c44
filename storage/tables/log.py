"""The event log, and prepared artifacts such as the street network."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Integer, LargeBinary, Table

from storage.tables.metadata import metadata
from storage.types import CleanText, UtcDateTime

#: Append-only. SQLite reuses a deleted last key unless told AUTOINCREMENT; readers resume by id.
event = Table(
    "event",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", CleanText, nullable=False),
    Column("subject", CleanText, nullable=False, index=True),
    Column("actor", CleanText, nullable=False),
    Column("payload", JSON, nullable=False),
    sqlite_autoincrement=True,
)

#: One row per kind of artifact. ``version`` counts how often it was replaced.
artifact = Table(
    "artifact",
    metadata,
    Column("kind", CleanText, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sha256", CleanText, nullable=False),
    Column("report", JSON, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
