"""Schema of step 18: journals that were gone on from elsewhere, and what keeps the upload."""

from typing import Final

FORKS: Final = (
    # Of a journal that is gone on with elsewhere: the last position that is still sent of it,
    # and where copies of what stood behind that end in the journal that has them.
    """
    CREATE TABLE forks (
        journal INTEGER PRIMARY KEY REFERENCES journals (ordinal),
        until INTEGER NOT NULL CHECK (until >= 0),
        goes_on_in INTEGER NOT NULL REFERENCES journals (ordinal),
        carried_to INTEGER NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('other_copy', 'broken')),
        seq INTEGER NOT NULL,
        carried INTEGER NOT NULL,
        left_out INTEGER NOT NULL,
        at TEXT NOT NULL,
        seen_at TEXT
    ) STRICT
    """,
    # This machine's clock less the hub's, when the hub was last heard.
    "ALTER TABLE enrolment ADD COLUMN clock_skew_seconds INTEGER",
    # The problem in one word, for a sentence in whatever language is asked for.
    "ALTER TABLE enrolment ADD COLUMN problem_reason TEXT",
)
