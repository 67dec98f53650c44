"""The event log, and prepared artifacts such as the street network."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Integer, LargeBinary, Table, Text

from storage.tables.metadata import metadata
from storage.types import UtcDateTime

#: Append-only. SQLite reuses a deleted last key unless told AUTOINCREMENT; readers resume by id.
event = Table(
    "event",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    sqlite_autoincrement=True,
)

#: One row per kind of artifact. ``version`` counts how often it was replaced.
artifact = Table(
    "artifact",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("report", JSON, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
