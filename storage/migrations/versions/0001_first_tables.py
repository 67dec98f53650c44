"""The first tables: network, people, the day, plans, events, artifacts.

Column types are written out and not imported, so that a later change of the model does not
change what this migration makes.
"""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def _geometry(kind: str) -> sa.LargeBinary:
    """Return WKB bytes, PostGIS geometry on PostgreSQL."""
    return sa.LargeBinary().with_variant(
        Geometry(kind, srid=4326, spatial_index=False), "postgresql"
    )


POINT, LINE = _geometry("POINT"), _geometry("LINESTRING")

SPATIAL = (
    ("crew", "position"),
    ("hydrant", "location"),
    ("incident", "location"),
    ("isolation_valve", "location"),
    ("link", "path"),
    ("node", "position"),
    ("place", "position"),
    ("premises", "location"),
    ("ticket", "position"),
    ("work_order", "location"),
)


def upgrade() -> None:
    """Create every table; on PostgreSQL the PostGIS extension and the spatial indexes too."""
    on_postgresql = op.get_context().dialect.name == "postgresql"
    if on_postgresql:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    _create_network()
    _create_people()
    _create_day()
    _create_plans()
    _create_log()
    if on_postgresql:
        for table, column in SPATIAL:
            op.create_index(f"ix_{table}_{column}_gist", table, [column], postgresql_using="gist")


def _create_network() -> None:
    op.create_table(
        "network",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_network_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
    )
    op.create_table(
        "node",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", POINT, nullable=False),
        sa.Column("elevation_m", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_node")),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("end", sa.Text(), nullable=False),
        sa.Column("path", LINE, nullable=False),
        sa.Column("length_m", sa.Float(), nullable=False),
        sa.Column("diameter_m", sa.Float(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("check_valve", sa.Boolean(), nullable=False),
        sa.Column("material", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer()),
        sa.Column("road", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["start"], ["node.id"], name=op.f("fk_link_start")),
        sa.ForeignKeyConstraint(["end"], ["node.id"], name=op.f("fk_link_end")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index("ix_link_end", "link", ["end"])
    op.create_index("ix_link_start", "link", ["start"])
    op.create_table(
        "isolation_valve",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("node", sa.Text()),
        sa.Column("location", POINT, nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("operability", sa.Text(), nullable=False),
        sa.Column("accessible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["link"], ["link.id"], name=op.f("fk_isolation_valve_link")),
        sa.ForeignKeyConstraint(["node"], ["node.id"], name=op.f("fk_isolation_valve_node")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_isolation_valve")),
    )
    op.create_index("ix_isolation_valve_link", "isolation_valve", ["link"])
    op.create_index("ix_isolation_valve_node", "isolation_valve", ["node"])
    op.create_table(
        "hydrant",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("location", POINT, nullable=False),
        sa.ForeignKeyConstraint(["link"], ["link.id"], name=op.f("fk_hydrant_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hydrant")),
    )
    op.create_index("ix_hydrant_link", "hydrant", ["link"])
    op.create_table(
        "premises",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("location", POINT, nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("node", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("critical", sa.Boolean(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["link"], ["link.id"], name=op.f("fk_premises_link")),
        sa.ForeignKeyConstraint(["node"], ["node.id"], name=op.f("fk_premises_node")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_premises")),
    )
    op.create_index("ix_premises_link", "premises", ["link"])
    op.create_index("ix_premises_node", "premises", ["node"])


def _create_people() -> None:
    op.create_table(
        "crew",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("position", POINT, nullable=False),
        sa.Column("shift_start", INSTANT, nullable=False),
        sa.Column("shift_end", INSTANT, nullable=False),
        sa.Column("vehicle", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crew")),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", POINT, nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
    )


def _create_day() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("position", POINT),
        sa.Column("symptom", sa.Text()),
        sa.Column("priority", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket")),
    )
    op.create_table(
        "ticket_place",
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("symptom", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("position", POINT, nullable=False),
        sa.Column("found_by", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("premises", sa.Text()),
        sa.Column("ignored", sa.JSON(), nullable=False),
        sa.Column("snap_link", sa.Text()),
        sa.Column("snap_location", POINT),
        sa.Column("snap_offset_m", sa.Float()),
        sa.Column("snap_distance_m", sa.Float()),
        sa.Column("snap_doubtful", sa.Boolean()),
        sa.ForeignKeyConstraint(["ticket"], ["ticket.id"], name=op.f("fk_ticket_place_ticket")),
        sa.PrimaryKeyConstraint("ticket", name=op.f("pk_ticket_place")),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("symptom", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("location", POINT, nullable=False),
        sa.Column("link", sa.Text()),
        sa.Column("tickets", sa.JSON(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_table(
        "outage",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("isolation", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name=op.f("fk_outage_incident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    op.create_index("ix_outage_incident", "outage", ["incident"])
    op.create_table(
        "work_order",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("tickets", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("location", POINT, nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("crew_size", sa.Integer(), nullable=False),
        sa.Column("duration_s", sa.Integer(), nullable=False),
        sa.Column("released_at", INSTANT, nullable=False),
        sa.Column("due_on_site", INSTANT),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("premises_dry_before", sa.Integer(), nullable=False),
        sa.Column("premises_dry_after", sa.Integer(), nullable=False),
        sa.Column("leaking", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incident.id"], name=op.f("fk_work_order_incident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order")),
    )
    op.create_index("ix_work_order_incident", "work_order", ["incident"])


def _create_plans() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("now", INSTANT, nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("greedy_cost", sa.JSON(), nullable=False),
        sa.Column("violations", sa.JSON(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "plan_route",
        sa.Column("plan", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("crew", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_plan_route_plan")),
        sa.PrimaryKeyConstraint("plan", "ordinal", name=op.f("pk_plan_route")),
    )
    op.create_table(
        "plan_visit",
        sa.Column("plan", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("work_order", sa.Text(), nullable=False),
        sa.Column("crew", sa.Text(), nullable=False),
        sa.Column("depart", INSTANT, nullable=False),
        sa.Column("eta", INSTANT, nullable=False),
        sa.Column("start", INSTANT, nullable=False),
        sa.Column("end", INSTANT, nullable=False),
        sa.Column("travel_s", sa.Integer(), nullable=False),
        sa.Column("travel_m", sa.Integer(), nullable=False),
        sa.Column("reason_zh", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_plan_visit_plan")),
        sa.PrimaryKeyConstraint("plan", "ordinal", name=op.f("pk_plan_visit")),
    )
    op.create_table(
        "plan_unassigned",
        sa.Column("plan", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("work_order", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail_zh", sa.Text(), nullable=False),
        sa.Column("detail_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_plan_unassigned_plan")),
        sa.PrimaryKeyConstraint("plan", "ordinal", name=op.f("pk_plan_unassigned")),
    )


def _create_log() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "artifact",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_artifact")),
    )


def downgrade() -> None:
    """Drop every table; the PostGIS extension may serve others and stays."""
    for table in (
        "artifact",
        "event",
        "plan_unassigned",
        "plan_visit",
        "plan_route",
        "plan",
        "work_order",
        "outage",
        "incident",
        "ticket_place",
        "ticket",
        "place",
        "crew",
        "premises",
        "hydrant",
        "isolation_valve",
        "link",
        "node",
        "network",
    ):
        op.drop_table(table)
