"""How many entries a machine still had to send when it was last heard."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen journals; no machine has said anything of it yet."""
    op.add_column(
        "journals",
        sa.Column("waiting_entries", sa.BigInteger(), server_default="0", nullable=False),
    )
