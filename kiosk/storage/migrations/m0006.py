"""Schema of step 6: how a browser's screen looks and sounds, and when a till prints receipts."""

from typing import Final

LOOKS: Final = (
    """
    ALTER TABLE browsers ADD COLUMN text_size TEXT NOT NULL DEFAULT 'normal'
        CHECK (text_size IN ('normal', 'large', 'huge'))
    """,
    """
    ALTER TABLE browsers ADD COLUMN sounds INTEGER NOT NULL DEFAULT 0 CHECK (sounds IN (0, 1))
    """,
    # A till without a row prints every receipt by itself.
    """
    CREATE TABLE receipt_habits (
        till TEXT PRIMARY KEY,
        habit TEXT NOT NULL CHECK (habit IN ('always', 'ask', 'never'))
    ) STRICT, WITHOUT ROWID
    """,
)
