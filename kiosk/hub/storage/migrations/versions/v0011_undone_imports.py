"""Imports that were undone, and whose shop a file came from."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen imports and orders; no file before this was undone or said whose it was."""
    op.add_column("imports", sa.Column("undone_at", sa.Text(), nullable=True))
    op.add_column("imports", sa.Column("undone_by", sa.Text(), server_default="", nullable=False))
    op.add_column("imports", sa.Column("shop", sa.Text(), server_default="", nullable=False))
    op.add_column("orders", sa.Column("shop", sa.Text(), server_default="", nullable=False))
