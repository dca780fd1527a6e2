"""Schema of step 5: what more stands on receipts, and orders that were handed over."""

from typing import Final

PAPER: Final = (
    # Projected from the bundle; an older journal says nothing of them.
    "ALTER TABLE catalogue ADD COLUMN contact TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE catalogue ADD COLUMN receipt_language TEXT NOT NULL DEFAULT 'id'",
    "ALTER TABLE catalogue ADD COLUMN logo TEXT",
    "ALTER TABLE stalls ADD COLUMN shop_url TEXT NOT NULL DEFAULT ''",
    # Logos by the SHA-256 of their PNG, older ones too: a copy shows what its receipt showed.
    """
    CREATE TABLE pictures (
        key TEXT PRIMARY KEY,
        png BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # Local from here on. What this machine prints instead of the organiser's words: NULL is
    # the organiser's; of the logo, '' is none at all.
    """
    CREATE TABLE own_receipt_texts (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        header TEXT,
        footer TEXT,
        contact TEXT,
        logo TEXT
    ) STRICT
    """,
    """
    CREATE TABLE own_pictures (
        key TEXT PRIMARY KEY,
        png BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # The language of a till's receipts, where it is not the event's.
    """
    CREATE TABLE till_languages (
        till TEXT PRIMARY KEY,
        language TEXT NOT NULL CHECK (language IN ('id', 'en'))
    ) STRICT, WITHOUT ROWID
    """,
    # Stalls that have a slip printer and want no slips all the same.
    """
    CREATE TABLE stalls_without_slips (
        stall TEXT PRIMARY KEY
    ) STRICT, WITHOUT ROWID
    """,
    # A line of a sale that its stall gave out, once: by whom, and when.
    """
    CREATE TABLE handed_over (
        sale TEXT NOT NULL,
        n INTEGER NOT NULL,
        at TEXT NOT NULL,
        operator TEXT NOT NULL,
        PRIMARY KEY (sale, n)
    ) STRICT, WITHOUT ROWID
    """,
    # How often anything was handed over or taken back: a page asks for this and no more.
    """
    CREATE TABLE handed_over_changes (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        changes INTEGER NOT NULL
    ) STRICT
    """,
)
