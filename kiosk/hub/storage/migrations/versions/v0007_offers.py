"""Offers of several pieces for one price, and an event's rules of discounts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen events (an empty text is the usual rules), and make the tables of offers."""
    op.add_column("events", sa.Column("discounts", sa.Text(), server_default="", nullable=False))
    op.create_table(
        "offers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("vendor", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("price_rp", sa.BigInteger(), nullable=False),
        sa.Column("borne_by", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.CheckConstraint("pieces BETWEEN 2 AND 99", name=op.f("ck_offers_pieces")),
        sa.CheckConstraint("price_rp >= 0", name=op.f("ck_offers_price")),
        sa.CheckConstraint("borne_by IN ('stall', 'bazaar')", name=op.f("ck_offers_borne_by")),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_offers_campaign")),
        sa.ForeignKeyConstraint(["vendor"], ["vendors.id"], name=op.f("fk_offers_vendor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    op.create_index(op.f("ix_offers_campaign"), "offers", ["campaign"])
    op.create_table(
        "offer_products",
        sa.Column("offer", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["offer"], ["offers.id"], name=op.f("fk_offer_products_offer")),
        sa.ForeignKeyConstraint(
            ["product"], ["products.id"], name=op.f("fk_offer_products_product")
        ),
        sa.PrimaryKeyConstraint("offer", "product", name=op.f("pk_offer_products")),
    )
