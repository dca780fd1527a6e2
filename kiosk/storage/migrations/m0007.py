"""Schema of step 7: ways to pay of the organiser's choosing, codes changed here, tips."""

from typing import Final

PAYING: Final = (
    # A part of a split keeps how its method was when it was taken.
    "ALTER TABLE cart_payments ADD COLUMN state TEXT NOT NULL DEFAULT 'final'",
    "ALTER TABLE cart_payments ADD COLUMN name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cart_payments ADD COLUMN face_rp INTEGER",
    "UPDATE cart_payments SET state = 'claimed' WHERE method = 'qris'",
    # The organiser's own name of a method, and what a voucher is worth.
    "ALTER TABLE payments ADD COLUMN name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE payments ADD COLUMN face_rp INTEGER",
    # The event's ways to pay as JSON; an empty list is the standard ones.
    "ALTER TABLE catalogue ADD COLUMN methods TEXT NOT NULL DEFAULT '[]'",
    # QRIS as a coordinator changed it at this machine: the payload, where it is not the
    # bundle's, with the one it replaced; and whether the amount is filled in.
    """
    CREATE TABLE qris_codes (
        payee TEXT PRIMARY KEY,
        payload TEXT,
        replaced TEXT,
        fills INTEGER NOT NULL CHECK (fills IN (0, 1))
    ) STRICT, WITHOUT ROWID
    """,
    # Change that buyers left: in the drawer, outside omzet. A row below Rp0 undoes one.
    """
    CREATE TABLE tips (
        entry TEXT PRIMARY KEY,
        sale TEXT NOT NULL,
        shift TEXT NOT NULL REFERENCES shifts (id),
        reason TEXT NOT NULL CHECK (reason IN ('tip', 'donation')),
        amount_rp INTEGER NOT NULL,
        undoes TEXT
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX tips_of_a_sale ON tips (sale)",
    "CREATE INDEX tips_of_a_shift ON tips (shift)",
    # What a coordinator said is out of order, for all screens of this machine. Local.
    """
    CREATE TABLE outages (
        name TEXT PRIMARY KEY,
        since TEXT NOT NULL,
        said_by TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
)
