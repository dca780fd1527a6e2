"""Schema of step 19: the bundle that waits for somebody to look at it."""

from typing import Final

WAITING_BUNDLE: Final = (
    # Local, and left out of backups: it holds PIN hashes. `document` is empty where the
    # bundle was in force already and was taken back.
    """
    CREATE TABLE waiting_bundle (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        version TEXT NOT NULL,
        document TEXT,
        source TEXT NOT NULL CHECK (source IN ('hub', 'file')),
        arrived_at TEXT NOT NULL,
        set_aside INTEGER NOT NULL CHECK (set_aside IN (0, 1))
    ) STRICT
    """,
)
