"""Printer rows: where each prints, for which tills, and what state it was last in."""

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


def printers(connection: Connection) -> list[PrinterRow]:
    """List all printers, oldest first."""
    rows = connection.execute("SELECT * FROM printers ORDER BY id")
    return [PrinterRow(*tuple(row)) for row in rows]


def printer(connection: Connection, printer_id: int) -> PrinterRow | None:
    """Give one printer."""
    row = connection.execute("SELECT * FROM printers WHERE id = :id", {"id": printer_id}).fetchone()
    return PrinterRow(*tuple(row)) if row else None


def printer_of_till(connection: Connection, till: str) -> int | None:
    """Give the printer a till's receipts come out of, or None where it has none."""
    row = connection.execute(
        "SELECT printer FROM printer_tills WHERE till = :till", {"till": till}
    ).fetchone()
    return row["printer"] if row else None


def tills_of_printer(connection: Connection, printer_id: int) -> list[str]:
    """List the tills whose receipts come out of a printer."""
    rows = connection.execute(
        "SELECT till FROM printer_tills WHERE printer = :printer ORDER BY till",
        {"printer": printer_id},
    )
    return [row["till"] for row in rows]


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


def assign(connection: Connection, printer_id: int, tills: list[str]) -> None:
    """Send the receipts of exactly these tills to a printer."""
    connection.execute("DELETE FROM printer_tills WHERE printer = :id", {"id": printer_id})
    connection.executemany(
        """
        INSERT INTO printer_tills (till, printer) VALUES (:till, :printer)
        ON CONFLICT (till) DO UPDATE SET printer = excluded.printer
        """,
        [{"till": till, "printer": printer_id} for till in tills],
    )


def remember_state(connection: Connection, printer_id: int, state: str, fact: str) -> None:
    """Keep the state that the owner thread found."""
    connection.execute(
        "UPDATE printers SET state = :state, fact = :fact WHERE id = :id",
        {"id": printer_id, "state": state, "fact": fact},
    )
