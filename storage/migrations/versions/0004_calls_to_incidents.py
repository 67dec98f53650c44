"""From calls to incidents: how a place was read, who may have failed, what follows what."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str, *, empty: bool = False) -> sa.Column[Any]:
    default = {"nullable": False, "server_default": ""} if empty else {}
    return sa.Column(name, sa.Text(), **default)  # type: ignore[arg-type]


def _columns() -> tuple[tuple[str, sa.Column[Any]], ...]:
    return (
        ("premises", _text("meter", empty=True)),
        ("node", sa.Column("pressure_m", sa.Float())),
        ("link", sa.Column("roughness", sa.Float())),
        ("ticket_place", sa.Column("corrections", sa.JSON())),
        ("ticket_place", sa.Column("radius_m", sa.Float(), nullable=False, server_default="0")),
        ("ticket_place", _text("snap_doubt")),
        ("ticket_place", _text("snap_side")),
        ("ticket_place", sa.Column("snap_by_connection", sa.Boolean())),
        ("incident", sa.Column("collective_at", sa.DateTime(timezone=True))),
        ("incident", _text("parent")),
        ("incident", _text("merged_into")),
        ("incident", sa.Column("suspects", sa.JSON())),
        ("incident", _text("responsibility")),
        ("incident", _text("responsibility_reason", empty=True)),
    )


def upgrade() -> None:
    """Make the new columns; what was doubtful for a reason nobody kept counts as far."""
    for table, column in _columns():
        op.add_column(table, column)
    op.execute("UPDATE ticket_place SET snap_doubt = 'far' WHERE snap_doubtful")
    op.execute(
        "UPDATE ticket_place SET snap_side = 'on', snap_by_connection = (1 = 0) "
        "WHERE snap_link IS NOT NULL"
    )
    op.drop_column("ticket_place", "snap_doubtful")
    op.create_index(op.f("ix_incident_parent"), "incident", ["parent"])


def downgrade() -> None:
    """Drop what ``upgrade`` made."""
    op.drop_index(op.f("ix_incident_parent"), "incident")
    op.add_column("ticket_place", sa.Column("snap_doubtful", sa.Boolean()))
    op.execute(
        "UPDATE ticket_place SET snap_doubtful = (snap_doubt IS NOT NULL) "
        "WHERE snap_link IS NOT NULL"
    )
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)
