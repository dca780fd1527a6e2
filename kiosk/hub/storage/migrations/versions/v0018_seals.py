"""Entries found by their hash: the seal on a paper is its first eight digits."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_entries_hash", "entries", ["hash"])
