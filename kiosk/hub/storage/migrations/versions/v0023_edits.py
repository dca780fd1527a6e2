"""Sheets of campaigns, which belong to none; and what a change made of a row, to undo it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a sheet belong to no campaign; keep rows as they were before and after a change."""
    _free_sheets_of_campaigns()
    op.create_table(
        "edits",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edits")),
    )
    op.create_index(op.f("ix_edits_subject"), "edits", ["subject"])


def _free_sheets_of_campaigns() -> None:
    """Do it on both engines; SQLite changes a column by writing the table anew."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("sheets", "campaign", existing_type=sa.Text(), nullable=True)
        return
    as_it_is = sa.Table(
        "sheets",
        sa.MetaData(),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file", sa.LargeBinary()),
        sa.Column("changes", sa.Text()),
        sa.CheckConstraint("state IN ('waiting', 'taken', 'undone')", name=op.f("ck_sheets_state")),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_sheets_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheets")),
        sa.Index(op.f("ix_sheets_campaign"), "campaign"),
    )
    with op.batch_alter_table("sheets", copy_from=as_it_is, recreate="always") as batch:
        batch.alter_column("campaign", existing_type=sa.Text(), nullable=True)
