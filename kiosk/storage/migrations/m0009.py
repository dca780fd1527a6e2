"""Schema of step 9: what a product is found by, chosen with, and counted against."""

from typing import Final

GOODS: Final = (
    # Text, for leading zeros; `barcode_key` is that by which two codes are the same.
    "ALTER TABLE products ADD COLUMN barcode TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE products ADD COLUMN barcode_key TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX products_by_barcode ON products (barcode_key) WHERE barcode_key <> ''",
    # A JSON list of words.
    "ALTER TABLE products ADD COLUMN choices TEXT NOT NULL DEFAULT '[]'",
    # What the stall brings, and at how many left the tile says so; NULL is not counted.
    "ALTER TABLE products ADD COLUMN stock INTEGER CHECK (stock >= 0)",
    "ALTER TABLE products ADD COLUMN low_stock INTEGER CHECK (low_stock >= 0)",
    "ALTER TABLE products ADD COLUMN open_price INTEGER NOT NULL DEFAULT 0 CHECK (open_price IN (0, 1))",
    # Added at the bazaar, by `catalogue_changed`; no bundle takes it off sale.
    "ALTER TABLE products ADD COLUMN added_here INTEGER NOT NULL DEFAULT 0 CHECK (added_here IN (0, 1))",
    # A count was begun at the bazaar; and the switch “sold out” of goods that nobody counts.
    "ALTER TABLE stock ADD COLUMN counted INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1))",
    "ALTER TABLE stock ADD COLUMN sold_out INTEGER NOT NULL DEFAULT 0 CHECK (sold_out IN (0, 1))",
    # Whose goods a vendor may change.
    "ALTER TABLE operators ADD COLUMN stall TEXT",
    # Local: the quick keys of each till, in the order of its tab.
    """
    CREATE TABLE quick_keys (
        till TEXT NOT NULL,
        place INTEGER NOT NULL,
        product INTEGER NOT NULL,
        PRIMARY KEY (till, product)
    ) STRICT, WITHOUT ROWID
    """,
)
