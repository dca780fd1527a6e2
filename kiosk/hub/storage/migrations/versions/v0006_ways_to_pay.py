"""The ways to pay that an event offers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen events: an empty text is the standard ways to pay."""
    op.add_column("events", sa.Column("methods", sa.Text(), server_default="", nullable=False))
