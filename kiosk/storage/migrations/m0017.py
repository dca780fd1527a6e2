"""Schema of step 17: where backups go, and what became of each."""

from typing import Final

BACKUPS: Final = (
    # One row. `is_apart`: the folder lay on another disk than the data when it was chosen, so
    # where it does not any more, that disk was taken away. `wanted` asks for a backup soon.
    """
    CREATE TABLE backup_plan (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        folder TEXT,
        is_apart INTEGER NOT NULL DEFAULT 0 CHECK (is_apart IN (0, 1)),
        wanted TEXT CHECK (wanted IN ('close', 'hand'))
    ) STRICT
    """,
    "INSERT INTO backup_plan (one) VALUES (1)",
    # A run that has no end was cut short. `file` is where it lies, null where none was made.
    """
    CREATE TABLE backup_runs (
        id INTEGER PRIMARY KEY,
        why TEXT NOT NULL CHECK (why IN ('hour', 'close', 'hand')),
        begun_at TEXT NOT NULL,
        ended_at TEXT,
        file TEXT,
        size_bytes INTEGER,
        sales INTEGER,
        head TEXT,
        problem TEXT
    ) STRICT
    """,
)
