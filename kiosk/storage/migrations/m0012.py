"""Schema of step 12: offers of several pieces for one price, and the rules of discounts."""

from typing import Final

OFFERS: Final = (
    """
    CREATE TABLE offers (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name TEXT NOT NULL,
        stall TEXT NOT NULL,
        pieces INTEGER NOT NULL CHECK (pieces BETWEEN 2 AND 99),
        price_rp INTEGER NOT NULL CHECK (price_rp >= 0),
        borne_by TEXT NOT NULL CHECK (borne_by IN ('stall', 'bazaar')),
        active INTEGER NOT NULL CHECK (active IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE offer_products (
        offer TEXT NOT NULL REFERENCES offers (id),
        product TEXT NOT NULL,
        PRIMARY KEY (offer, product)
    ) STRICT, WITHOUT ROWID
    """,
    # Every tap asks which offers the goods of a cart fall under.
    "CREATE INDEX offers_of_a_product ON offer_products (product)",
    # The organiser's rules as JSON; empty in a file of before, which means the usual ones.
    "ALTER TABLE catalogue ADD COLUMN discounts TEXT NOT NULL DEFAULT ''",
)
