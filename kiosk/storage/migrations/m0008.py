"""Schema of step 8: kinds of printers of one's own, printers taken away, jobs handed over."""

from typing import Final

OWN_PRINTERS: Final = (
    # A kind described by somebody here; the document is the profile's fields as JSON.
    """
    CREATE TABLE printer_profiles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL UNIQUE,
        document TEXT NOT NULL
    ) STRICT
    """,
    # A printer that was taken away stays for the history of its jobs.
    "ALTER TABLE printers ADD COLUMN removed_at TEXT",
    # The same jobs with one more state, and with what took the bytes, e.g. a CUPS job's name.
    """
    CREATE TABLE print_jobs_now (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        printer INTEGER NOT NULL REFERENCES printers (id),
        title TEXT NOT NULL,
        sale TEXT,
        priority INTEGER NOT NULL,
        document TEXT NOT NULL,
        stamp TEXT,
        state TEXT NOT NULL DEFAULT 'waiting' CHECK (
            state IN (
                'waiting', 'printing', 'handed_over', 'printed', 'unsure', 'held', 'failed',
                'dropped'
            )
        ),
        reason TEXT NOT NULL DEFAULT '',
        confirmed INTEGER NOT NULL DEFAULT 0,
        payload BLOB,
        bytes_sent INTEGER,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        ticket TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    INSERT INTO print_jobs_now (
        id, printer, title, sale, priority, document, stamp, state, reason, confirmed, payload,
        bytes_sent, created_at, changed_at
    )
    SELECT
        id, printer, title, sale, priority, document, stamp, state, reason, confirmed, payload,
        bytes_sent, created_at, changed_at
    FROM print_jobs
    """,
    "DROP TABLE print_jobs",
    "ALTER TABLE print_jobs_now RENAME TO print_jobs",
    """
    CREATE INDEX jobs_to_do ON print_jobs (printer, priority, id)
    WHERE state IN ('waiting', 'printing', 'handed_over', 'unsure', 'held')
    """,
    "CREATE INDEX jobs_of_a_sale ON print_jobs (sale) WHERE sale IS NOT NULL",
)
