"""Barcodes, choices and counts of products, whose goods a vendor counts, goods added at a bazaar."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen products and staff, and make the table of products added at a bazaar."""
    for name in ("barcode", "choices"):
        op.add_column("products", sa.Column(name, sa.Text(), server_default="", nullable=False))
    for name in ("stock", "low_stock"):
        op.add_column("products", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column(
        "products",
        sa.Column("open_price", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.add_column("staff", sa.Column("vendor", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "added_products",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("matched_by", sa.Text(), server_default="", nullable=False),
        sa.Column("added_by", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "matched_by IN ('', 'id', 'sku', 'barcode')", name=op.f("ck_added_products_matched_by")
        ),
        sa.ForeignKeyConstraint(
            ["product"], ["products.id"], name=op.f("fk_added_products_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_added_products")),
    )
    op.create_index(op.f("ix_added_products_product"), "added_products", ["product"])
