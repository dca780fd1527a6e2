"""Whose QRIS code asks for the amount."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen vendors: nobody's code does, until somebody switches it on."""
    op.add_column(
        "vendors",
        sa.Column("qris_fills", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
