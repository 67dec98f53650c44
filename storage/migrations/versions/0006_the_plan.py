"""The plan: what crews carry and orders ask, versions and their changes, holds, learned times."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def _list(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON(), nullable=False, server_default="[]")


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def _whole(name: str, value: int = 0) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False, server_default=str(value))


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _columns() -> tuple[tuple[str, sa.Column[Any]], ...]:
    return (
        ("crew", _list("levels")),
        ("crew", _list("breaks")),
        ("crew", _whole("overtime_s")),
        ("crew", sa.Column("home", sa.JSON())),
        ("crew", _list("stock")),
        ("crew", _list("territories")),
        ("crew", _flag("reserve")),
        ("work_order", _list("levels")),
        ("work_order", sa.Column("window_opens", INSTANT)),
        ("work_order", sa.Column("window_closes", INSTANT)),
        ("work_order", _list("parts")),
        ("work_order", _text("territory")),
        ("work_order", _text("together")),
        ("work_order", _flag("interruptible")),
        ("work_order", _whole("make_safe_s", 900)),
        ("work_order", sa.Column("estimate", sa.JSON())),
        ("outage", sa.Column("etr_latest", INSTANT)),
        ("plan", _list("changes")),
        ("plan_route", _list("breaks")),
        ("plan_route", sa.Column("back", INSTANT)),
        ("plan_visit", _text("depot")),
        ("plan_visit", _whole("pickup_s")),
        ("plan_visit", _text("interrupts")),
        ("plan_visit", _list("rivals")),
        ("plan_unassigned", _list("crews")),
        ("visit", _text("depot")),
        ("visit", _whole("pickup_s")),
        ("visit", _text("interrupts")),
        ("visit", _list("rivals")),
    )


def upgrade() -> None:
    """Make the new columns and tables."""
    for table, column in _columns():
        op.add_column(table, column)
    op.create_table(
        "crew_hold",
        sa.Column("crew", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("crew", "kind", name=op.f("pk_crew_hold")),
    )
    op.create_table(
        "forbidden",
        sa.Column("crew", sa.Text(), nullable=False),
        sa.Column("work_order", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("crew", "work_order", name=op.f("pk_forbidden")),
    )
    op.create_table(
        "depot",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.JSON(), nullable=False),
        sa.Column("load_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depot")),
    )
    op.create_table(
        "duration_model",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("learned_at", INSTANT, nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=False),
        sa.Column("model", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duration_model")),
    )


def downgrade() -> None:
    """Drop what ``upgrade`` made."""
    for table in ("duration_model", "depot", "forbidden", "crew_hold"):
        op.drop_table(table)
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)
