"""Totals that were frozen under a number, with all they were made of."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "frozen_versions",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False, server_default=""),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("orders", sa.LargeBinary(), nullable=False),
        sa.Column("press_id", sa.Text(), nullable=False, server_default=""),
        sa.Column("press_en", sa.Text(), nullable=False, server_default=""),
        sa.CheckConstraint(
            "status IN ('sementara', 'final')", name=op.f("ck_frozen_versions_status")
        ),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_frozen_versions_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign", "n", name=op.f("pk_frozen_versions")),
    )
