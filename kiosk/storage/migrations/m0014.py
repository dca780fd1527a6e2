"""Schema of step 14: carts with numbers of the whole installation, redo, and stalls' phones."""

from typing import Final

SHARING: Final = (
    # What somebody typed when parking; empty where the number is enough.
    "ALTER TABLE carts ADD COLUMN name TEXT NOT NULL DEFAULT ''",
    # When it was last put aside; NULL while it never was.
    "ALTER TABLE carts ADD COLUMN parked_at TEXT",
    # Numbers were each till's own; the oldest of the same keep theirs.
    """
    UPDATE carts
    SET label = fresh.label
    FROM (
        SELECT id, row_number() OVER (ORDER BY id)
            + (SELECT max(label) FROM carts WHERE state = 'open') AS label
        FROM (
            SELECT id, row_number() OVER (PARTITION BY label ORDER BY id) AS place
            FROM carts WHERE state = 'open'
        )
        WHERE place > 1
    ) AS fresh
    WHERE carts.id = fresh.id
    """,
    # An open cart is called by its number anywhere in the installation.
    "CREATE UNIQUE INDEX one_open_cart_a_number ON carts (label) WHERE state = 'open'",
    # What a change that was taken back had made, so that it can be made again; `gone`
    # once another change has come after it.
    "ALTER TABLE cart_changes ADD COLUMN after TEXT",
    """
    ALTER TABLE cart_changes ADD COLUMN state TEXT NOT NULL DEFAULT 'made'
        CHECK (state IN ('made', 'undone', 'gone'))
    """,
    # A stall's phone: it fills carts with this stall's goods and takes no money.
    "ALTER TABLE browsers ADD COLUMN stall TEXT",
    # Found by cart, to know which carts nobody has before them.
    "CREATE INDEX browsers_by_cart ON browsers (cart) WHERE cart IS NOT NULL",
)
