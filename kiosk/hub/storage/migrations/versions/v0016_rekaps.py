"""Totals of sales without a till, typed in from paper."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "rekaps",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), server_default="", nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("omzet_rp", sa.BigInteger(), nullable=False),
        sa.Column("gives_way", sa.Boolean(), nullable=False),
        sa.Column("told_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("evidence_name", sa.Text(), server_default="", nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("units >= 0 AND omzet_rp >= 0", name=op.f("ck_rekaps_sums")),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_rekaps_campaign")),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_rekaps_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rekaps")),
    )
    op.create_index(op.f("ix_rekaps_campaign"), "rekaps", ["campaign"], unique=False)
    op.create_index(op.f("ix_rekaps_event"), "rekaps", ["event"], unique=False)
