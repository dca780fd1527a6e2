"""Which printer prints what: for a till by purpose, and for a stall its order slips.

A report and a label come out of the till's receipt printer where nothing else is said; a
slip only where somebody said so, for a kitchen without a printer reads its orders on a page.
"""

from collections.abc import Collection, Mapping
from typing import Final, Literal

from kiosk.storage.database import Connection

Purpose = Literal["receipt", "slip", "report", "label"]
PURPOSES: Final[tuple[Purpose, ...]] = ("receipt", "slip", "report", "label")
_WITH_THE_RECEIPTS: Final[frozenset[Purpose]] = frozenset({"report", "label"})


def printer_for(connection: Connection, till: str, purpose: Purpose) -> int | None:
    """Give the printer a till uses for a purpose, or None where it has none."""
    found = _printer_set_for(connection, till, purpose)
    if found is None and purpose in _WITH_THE_RECEIPTS:
        return _printer_set_for(connection, till, "receipt")
    return found


def printer_of_stall(connection: Connection, stall: str) -> int | None:
    """Give the printer a stall's order slips come out of, or None where it has none."""
    row = connection.execute(
        "SELECT printer FROM printer_stalls WHERE stall = :stall", {"stall": stall}
    ).fetchone()
    return row["printer"] if row else None


def uses_of_printer(connection: Connection, printer_id: int) -> dict[Purpose, tuple[str, ...]]:
    """Give the tills a printer was set for, by purpose; every purpose is there."""
    rows = connection.execute(
        "SELECT purpose, till FROM printer_uses WHERE printer = :printer ORDER BY till",
        {"printer": printer_id},
    ).fetchall()
    return {
        purpose: tuple(row["till"] for row in rows if row["purpose"] == purpose)
        for purpose in PURPOSES
    }


def stalls_of_printer(connection: Connection, printer_id: int) -> tuple[str, ...]:
    """Give the stalls whose slips come out of a printer."""
    rows = connection.execute(
        "SELECT stall FROM printer_stalls WHERE printer = :printer ORDER BY stall",
        {"printer": printer_id},
    )
    return tuple(row["stall"] for row in rows)


def assign(
    connection: Connection,
    printer_id: int,
    tills: Mapping[Purpose, Collection[str]],
    stalls: Collection[str],
) -> None:
    """Use a printer for exactly these tills and stalls; another one lets go of them."""
    connection.execute("DELETE FROM printer_uses WHERE printer = :id", {"id": printer_id})
    connection.execute("DELETE FROM printer_stalls WHERE printer = :id", {"id": printer_id})
    connection.executemany(
        """
        INSERT INTO printer_uses (till, purpose, printer) VALUES (:till, :purpose, :printer)
        ON CONFLICT (till, purpose) DO UPDATE SET printer = excluded.printer
        """,
        [
            {"till": till, "purpose": purpose, "printer": printer_id}
            for purpose, chosen in tills.items()
            for till in chosen
        ],
    )
    connection.executemany(
        """
        INSERT INTO printer_stalls (stall, printer) VALUES (:stall, :printer)
        ON CONFLICT (stall) DO UPDATE SET printer = excluded.printer
        """,
        [{"stall": stall, "printer": printer_id} for stall in stalls],
    )


def _printer_set_for(connection: Connection, till: str, purpose: Purpose) -> int | None:
    row = connection.execute(
        "SELECT printer FROM printer_uses WHERE till = :till AND purpose = :purpose",
        {"till": till, "purpose": purpose},
    ).fetchone()
    return row["printer"] if row else None
