"""Who may log in, who has, and who tried; what clients asked once already; counters."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table

from domain.users import Role, SessionKind
from storage.tables.metadata import metadata, own_id
from storage.types import CleanText, EnumText, UtcDateTime

#: Personal data: login, name. Not called "user", which PostgreSQL reads as the connected role.
app_user = Table(
    "app_user",
    metadata,
    Column("login", CleanText, primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("role", EnumText(Role), nullable=False),
    Column("password_hash", CleanText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("crew", CleanText),
    Column("disabled", Boolean, nullable=False),
)

#: The secret itself is not here: ``id`` is its SHA-256.
session = Table(
    "session",
    metadata,
    own_id(),
    Column("login", ForeignKey("app_user.login"), nullable=False, index=True),
    Column("kind", EnumText(SessionKind), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("label", CleanText, nullable=False),
)

#: Personal data: login, address. Rows older than the window that is counted are deleted.
login_failure = Table(
    "login_failure",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("login", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_login_failure_at", "at"),
)

#: What a client's own id made, so that asking again makes nothing twice.
request = Table(
    "request",
    metadata,
    Column("client_id", CleanText, primary_key=True),
    Column("subject", CleanText, nullable=False),
)

#: Counters that only go up: ids of tickets and incidents, versions of what is kept in memory.
number = Table(
    "number",
    metadata,
    Column("kind", CleanText, primary_key=True),
    Column("last", BigInteger, nullable=False),
)
