"""What lies under the streets, and the premises it serves."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    Table,
)

from domain.network import LinkKind, NodeKind, Operability, Position
from domain.words import PremisesKind
from storage.geometry import Geometry
from storage.tables.metadata import metadata, ordinal, own_id, spatial_index
from storage.types import CleanText, EnumText, UtcDateTime

#: One row at most: one utility, one network. Its presence tells an empty network from none.
network = Table(
    "network",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", CleanText, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    CheckConstraint("id = 1", name="only_one"),
)

node = Table(
    "node",
    metadata,
    own_id(),
    ordinal(),
    Column("kind", EnumText(NodeKind), nullable=False),
    Column("position", Geometry("POINT"), nullable=False),
    Column("elevation_m", Float, nullable=False),
    Column("volume_m3", Float),
    Column("pressure_m", Float),
)

link = Table(
    "link",
    metadata,
    own_id(),
    ordinal(),
    Column("kind", EnumText(LinkKind), nullable=False),
    Column("start", ForeignKey("node.id"), nullable=False, index=True),
    Column("end", ForeignKey("node.id"), nullable=False, index=True),
    Column("path", Geometry("LINESTRING"), nullable=False),
    Column("length_m", Float, nullable=False),
    Column("diameter_m", Float, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("check_valve", Boolean, nullable=False),
    Column("material", CleanText, nullable=False),
    Column("year", Integer),
    Column("road", CleanText, nullable=False),
    Column("zone", CleanText, nullable=False, server_default=""),
    Column("roughness", Float),
)

isolation_valve = Table(
    "isolation_valve",
    metadata,
    own_id(),
    ordinal(),
    Column("link", ForeignKey("link.id"), nullable=False, index=True),
    Column("node", ForeignKey("node.id"), index=True),
    Column("location", Geometry("POINT"), nullable=False),
    Column("position", EnumText(Position), nullable=False),
    Column("operability", EnumText(Operability), nullable=False),
    Column("accessible", Boolean, nullable=False),
    # The number of the last change of its state, so that only what changed is read again.
    Column("change", BigInteger, nullable=False, server_default="0"),
)

hydrant = Table(
    "hydrant",
    metadata,
    own_id(),
    ordinal(),
    Column("link", ForeignKey("link.id"), nullable=False, index=True),
    Column("location", Geometry("POINT"), nullable=False),
)

#: Personal data: account, name, phone, address, meter.
premises = Table(
    "premises",
    metadata,
    own_id(),
    ordinal(),
    Column("location", Geometry("POINT"), nullable=False),
    Column("link", ForeignKey("link.id"), index=True),
    Column("node", ForeignKey("node.id"), index=True),
    Column("kind", EnumText(PremisesKind), nullable=False),
    Column("critical", Boolean, nullable=False),
    Column("account", CleanText, nullable=False),
    Column("name", CleanText, nullable=False),
    Column("phone", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("demand_m3_d", Float),
    Column("meter", CleanText, nullable=False),
)

for located in (
    node.c.position,
    link.c.path,
    isolation_valve.c.location,
    hydrant.c.location,
    premises.c.location,
):
    spatial_index(located)
