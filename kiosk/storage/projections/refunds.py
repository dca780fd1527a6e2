"""What follows from a refund: its rows, cash out of the drawer, and the stock that comes back."""

from typing import Any

from kiosk.domain.entries import Entry
from kiosk.storage.projections.shifts import move_cash


def apply_refund(connection: Any, journal: int, entry: Entry) -> None:
    """Project `refund`; the sale's own rows stay as they are."""
    body = entry.body
    connection.execute(
        """
        INSERT INTO refunds (
            id, journal, seq, sale, shift, kind, units, amount_rp, rounding_rp, total_rp
        ) VALUES (
            :id, :journal, :seq, :sale, :shift, :kind, :units, :amount_rp, :rounding_rp, :total_rp
        )
        """,
        {
            "id": entry.id,
            "journal": journal,
            "seq": entry.seq,
            "sale": body["sale"],
            "shift": body["shift"],
            "kind": body["kind"],
            "units": sum(_units_back(connection, body["sale"], line) for line in body["lines"]),
            "amount_rp": sum(line["amount_rp"] for line in body["lines"]),
            "rounding_rp": body["rounding_rp"],
            "total_rp": sum(part["amount_rp"] for part in body["payments"]),
        },
    )
    _keep_parts(connection, entry)
    connection.executemany(
        """
        UPDATE stock SET sold = sold - :qty
        WHERE product = (SELECT product FROM sale_lines WHERE sale = :sale AND n = :n)
        """,
        [{"sale": body["sale"], "n": line["n"], "qty": line["qty"]} for line in body["lines"]],
    )
    cash_rp = sum(part["amount_rp"] for part in body["payments"] if part["method"] == "cash")
    if cash_rp:
        move_cash(connection, body["shift"], entry, -cash_rp)


def _units_back(connection: Any, sale: str, line: dict[str, Any]) -> int:
    """Count what comes back as the campaign does, before this refund's own lines are kept.

    Pieces; of goods by weight one, with the line's last gram. A line of a sale that is not
    on this machine counts none here.
    """
    row = connection.execute(
        """
        SELECT sale_lines.unit, sale_lines.qty,
            (
                SELECT coalesce(sum(refund_lines.qty), 0)
                FROM refunds
                JOIN refund_lines ON refund_lines.refund = refunds.id
                WHERE refunds.sale = :sale AND refund_lines.n = :n
            ) AS before
        FROM sale_lines
        WHERE sale_lines.sale = :sale AND sale_lines.n = :n
        """,
        {"sale": sale, "n": line["n"]},
    ).fetchone()
    if row is None:
        return 0
    if row["unit"] == "g":
        return int(row["before"] < row["qty"] <= row["before"] + line["qty"])
    return int(line["qty"])


def _keep_parts(connection: Any, entry: Entry) -> None:
    connection.executemany(
        "INSERT INTO refund_lines (refund, n, qty, amount_rp)"
        " VALUES (:refund, :n, :qty, :amount_rp)",
        [{"refund": entry.id, **line} for line in entry.body["lines"]],
    )
    connection.executemany(
        "INSERT INTO refund_payments (refund, n, method, amount_rp)"
        " VALUES (:refund, :n, :method, :amount_rp)",
        [
            {"refund": entry.id, **{name: part[name] for name in ("n", "method", "amount_rp")}}
            for part in entry.body["payments"]
        ],
    )
