"""Vendors and what they sell, and what became of them."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from kiosk.hub.storage.tables.columns import (
    OPENLY,
    SCOPE,
    active,
    belongs_to,
    metadata,
    row_id,
    switch,
    told,
    undoable,
    whole,
    words,
)

vendors = Table(
    "vendors",
    metadata,
    row_id(),
    belongs_to("campaign"),
    # The stall's name as buyers read it; the owner's as the office knows her.
    told("name"),
    words("owner"),
    # Official codes (`31.74.07`, `31.74.07.1001`): names repeat and differ by a space.
    told("kecamatan"),
    told("kelurahan"),
    words("binaan"),
    Column("stage", Integer),
    Column("qris", Text),
    Column("commission_basis_points", Integer, nullable=False, server_default="0"),
    active(),
    # Where she sells online too; a QR code under her goods on a receipt.
    words("shop_url"),
    # Whether tills put the amount into her code.
    switch("qris_fills"),
    # Her phone or another way to reach her; for organisers and her mentor.
    words("contact"),
    # Where buyers transfer money for her goods to; the tills show it.
    words("transfer_account"),
    # The vendor she turned out to be, who has her history now; see `vendor_merges`.
    Column("merged_into", Text),
)

# Vendors who turned out to be one: `gone` counts as `kept`; `moved` is JSON of what was hers.
vendor_merges = Table(
    "vendor_merges",
    metadata,
    row_id(),
    belongs_to("campaign"),
    told("gone"),
    told("kept"),
    told("moved"),
    *undoable(),
    info={SCOPE: "kept"},
)

products = Table(
    "products",
    metadata,
    row_id(),
    belongs_to("campaign"),
    belongs_to("vendor"),
    told("sku"),
    told("name"),
    words("variant"),
    told("category"),
    whole("price_rp"),
    Column("unit", Text, nullable=False, server_default="pcs"),
    # Text, for leading zeros; two products may have one, and the till then asks which.
    words("barcode"),
    # One choice a line.
    words("choices"),
    # What the stall brings, and at how many left tills say so; null is not counted.
    Column("stock", Integer),
    Column("low_stock", Integer),
    switch("open_price"),
    # What one costs its vendor, null where she has not said; no till and no receipt has it.
    Column("cost_rp", BigInteger),
    active(),
    # A SKU names one product of a campaign, on paper and in marketplace files alike.
    UniqueConstraint("campaign", "sku"),
    CheckConstraint("price_rp >= 0", name="price"),
    CheckConstraint("unit IN ('pcs', 'g')", name="unit"),
)

# What a till added at a bazaar under its own id, and the product it is here: itself, or one
# that had its SKU or its barcode before.
added_products = Table(
    "added_products",
    metadata,
    row_id(),
    Column("product", ForeignKey("products.id"), nullable=False, index=True),
    words("matched_by"),
    words("added_by"),
    told("at"),
    CheckConstraint("matched_by IN ('', 'id', 'sku', 'barcode')", name="matched_by"),
    info=OPENLY,
)

# Several pieces of one vendor's goods for one price.
offers = Table(
    "offers",
    metadata,
    row_id(),
    belongs_to("campaign"),
    Column("vendor", ForeignKey("vendors.id"), nullable=False),
    told("name"),
    Column("pieces", Integer, nullable=False),
    whole("price_rp"),
    told("borne_by"),
    active(),
    CheckConstraint("pieces BETWEEN 2 AND 99", name="pieces"),
    CheckConstraint("price_rp >= 0", name="price"),
    CheckConstraint("borne_by IN ('stall', 'bazaar')", name="borne_by"),
)

offer_products = Table(
    "offer_products",
    metadata,
    Column("offer", ForeignKey("offers.id"), primary_key=True),
    Column("product", ForeignKey("products.id"), primary_key=True),
    info=OPENLY,
)

# A proposal that was accepted, with its reason as it was; `product` is '' for a vendor's own.
curation_decisions = Table(
    "curation_decisions",
    metadata,
    row_id(),
    belongs_to("campaign"),
    told("vendor"),
    told("product"),
    told("proposal"),
    told("reason"),
    *undoable(),
)
