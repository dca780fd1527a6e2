"""Schema of step 3: printers by purpose, and a printer for a stall's order slips."""

from typing import Final

PRINTER_USES: Final = (
    # Which printer a till uses for what; a purpose has one printer.
    """
    CREATE TABLE printer_uses (
        till TEXT NOT NULL,
        purpose TEXT NOT NULL CHECK (purpose IN ('receipt', 'slip', 'report', 'label')),
        printer INTEGER NOT NULL REFERENCES printers (id) ON DELETE CASCADE,
        PRIMARY KEY (till, purpose)
    ) STRICT, WITHOUT ROWID
    """,
    # Until now a till had a printer for its receipts alone.
    "INSERT INTO printer_uses (till, purpose, printer) SELECT till, 'receipt', printer FROM printer_tills",
    "DROP TABLE printer_tills",
    # Where a stall's order slips come out; a stall without one reads its orders on a page.
    """
    CREATE TABLE printer_stalls (
        stall TEXT PRIMARY KEY,
        printer INTEGER NOT NULL REFERENCES printers (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
    """,
)
