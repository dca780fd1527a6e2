"""What follows from a sale: its rows, the drawer, the stock and the number counter."""

from typing import Any, Final

from kiosk.domain.entries import Entry
from kiosk.domain.lines import count_units
from kiosk.storage.projections.shifts import move_cash

# What a payment's document leaves out where there is none.
_RARE: Final = {"nmid": None, "name": "", "face_rp": None}


def apply_sale(connection: Any, journal: int, entry: Entry) -> None:
    """Project `sale`."""
    body = entry.body
    connection.execute(
        """
        INSERT INTO sales (
            id, journal, seq, number, till, shift, event, at, cashier, units, rounding_rp, total_rp
        ) VALUES (
            :id, :journal, :seq, :number, :till, :shift, :event, :at, :cashier, :units,
            :rounding_rp, :total_rp
        )
        """,
        {
            "id": entry.id,
            "journal": journal,
            "seq": entry.seq,
            "number": body["number"],
            "till": entry.till,
            "shift": body["shift"],
            "event": body["event"],
            "at": entry.at,
            "cashier": entry.by.name if entry.by else "",
            "units": count_units((line["qty"], line["unit"]) for line in body["lines"]),
            "rounding_rp": body["rounding_rp"],
            "total_rp": body["total_rp"],
        },
    )
    _keep_parts(connection, entry)
    connection.executemany(
        """
        INSERT INTO stock (product, sold, received) VALUES (:product, :qty, 0)
        ON CONFLICT (product) DO UPDATE SET sold = sold + excluded.sold
        """,
        [{"product": line["product"], "qty": line["qty"]} for line in body["lines"]],
    )
    cash_rp = sum(part["amount_rp"] for part in body["payments"] if part["method"] == "cash")
    if cash_rp:
        move_cash(connection, body["shift"], entry, cash_rp)
    connection.execute(
        """
        INSERT INTO number_counters (journal, till, day, last)
        SELECT :journal, :till, day, 1 FROM shifts WHERE id = :shift
        ON CONFLICT (journal, till, day) DO UPDATE SET last = last + 1
        """,
        {"journal": journal, "till": entry.till, "shift": body["shift"]},
    )


def apply_payment_confirmed(connection: Any, _journal: int, entry: Entry) -> None:
    """Project `payment_confirmed`: a claimed payment was found on a statement."""
    connection.execute(
        "UPDATE payments SET state = 'final' WHERE sale = :sale AND n = :n",
        {"sale": entry.body["sale"], "n": entry.body["n"]},
    )


def apply_reprint(connection: Any, _journal: int, entry: Entry) -> None:
    """Project `reprinted`."""
    connection.execute(
        "INSERT INTO reprints (entry, sale) VALUES (:entry, :sale)",
        {"entry": entry.id, "sale": entry.body["sale"]},
    )


def _keep_parts(connection: Any, entry: Entry) -> None:
    body = entry.body
    connection.executemany(
        """
        INSERT INTO sale_lines (
            sale, n, product, sku, name, variant, category, stall, qty, unit, price_rp,
            discount_rp, total_rp, note
        ) VALUES (
            :sale, :n, :product, :sku, :name, :variant, :category, :stall, :qty, :unit, :price_rp,
            :discount_rp, :total_rp, :note
        )
        """,
        [{"sale": entry.id, **line} for line in body["lines"]],
    )
    connection.executemany(
        """
        INSERT INTO sale_shares (
            sale, stall, gross_rp, discount_rp, commission_rp, net_rp, rule
        ) VALUES (:sale, :stall, :gross_rp, :discount_rp, :commission_rp, :net_rp, :rule)
        """,
        [{"sale": entry.id, **share} for share in body["shares"]],
    )
    connection.executemany(
        """
        INSERT INTO payments (
            sale, n, method, payee, amount_rp, tendered_rp, change_rp, nmid, state, reference,
            name, face_rp
        ) VALUES (
            :sale, :n, :method, :payee, :amount_rp, :tendered_rp, :change_rp, :nmid, :state,
            :reference, :name, :face_rp
        )
        """,
        [{"sale": entry.id, **_RARE, **payment} for payment in body["payments"]],
    )
