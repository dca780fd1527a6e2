"""Refund rows, and refunds as they were sealed."""

from dataclasses import dataclass

from kiosk.domain.entries import Entry
from kiosk.domain.money import Rupiah
from kiosk.domain.payments import CASH
from kiosk.domain.refunds import CameBack, ComingBack, Refund, RefundLine, RefundPayment
from kiosk.domain.sales import Share
from kiosk.storage import journal
from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class SealedRefund:
    """A refund read back from its entry, with when and by whom."""

    refund: Refund
    entry: Entry


def sale_of(connection: Connection, refund_id: str) -> str | None:
    """Give the sale a refund pays back, or None where there is no such refund."""
    row = connection.execute(
        "SELECT sale FROM refunds WHERE id = :id", {"id": refund_id}
    ).fetchone()
    return row["sale"] if row else None


def journal_of_sale(connection: Connection, sale_id: str) -> str:
    """Give the id of the journal a sale lies in; raises LookupError where there is none."""
    row = connection.execute(
        """
        SELECT journals.id
        FROM sales
        JOIN journals ON journals.ordinal = sales.journal
        WHERE sales.id = :sale
        """,
        {"sale": sale_id},
    ).fetchone()
    if row is None:
        raise LookupError(f"no sale {sale_id}")
    return str(row["id"])


def returned(connection: Connection, sale_id: str) -> dict[int, int]:
    """Give the pieces (or grams) of a sale that came back so far, by line."""
    rows = connection.execute(
        """
        SELECT refund_lines.n, sum(refund_lines.qty) AS qty
        FROM refunds
        JOIN refund_lines ON refund_lines.refund = refunds.id
        WHERE refunds.sale = :sale
        GROUP BY refund_lines.n
        """,
        {"sale": sale_id},
    )
    return {row["n"]: row["qty"] for row in rows}


def came_back(connection: Connection, sale_id: str) -> CameBack:
    """Give what of a sale came back so far, and what was paid for it, in cash and otherwise."""
    row = connection.execute(
        """
        SELECT coalesce(sum(part.amount_rp) FILTER (WHERE part.method = :cash), 0) AS cash_rp,
            coalesce(sum(part.amount_rp) FILTER (WHERE part.method <> :cash), 0) AS other_rp
        FROM refunds
        JOIN refund_payments AS part ON part.refund = refunds.id
        WHERE refunds.sale = :sale
        """,
        {"sale": sale_id, "cash": CASH},
    ).fetchone()
    pieces = returned(connection, sale_id)
    return CameBack(pieces, Rupiah(row["cash_rp"]), Rupiah(row["other_rp"]))


def is_voided(connection: Connection, sale_id: str) -> bool:
    """Say whether a sale was taken back whole, as if it had never been."""
    row = connection.execute(
        "SELECT 1 FROM refunds WHERE sale = :sale AND kind = 'void'", {"sale": sale_id}
    ).fetchone()
    return row is not None


def refunds_of_sale(connection: Connection, sale_id: str) -> list[SealedRefund]:
    """List a sale's refunds from their entries' own bytes, oldest first."""
    rows = connection.execute(
        "SELECT journal, seq FROM refunds WHERE sale = :sale ORDER BY journal, seq",
        {"sale": sale_id},
    ).fetchall()
    entries = [journal.read_at(connection, row["journal"], row["seq"]) for row in rows]
    return [SealedRefund(read_refund(entry), entry) for entry in entries]


def read_refund(entry: Entry) -> Refund:
    """Read a `refund` entry back as the value it was sealed from."""
    body = entry.body
    return Refund(
        id=entry.id,
        kind=body["kind"],
        sale=body["sale"],
        sale_journal=body["sale_journal"],
        number=body["number"],
        event=body["event"],
        shift=body["shift"],
        reason=body["reason"],
        back=ComingBack(
            lines=tuple(RefundLine(**line) for line in body["lines"]),
            shares=tuple(Share(**share) for share in body["shares"]),
            rounding_rp=Rupiah(body["rounding_rp"]),
            payments=tuple(RefundPayment(**payment) for payment in body["payments"]),
        ),
    )
