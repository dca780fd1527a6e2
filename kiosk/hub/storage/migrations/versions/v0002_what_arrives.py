"""What arrives, journals and orders, and the sums of it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; one that names another comes after it."""
    _counted_entries()
    _event_rollups()
    _order_lines()
    _payment_rollups()
    _review_tray()
    _rollups()
    _shifts()
    _imports()
    _orders()
    _journals()
    _product_matches()
    _entries()


def _counted_entries() -> None:
    op.create_table(
        "counted_entries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counted_entries")),
    )
    op.create_index("ix_counted_entries_place", "counted_entries", ["journal", "seq"], unique=True)
    op.create_index(
        "ix_counted_entries_subject",
        "counted_entries",
        ["subject"],
        unique=False,
        sqlite_where=sa.text("subject IS NOT NULL"),
        postgresql_where=sa.text("subject IS NOT NULL"),
    )


def _event_rollups() -> None:
    op.create_table(
        "event_rollups",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("omzet_rp", sa.BigInteger(), nullable=False),
        sa.Column("units_final", sa.BigInteger(), nullable=False),
        sa.Column("omzet_final_rp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "campaign",
            "event",
            "channel",
            "vendor",
            "product",
            "category",
            name=op.f("pk_event_rollups"),
        ),
    )


def _order_lines() -> None:
    op.create_table(
        "order_lines",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("omzet_rp", sa.BigInteger(), nullable=False),
        sa.Column("units_final", sa.BigInteger(), nullable=False),
        sa.Column("omzet_final_rp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "source", "order_id", "n", name=op.f("pk_order_lines")),
    )


def _payment_rollups() -> None:
    op.create_table(
        "payment_rollups",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("payments", sa.BigInteger(), nullable=False),
        sa.Column("amount_rp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "campaign", "event", "method", "state", name=op.f("pk_payment_rollups")
        ),
    )


def _review_tray() -> None:
    op.create_table(
        "review_tray",
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("journal", "seq", "reason", name=op.f("pk_review_tray")),
    )


def _rollups() -> None:
    op.create_table(
        "rollups",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("hour", sa.Text(), nullable=False),
        sa.Column("units", sa.BigInteger(), nullable=False),
        sa.Column("omzet_rp", sa.BigInteger(), nullable=False),
        sa.Column("units_final", sa.BigInteger(), nullable=False),
        sa.Column("omzet_final_rp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "campaign",
            "event",
            "channel",
            "vendor",
            "product",
            "category",
            "hour",
            name=op.f("pk_rollups"),
        ),
    )


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("installation", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.Text(), nullable=True),
        sa.Column("difference_rp", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
    )
    op.create_index(op.f("ix_shifts_event"), "shifts", ["event"], unique=False)
    op.create_index(op.f("ix_shifts_installation"), "shifts", ["installation"], unique=False)


def _imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reading", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state IN ('dry_run', 'taken')", name=op.f("ck_imports_state")),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_imports_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_campaign"), "imports", ["campaign"], unique=False)


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("import", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("invoice_number", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("paid_at", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_orders_campaign")),
        sa.ForeignKeyConstraint(["import"], ["imports.id"], name=op.f("fk_orders_import")),
        sa.PrimaryKeyConstraint("campaign", "source", "order_id", name=op.f("pk_orders")),
    )
    op.create_index(op.f("ix_orders_import"), "orders", ["import"], unique=False)
    op.create_index(op.f("ix_orders_invoice_number"), "orders", ["invoice_number"], unique=False)


def _journals() -> None:
    op.create_table(
        "journals",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("installation", sa.Text(), nullable=False),
        sa.Column("head_seq", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.Column("depth", sa.Integer(), server_default="0", nullable=False),
        sa.Column("continues_journal", sa.Text(), nullable=True),
        sa.Column("continues_seq", sa.BigInteger(), nullable=True),
        sa.Column("last_heard_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["installation"], ["installations.id"], name=op.f("fk_journals_installation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journals")),
    )
    op.create_index(op.f("ix_journals_installation"), "journals", ["installation"], unique=False)


def _product_matches() -> None:
    op.create_table(
        "product_matches",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("marketplace_key", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_product_matches_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["product"], ["products.id"], name=op.f("fk_product_matches_product")
        ),
        sa.PrimaryKeyConstraint(
            "campaign", "source", "marketplace_key", name=op.f("pk_product_matches")
        ),
    )


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("journal", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("stored", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("arrived_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["journal"], ["journals.id"], name=op.f("fk_entries_journal")),
        sa.PrimaryKeyConstraint("journal", "seq", name=op.f("pk_entries")),
    )
