"""Schema of step 22: what was handed to stalls of what they sold."""

from typing import Final

SETTLEMENTS: Final = (
    # From entries. Below Rp0 it came from the stall, or takes back what `undoes` handed over.
    """
    CREATE TABLE settlements (
        entry TEXT PRIMARY KEY,
        journal INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        event TEXT NOT NULL,
        stall TEXT NOT NULL,
        shift TEXT,
        amount_rp INTEGER NOT NULL,
        undoes TEXT
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX settlements_of_an_event ON settlements (event, stall)",
)
