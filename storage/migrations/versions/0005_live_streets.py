"""The streets as they are today: closures, and how fast the crews' own drives were."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the new tables."""
    op.create_table(
        "closure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("until", INSTANT),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("entry", sa.Boolean(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text()),
        sa.Column("lifted_by", sa.Text()),
        sa.Column("lifted_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_index(op.f("ix_closure_lifted_at"), "closure", ["lifted_at"])
    op.create_table(
        "band_fit",
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("spread", sa.Float(), nullable=False),
        sa.Column("drives", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("band", name=op.f("pk_band_fit")),
    )


def downgrade() -> None:
    """Drop what ``upgrade`` made."""
    op.drop_table("band_fit")
    op.drop_index(op.f("ix_closure_lifted_at"), "closure")
    op.drop_table("closure")
