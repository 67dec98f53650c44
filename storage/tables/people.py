"""Crews and what dispatchers say about them, depots, and the places callers name."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table

from domain.crews import Break, HoldKind
from domain.places import LonLat
from domain.words import Skill
from storage.geometry import Geometry
from storage.tables.metadata import metadata, ordinal, own_id, spatial_index
from storage.types import CleanText, EnumText, SkillSet, TextTuple, UtcDateTime, Valued

#: Personal data: name, where it names a person; position and home, where a crew starts from home.
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
    Column("levels", Valued(tuple[tuple[Skill, int], ...]), nullable=False),
    Column("breaks", Valued(tuple[Break, ...]), nullable=False),
    Column("overtime_s", Integer, nullable=False),
    Column("home", Valued(LonLat)),
    Column("stock", Valued(tuple[tuple[str, int], ...]), nullable=False),
    Column("territories", TextTuple, nullable=False),
    Column("reserve", Boolean, nullable=False),
)

#: Where crews pick up parts.
depot = Table(
    "depot",
    metadata,
    own_id(),
    ordinal(),
    Column("name", CleanText, nullable=False),
    Column("position", Valued(LonLat), nullable=False),
    Column("load_s", Integer, nullable=False),
)

#: Crews whose day a dispatcher has locked, or that are away. Outlives an import of crews.
crew_hold = Table(
    "crew_hold",
    metadata,
    Column("crew", CleanText, primary_key=True),
    Column("kind", EnumText(HoldKind), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime),
    Column("reason", CleanText, nullable=False),
    Column("made_by", CleanText, nullable=False),
)

#: Which crew a dispatcher wants at which work order under no circumstances.
forbidden = Table(
    "forbidden",
    metadata,
    Column("crew", CleanText, primary_key=True),
    Column("work_order", CleanText, primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", CleanText, nullable=False),
    Column("reason", CleanText, nullable=False),
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
