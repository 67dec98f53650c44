"""The streets as they are today: closures, and how fast the crews' own drives were."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, Integer, Table

from domain.calibration import TimeBand
from domain.closures import ClosureReason, ClosureShape
from storage.tables.metadata import metadata, own_id
from storage.types import CleanText, EnumText, UtcDateTime

#: ``places`` is a list of [lon, lat], WGS-84. ``lifted_at`` is empty while a closure stands.
closure = Table(
    "closure",
    metadata,
    own_id(),
    Column("shape", EnumText(ClosureShape), nullable=False),
    Column("places", JSON, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("reason", EnumText(ClosureReason), nullable=False),
    Column("made_by", CleanText, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("factor", Float, nullable=False),
    Column("entry", Boolean, nullable=False),
    Column("street", CleanText, nullable=False),
    Column("note", CleanText, nullable=False),
    Column("incident", CleanText),
    Column("lifted_by", CleanText),
    Column("lifted_at", UtcDateTime, index=True),
)

#: One row per time band that has been fitted.
band_fit = Table(
    "band_fit",
    metadata,
    Column("band", EnumText(TimeBand), primary_key=True),
    Column("factor", Float, nullable=False),
    Column("spread", Float, nullable=False),
    Column("drives", Integer, nullable=False),
)
