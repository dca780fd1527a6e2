"""Schema of step 10: what a print job is for, what became of it, and how much paper it took."""

from typing import Final

PRINT_QUEUE: Final = (
    # `purpose` says whose buyer may have gone; until now only receipts came first.
    """
    ALTER TABLE print_jobs ADD COLUMN purpose TEXT NOT NULL DEFAULT 'report'
    CHECK (purpose IN ('receipt', 'slip', 'report', 'label'))
    """,
    "UPDATE print_jobs SET purpose = 'receipt' WHERE priority = 1",
    # The dot rows a job takes, known with its bytes.
    """
    ALTER TABLE print_jobs ADD COLUMN paper_rows INTEGER NOT NULL DEFAULT 0
    CHECK (paper_rows >= 0)
    """,
    # What a printer is to do next and what its page counts: an index over some states only is
    # not found by a question about one of them.
    "DROP INDEX jobs_to_do",
    "CREATE INDEX jobs_by_state ON print_jobs (printer, state, priority, id)",
    "CREATE INDEX jobs_of_a_printer ON print_jobs (printer, id)",
    # Each change of a job's state: when, why, and which person answered, if one did.
    """
    CREATE TABLE print_job_moves (
        job INTEGER NOT NULL REFERENCES print_jobs (id) ON DELETE CASCADE,
        n INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        answered_by TEXT,
        at TEXT NOT NULL,
        PRIMARY KEY (job, n)
    ) STRICT, WITHOUT ROWID
    """,
    # The roll in each printer. `used_rows` counts dot rows since it was put in;
    # `used_rows_before` is what the last roll had used, as long as that can be undone.
    """
    CREATE TABLE printer_rolls (
        printer INTEGER PRIMARY KEY REFERENCES printers (id) ON DELETE CASCADE,
        length_mm INTEGER CHECK (length_mm > 0),
        used_rows INTEGER NOT NULL DEFAULT 0 CHECK (used_rows >= 0),
        used_rows_before INTEGER CHECK (used_rows_before >= 0),
        put_in_at TEXT
    ) STRICT
    """,
)
