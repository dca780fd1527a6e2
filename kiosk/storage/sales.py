"""Sale rows, and the sale as it was sealed."""

import json
from dataclasses import dataclass

from kiosk.domain.entries import Entry
from kiosk.domain.money import Rupiah
from kiosk.domain.payments import Payment
from kiosk.domain.sales import Discount, Sale, SaleLine, Share
from kiosk.storage import journal
from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class SaleRow:
    """One line of today's list; `claimed` where money is not yet confirmed.

    `methods` are codes, each with the organiser's own name, '' for the usual. `refunded_rp`
    is the money that went back of it so far.
    """

    id: str
    number: str
    at: str
    cashier: str
    units: int
    total_rp: Rupiah
    methods: tuple[tuple[str, str], ...]
    claimed: bool
    uploaded: bool
    voided: bool
    refunded_rp: Rupiah

    @property
    def kept_rp(self) -> Rupiah:
        """The money that stayed."""
        return Rupiah(self.total_rp - self.refunded_rp)


@dataclass(frozen=True, slots=True)
class SealedSale:
    """A sale read back from its entry, with when, where and by whom."""

    sale: Sale
    entry: Entry
    uploaded: bool
    copies: int


def _methods(stored: str) -> tuple[tuple[str, str], ...]:
    """Read a list of `code:name`; of a sale without payments it holds a null."""
    named = (one.partition(":") for one in json.loads(stored) if one)
    return tuple((code, name) for code, _, name in named)


def exists(connection: Connection, sale_id: str) -> bool:
    """Say whether a cart was already paid."""
    row = connection.execute("SELECT 1 FROM sales WHERE id = :id", {"id": sale_id}).fetchone()
    return row is not None


def sale(connection: Connection, sale_id: str) -> SealedSale | None:
    """Give a sale from its entry's own bytes."""
    row = connection.execute(
        """
        SELECT sales.journal, sales.seq,
            (SELECT count(*) FROM reprints WHERE sale = sales.id) AS copies,
            sales.seq <= coalesce(uploads.sent_seq, 0) AS uploaded
        FROM sales
        LEFT JOIN uploads ON uploads.journal = sales.journal
        WHERE sales.id = :id
        """,
        {"id": sale_id},
    ).fetchone()
    if row is None:
        return None
    entry = journal.read_at(connection, row["journal"], row["seq"])
    return SealedSale(read_sale(entry), entry, bool(row["uploaded"]), row["copies"])


def newest_of_shift(connection: Connection, shift_id: str) -> tuple[str, str] | None:
    """Give the id and time of a shift's last sale, None before the first."""
    row = connection.execute(
        "SELECT id, at FROM sales WHERE shift = :shift ORDER BY seq DESC LIMIT 1",
        {"shift": shift_id},
    ).fetchone()
    return (row["id"], row["at"]) if row else None


def sales_of_shift(connection: Connection, shift_id: str) -> list[SaleRow]:
    """List a shift's sales, newest first."""
    rows = connection.execute(
        """
        SELECT sales.*,
            json_group_array(DISTINCT payments.method || ':' || payments.name) AS methods,
            max(payments.state = 'claimed') AS claimed,
            sales.seq <= coalesce(uploads.sent_seq, 0) AS uploaded,
            EXISTS (SELECT 1 FROM refunds WHERE sale = sales.id AND kind = 'void') AS voided,
            (
                SELECT coalesce(sum(total_rp), 0) FROM refunds WHERE sale = sales.id
            ) AS refunded_rp
        FROM sales
        LEFT JOIN payments ON payments.sale = sales.id
        LEFT JOIN uploads ON uploads.journal = sales.journal
        WHERE sales.shift = :shift
        GROUP BY sales.id
        ORDER BY sales.journal DESC, sales.seq DESC
        """,
        {"shift": shift_id},
    )
    return [
        SaleRow(
            id=row["id"],
            number=row["number"],
            at=row["at"],
            cashier=row["cashier"],
            units=row["units"],
            total_rp=Rupiah(row["total_rp"]),
            methods=_methods(row["methods"]),
            claimed=bool(row["claimed"]),
            uploaded=bool(row["uploaded"]),
            voided=bool(row["voided"]),
            refunded_rp=Rupiah(row["refunded_rp"]),
        )
        for row in rows
    ]


def read_sale(entry: Entry) -> Sale:
    """Read a `sale` entry back as the value it was sealed from."""
    body = entry.body
    return Sale(
        id=entry.id,
        number=body["number"],
        event=body["event"],
        shift=body["shift"],
        lines=tuple(SaleLine(**line) for line in body["lines"]),
        discounts=tuple(Discount(**discount) for discount in body["discounts"]),
        shares=tuple(Share(**share) for share in body["shares"]),
        rounding_rp=Rupiah(body["rounding_rp"]),
        total_rp=Rupiah(body["total_rp"]),
        payments=tuple(Payment(**payment) for payment in body["payments"]),
        flags=tuple(body["flags"]),
    )
