"""Where buyers transfer the money for a vendor's goods to."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen vendors: nobody has an account of her own until somebody types one."""
    op.add_column(
        "vendors",
        sa.Column("transfer_account", sa.Text(), server_default="", nullable=False),
    )
