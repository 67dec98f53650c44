"""Any utility's network: tanks, zones, demands; supply steps; planned shut-offs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def _columns() -> tuple[tuple[str, sa.Column[Any]], ...]:
    return (
        ("node", sa.Column("volume_m3", sa.Float())),
        ("link", sa.Column("zone", sa.Text(), nullable=False, server_default="")),
        (
            "isolation_valve",
            sa.Column("change", sa.BigInteger(), nullable=False, server_default="0"),
        ),
        ("premises", sa.Column("demand_m3_d", sa.Float())),
        ("outage", sa.Column("steps", sa.JSON())),
    )


def upgrade() -> None:
    """Make the new columns and the new table."""
    for table, column in _columns():
        op.add_column(table, column)
    op.create_table(
        "planned_shutoff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pipes", sa.JSON(), nullable=False),
        sa.Column("isolation", sa.JSON(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("notice_h", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        *(sa.Column(name, INSTANT) for name in ("announced_at", "began_at", "restored_at")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_shutoff")),
    )


def downgrade() -> None:
    """Drop what ``upgrade`` made."""
    op.drop_table("planned_shutoff")
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)
