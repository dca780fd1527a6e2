"""What was set at a machine by hand, taken over into the one that takes its place.

Printers, what they are for, and how receipts look: local rows that no journal tells of.
Who may sign in and which browsers are paired is left behind on purpose.
"""

from typing import Any, Final

from kiosk.storage.database import UNREADABLE, Connection

# In an order in which each row finds those it refers to.
EQUIPMENT: Final = (
    "printer_profiles",
    "printers",
    "printer_uses",
    "printer_stalls",
    "printer_rolls",
    "receipt_habits",
    "own_pictures",
    "own_receipt_texts",
    "till_languages",
    "stalls_without_slips",
    "handed_over",
    "quick_keys",
)


def copy_equipment(source: Connection, target: Connection) -> bool:
    """Take over printers and what else was set at this machine; False where it cannot be read.

    A source of an earlier release has fewer tables and columns; a till's one printer of
    then is the printer of its receipts.
    """
    try:
        found = {table: _rows(source, target, table) for table in EQUIPMENT}
        if _columns(source, "printer_tills"):
            old = source.execute("SELECT till, 'receipt', printer FROM printer_tills")
            found["printer_uses"] = (("till", "purpose", "printer"), [tuple(row) for row in old])
    except UNREADABLE:
        return False
    for table, (columns, rows) in found.items():
        places = ", ".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
        for row in rows:
            target.execute(statement, row)
    return True


def _rows(
    source: Connection, target: Connection, table: str
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Read a table by the columns that both sides have; without rows where one has none."""
    there = _columns(source, table)
    columns = tuple(name for name in _columns(target, table) if name in there)
    if not columns:
        return (), []
    rows = source.execute(f"SELECT {', '.join(columns)} FROM {table}")
    return columns, [tuple(row) for row in rows]


def _columns(connection: Connection, table: str) -> list[str]:
    return [row["name"] for row in connection.execute(f"PRAGMA table_info({table})")]
