"""The live day: visits, reports, fixes, users and sessions, counters; outages with their times."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
POINT = sa.LargeBinary().with_variant(
    Geometry("POINT", srid=4326, spatial_index=False), "postgresql"
)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

OUTAGE_COLUMNS = (
    ("began_at", INSTANT),
    ("restored_at", INSTANT),
    ("etr_at", INSTANT),
    ("etr_source", sa.Text()),
    ("etr_said_at", INSTANT),
    ("numbered", sa.JSON()),
    ("closed", sa.JSON()),
    ("stuck", sa.JSON()),
    ("proposal", sa.JSON()),
)


def upgrade() -> None:
    """Make the new tables and columns."""
    for name, kind in OUTAGE_COLUMNS:
        op.add_column("outage", sa.Column(name, kind))
    op.create_index("ix_event_subject", "event", ["subject"])
    _create_field()
    _create_access()


def _text(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=optional)


def _instant(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, INSTANT, nullable=optional)


def _create_field() -> None:
    op.create_table(
        "visit",
        _text("id"),
        _text("crew"),
        _text("work_order"),
        *(_instant(name) for name in ("depart", "eta", "start", "end")),
        sa.Column("travel_s", sa.Integer(), nullable=False),
        sa.Column("travel_m", sa.Integer(), nullable=False),
        _text("reason_zh"),
        _text("reason_en"),
        _text("state"),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        _instant("on_site_at", optional=True),
        _instant("ended_at", optional=True),
        _text("said"),
        sa.ForeignKeyConstraint(
            ["work_order"], ["work_order.id"], name=op.f("fk_visit_work_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_crew", "visit", ["crew"])
    op.create_index("ix_visit_work_order", "visit", ["work_order"])
    op.create_table(
        "report",
        *(_text(name) for name in ("id", "crew", "work_order", "kind")),
        _instant("device_time"),
        _instant("received_at"),
        _text("reason"),
        _text("isolation_valve", optional=True),
        sa.Column("position", POINT),
        _text("outcome"),
        _text("conflict_zh", optional=True),
        _text("conflict_en", optional=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index("ix_report_crew", "report", ["crew"])
    op.create_index("ix_report_outcome", "report", ["outcome"])
    op.create_table(
        "crew_fix",
        _text("id"),
        _text("crew"),
        _instant("device_time"),
        _instant("received_at"),
        sa.Column("position", POINT, nullable=False),
        sa.Column("accuracy_m", sa.Float()),
        sa.Column("heading_deg", sa.Float()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crew_fix")),
    )
    op.create_index("ix_crew_fix_crew_device_time", "crew_fix", ["crew", "device_time"])
    if op.get_bind().dialect.name == "postgresql":
        for table in ("report", "crew_fix"):
            op.create_index(
                f"ix_{table}_position_gist", table, ["position"], postgresql_using="gist"
            )


def _create_access() -> None:
    op.create_table(
        "app_user",
        *(_text(name) for name in ("login", "name", "role", "password_hash")),
        _instant("created_at"),
        _text("crew", optional=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_app_user")),
    )
    op.create_table(
        "session",
        *(_text(name) for name in ("id", "login", "kind")),
        _instant("created_at"),
        _instant("expires_at"),
        _instant("revoked_at", optional=True),
        _text("label"),
        sa.ForeignKeyConstraint(["login"], ["app_user.login"], name=op.f("fk_session_login")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index("ix_session_login", "session", ["login"])
    op.create_table(
        "login_failure",
        sa.Column("id", COUNTER, nullable=False),
        _text("login"),
        _text("address"),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failure")),
    )
    op.create_index("ix_login_failure_at", "login_failure", ["at"])
    op.create_table(
        "request",
        _text("client_id"),
        _text("subject"),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_request")),
    )
    op.create_table(
        "number",
        _text("kind"),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_number")),
    )


def downgrade() -> None:
    """Drop what ``upgrade`` made."""
    for table in (
        "number",
        "request",
        "login_failure",
        "session",
        "app_user",
        "crew_fix",
        "report",
        "visit",
    ):
        op.drop_table(table)
    op.drop_index("ix_event_subject", "event")
    for name, _kind in reversed(OUTAGE_COLUMNS):
        op.drop_column("outage", name)
