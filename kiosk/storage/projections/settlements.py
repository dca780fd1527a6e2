"""What follows from a settlement: its row, and the cash that left the drawer for it."""

from typing import Any

from kiosk.domain.entries import Entry
from kiosk.storage.projections.shifts import move_cash


def apply_settlement(connection: Any, journal: int, entry: Entry) -> None:
    """Project `settlement`."""
    body = entry.body
    connection.execute(
        """
        INSERT INTO settlements (entry, journal, seq, event, stall, shift, amount_rp, undoes)
        VALUES (:entry, :journal, :seq, :event, :stall, :shift, :amount_rp, :undoes)
        """,
        {
            "entry": entry.id,
            "journal": journal,
            "seq": entry.seq,
            "event": body["event"],
            "stall": body["stall"],
            "shift": body["shift"],
            "amount_rp": body["amount_rp"],
            "undoes": body.get("undoes"),
        },
    )
    if body["shift"] is not None and body["amount_rp"]:
        move_cash(connection, body["shift"], entry, -body["amount_rp"])
