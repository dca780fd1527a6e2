"""Schema of step 4: a cart's lines have keys of their own, prices and discounts."""

from typing import Final

LINES: Final = (
    # The last key given to a line of this cart; keys are never given twice.
    "ALTER TABLE carts ADD COLUMN last_key INTEGER NOT NULL DEFAULT 0",
    # The same product may stand on several lines, apart by note, price or discount.
    # `own_price_rp` was agreed at the till; `seen_price_rp` is the catalogue's when the
    # line was begun, so that a price that changed since can be said.
    """
    CREATE TABLE keyed_lines (
        cart TEXT NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
        key INTEGER NOT NULL CHECK (key > 0),
        product INTEGER NOT NULL,
        qty INTEGER NOT NULL CHECK (qty > 0),
        note TEXT NOT NULL,
        own_price_rp INTEGER CHECK (own_price_rp >= 0),
        seen_price_rp INTEGER NOT NULL CHECK (seen_price_rp >= 0),
        PRIMARY KEY (cart, key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    INSERT INTO keyed_lines (cart, key, product, qty, note, seen_price_rp)
    SELECT line.cart, line.n, line.product, line.qty, line.note, products.price_rp
    FROM cart_lines AS line
    JOIN products ON products.number = line.product
    """,
    "DROP TABLE cart_lines",
    "ALTER TABLE keyed_lines RENAME TO cart_lines",
    """
    UPDATE carts
    SET last_key = (SELECT coalesce(max(key), 0) FROM cart_lines WHERE cart = carts.id)
    """,
    # Changes remembered so far name products, not lines: they are not taken back any more.
    "DELETE FROM cart_changes",
    # Discounts given by hand, on a line or (key 0) on the whole cart: rupiah or basis points.
    """
    CREATE TABLE cart_discounts (
        cart TEXT NOT NULL REFERENCES carts (id) ON DELETE CASCADE,
        key INTEGER NOT NULL CHECK (key >= 0),
        amount_rp INTEGER CHECK (amount_rp > 0),
        basis_points INTEGER CHECK (basis_points BETWEEN 1 AND 10000),
        reason TEXT NOT NULL,
        borne_by TEXT NOT NULL CHECK (borne_by IN ('stall', 'bazaar')),
        approver TEXT,
        approver_name TEXT,
        PRIMARY KEY (cart, key),
        CHECK ((amount_rp IS NULL) <> (basis_points IS NULL)),
        CHECK ((approver IS NULL) = (approver_name IS NULL))
    ) STRICT, WITHOUT ROWID
    """,
)
