"""Files of marketplaces, the orders in them, and what their listings are."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from kiosk.hub.storage.tables.columns import OPENLY, belongs_to, metadata, row_id, sums, told, words

imports = Table(
    "imports",
    metadata,
    row_id(),
    belongs_to("campaign"),
    told("source"),
    told("file_name"),
    told("file_sha256"),
    told("imported_at"),
    told("imported_by"),
    told("as_of"),
    Column("orders", Integer, nullable=False),
    Column("problems", Integer, nullable=False),
    # A file waits (the dry run) until it is taken or dropped.
    told("state"),
    # What was read of the file, without its buyers: kept, so that an undo can go back to it.
    Column("reading", LargeBinary),
    # A file that was counted and taken out again; it may be counted once more.
    Column("undone_at", Text),
    words("undone_by"),
    # The vendor whose shop the file came from, '' for several or nobody known.
    words("shop"),
    CheckConstraint("state IN ('dry_run', 'taken')", name="state"),
    info=OPENLY,
)

orders = Table(
    "orders",
    metadata,
    Column("campaign", ForeignKey("campaigns.id"), nullable=False),
    told("source"),
    told("order_id"),
    Column("import", ForeignKey("imports.id"), nullable=False, index=True),
    told("channel"),
    Column("invoice_number", Text, index=True),
    told("state"),
    told("status"),
    Column("paid_at", Text),
    Column("event", Text),
    told("as_of"),
    # The vendor whose shop it was ordered in, '' where the file did not say.
    words("shop"),
    PrimaryKeyConstraint("campaign", "source", "order_id"),
)

# A line's place in its order is its identity: the same SKU may stand twice.
order_lines = Table(
    "order_lines",
    metadata,
    told("campaign"),
    told("source"),
    told("order_id"),
    Column("n", Integer, nullable=False),
    told("product"),
    told("vendor"),
    told("category"),
    told("name"),
    told("sku"),
    *sums(),
    PrimaryKeyConstraint("campaign", "source", "order_id", "n"),
)


def _matches(name: str, matched: str) -> Table:
    """Give the table of what an organiser said marketplaces' listings are: the id of a `matched`."""
    return Table(
        name,
        metadata,
        Column("campaign", ForeignKey("campaigns.id"), nullable=False),
        told("source"),
        told("marketplace_key"),
        Column(matched, ForeignKey(f"{matched}s.id"), nullable=False),
        # What was remembered in one go can be undone in one.
        words("batch"),
        PrimaryKeyConstraint("campaign", "source", "marketplace_key"),
    )


# By SKU id, or by name and variation.
product_matches = _matches("product_matches", "product")

# Listings of which only the vendor is known: hers in every total, under no product.
vendor_matches = _matches("vendor_matches", "vendor")

# What a person said about the columns of a marketplace's file, by its header's signature:
# files of one kind come into every campaign. Columns, words and formats as JSON.
column_mappings = Table(
    "column_mappings",
    metadata,
    Column("signature", Text, primary_key=True),
    told("channel"),
    told("mapping"),
    told("changed_at"),
    told("changed_by"),
)
