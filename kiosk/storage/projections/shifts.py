"""What follows from opening, closing and moving cash: shifts and the drawer's ledger."""

from typing import Any

from kiosk.domain.entries import Entry


def apply_shift_opened(connection: Any, journal: int, entry: Entry) -> None:
    """Project `shift_opened`: the shift, and its float as the drawer's first movement."""
    connection.execute(
        """
        INSERT INTO shifts (id, journal, till, event, day, opened_at, opened_by, float_rp)
        VALUES (:id, :journal, :till, :event, :day, :at, :by, :float_rp)
        """,
        {
            "id": entry.id,
            "journal": journal,
            "till": entry.till,
            "event": entry.body["event"],
            "day": entry.body["day"],
            "at": entry.at,
            "by": entry.by.name if entry.by else "",
            "float_rp": entry.body["float_rp"],
        },
    )
    move_cash(connection, entry.id, entry, entry.body["float_rp"])


def apply_shift_closed(connection: Any, _journal: int, entry: Entry) -> None:
    """Project `shift_closed`: what was counted against what should be there, for good."""
    connection.execute(
        """
        UPDATE shifts
        SET closed_at = :at, closed_by = :by, counted_rp = :counted_rp,
            expected_rp = :expected_rp, reason = :reason, head = :head
        WHERE id = :shift
        """,
        {
            "shift": entry.body["shift"],
            "at": entry.at,
            "by": entry.by.name if entry.by else "",
            "counted_rp": entry.body["counted_rp"],
            "expected_rp": entry.body["expected_rp"],
            "reason": entry.body["reason"],
            "head": entry.body["head"],
        },
    )


def apply_cash_moved(connection: Any, _journal: int, entry: Entry) -> None:
    """Project `cash_moved`: money put in (> 0) or taken out (< 0), and change that was left."""
    body = entry.body
    move_cash(connection, body["shift"], entry, body["amount_rp"])
    if "sale" in body:
        connection.execute(
            """
            INSERT INTO tips (entry, sale, shift, reason, amount_rp, undoes)
            VALUES (:entry, :sale, :shift, :reason, :amount_rp, :undoes)
            """,
            {
                "entry": entry.id,
                "sale": body["sale"],
                "shift": body["shift"],
                "reason": body["reason"],
                "amount_rp": body["amount_rp"],
                "undoes": body.get("undoes"),
            },
        )


def move_cash(connection: Any, shift: str, entry: Entry, amount_rp: int) -> None:
    """Write one signed movement of a shift's drawer."""
    connection.execute(
        "INSERT INTO drawer (shift, entry, kind, amount_rp) VALUES (:shift, :entry, :kind, :amount_rp)",
        {"shift": shift, "entry": entry.id, "kind": entry.kind, "amount_rp": amount_rp},
    )
