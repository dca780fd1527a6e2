"""What more stands on an event's receipts, and where a vendor sells online."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen vendors, and make the table of receipt papers."""
    op.add_column("vendors", sa.Column("shop_url", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "receipt_papers",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="id", nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("language IN ('id', 'en')", name=op.f("ck_receipt_papers_language")),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_receipt_papers_event")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_receipt_papers")),
    )
