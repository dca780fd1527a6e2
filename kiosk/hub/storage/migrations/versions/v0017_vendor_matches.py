"""Listings of which only the vendor is known, and matches that were remembered in one go."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen matches (each one before this is a batch of nobody's), and make the table."""
    op.add_column(
        "product_matches", sa.Column("batch", sa.Text(), server_default="", nullable=False)
    )
    op.create_table(
        "vendor_matches",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("marketplace_key", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_vendor_matches_campaign")
        ),
        sa.ForeignKeyConstraint(["vendor"], ["vendors.id"], name=op.f("fk_vendor_matches_vendor")),
        sa.PrimaryKeyConstraint(
            "campaign", "source", "marketplace_key", name=op.f("pk_vendor_matches")
        ),
    )
