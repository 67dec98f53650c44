"""Crews, and the places callers name."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from storage.geometry import Geometry
from storage.tables.metadata import metadata, ordinal, own_id, spatial_index
from storage.types import CleanText, SkillSet, TextTuple, UtcDateTime

#: Personal data: name, where it names a person; position, where a crew starts from home.
crew = Table(
    "crew",
    metadata,
    own_id(),
    ordinal(),
    Column("name", CleanText, nullable=False),
    Column("skills", SkillSet, nullable=False),
    Column("size", Integer, nullable=False),
    Column("position", Geometry("POINT"), nullable=False),
    Column("shift_start", UtcDateTime, nullable=False),
    Column("shift_end", UtcDateTime, nullable=False),
    Column("vehicle", CleanText, nullable=False),
)

place = Table(
    "place",
    metadata,
    own_id(),
    ordinal(),
    Column("name", CleanText, nullable=False),
    Column("position", Geometry("POINT"), nullable=False),
    Column("aliases", TextTuple, nullable=False),
)

spatial_index(crew.c.position)
spatial_index(place.c.position)
