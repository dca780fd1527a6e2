"""How many of a journal's sales came when their bazaar was over."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen journals; of what came before this step nobody counted."""
    op.add_column(
        "journals",
        sa.Column("late_sales", sa.BigInteger(), server_default="0", nullable=False),
    )
