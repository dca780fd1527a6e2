"""Printer rows: where each prints, as what, and what state it was last in."""

from dataclasses import dataclass

from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class PrinterRow:
    """A printer; `state` is one word of its owner thread, `fact` the sentence with it."""

    id: int
    name: str
    address: str
    profile: str
    state: str
    fact: str


_COLUMNS = "id, name, address, profile, state, fact"


def printers(connection: Connection) -> list[PrinterRow]:
    """List all printers, oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM printers WHERE removed_at IS NULL ORDER BY id"
    )
    return [PrinterRow(*tuple(row)) for row in rows]


def printer(connection: Connection, printer_id: int) -> PrinterRow | None:
    """Give one printer."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM printers WHERE id = :id AND removed_at IS NULL",
        {"id": printer_id},
    ).fetchone()
    return PrinterRow(*tuple(row)) if row else None


def add(connection: Connection, name: str, address: str, profile: str) -> int:
    """Add a printer and give its number."""
    rows = connection.execute(
        "INSERT INTO printers (name, address, profile) VALUES (:name, :address, :profile)"
        " RETURNING id",
        {"name": name, "address": address, "profile": profile},
    ).fetchall()
    return int(rows[0]["id"])


def change(connection: Connection, printer_id: int, name: str, address: str, profile: str) -> None:
    """Change where and as what a printer prints."""
    connection.execute(
        """
        UPDATE printers SET name = :name, address = :address, profile = :profile, state = 'unknown'
        WHERE id = :id
        """,
        {"id": printer_id, "name": name, "address": address, "profile": profile},
    )


def remove(connection: Connection, printer_id: int, at: str) -> None:
    """Take a printer away and free its name; its row stays for the history of its jobs."""
    for table in ("printer_uses", "printer_stalls"):
        connection.execute(f"DELETE FROM {table} WHERE printer = :id", {"id": printer_id})
    connection.execute(
        "UPDATE printers SET name = name || ' #' || id, removed_at = :at WHERE id = :id",
        {"id": printer_id, "at": at},
    )


def remember_state(connection: Connection, printer_id: int, state: str, fact: str) -> None:
    """Keep the state that the owner thread found."""
    connection.execute(
        "UPDATE printers SET state = :state, fact = :fact WHERE id = :id",
        {"id": printer_id, "state": state, "fact": fact},
    )
