"""Shift rows, the drawer's ledger and what a shift sold."""

from dataclasses import dataclass

from kiosk.domain.money import Rupiah
from kiosk.domain.shifts import Shift
from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class ClosedShift:
    """What was fixed when a shift closed; `head` is the journal's first eight hex digits."""

    closed_at: str
    closed_by: str
    counted_rp: Rupiah
    expected_rp: Rupiah
    reason: str
    head: str

    @property
    def difference_rp(self) -> Rupiah:
        """Over where positive, short where negative."""
        return Rupiah(self.counted_rp - self.expected_rp)


@dataclass(frozen=True, slots=True)
class Takings:
    """What a shift took by one payment method in one state, less what it paid back.

    Cash given back of other payments is taken off and counts as no payment. `name` is the
    organiser's own name of the method.
    """

    method: str
    state: str
    payments: int
    amount_rp: Rupiah
    name: str = ""


@dataclass(frozen=True, slots=True)
class Sold:
    """How much a shift sold: sales made, and units, omzet (line totals) and rounding (≤ 0).

    The last three are less what came back in this shift; `refunds` counts those times, and
    `refunded_rp` is the money they paid. `discount_rp` is what its sales took off their
    prices, whatever came back.
    """

    sales: int
    units: int
    omzet_rp: Rupiah
    rounding_rp: Rupiah
    refunds: int
    refunded_rp: Rupiah
    discount_rp: Rupiah


def open_shift(connection: Connection, till: str) -> Shift | None:
    """Give a till's open shift, if there is one."""
    row = connection.execute(
        "SELECT * FROM shifts WHERE till = :till AND closed_at IS NULL", {"till": till}
    ).fetchone()
    return _shift(row) if row else None


def is_any_open(connection: Connection) -> bool:
    """Say whether somebody sells at any till of this installation."""
    row = connection.execute("SELECT 1 FROM shifts WHERE closed_at IS NULL LIMIT 1").fetchone()
    return row is not None


def shift(connection: Connection, shift_id: str) -> Shift | None:
    """Give a shift by id."""
    row = connection.execute("SELECT * FROM shifts WHERE id = :id", {"id": shift_id}).fetchone()
    return _shift(row) if row else None


def closing(connection: Connection, shift_id: str) -> ClosedShift | None:
    """Give what was fixed at the close, or None while the shift is open."""
    row = connection.execute(
        "SELECT * FROM shifts WHERE id = :id AND closed_at IS NOT NULL", {"id": shift_id}
    ).fetchone()
    if row is None:
        return None
    return ClosedShift(
        closed_at=row["closed_at"],
        closed_by=row["closed_by"],
        counted_rp=Rupiah(row["counted_rp"]),
        expected_rp=Rupiah(row["expected_rp"]),
        reason=row["reason"],
        head=row["head"],
    )


def expected_cash(connection: Connection, shift_id: str) -> Rupiah:
    """Add up the drawer's movements: for the X report, the Z report and the close alike."""
    row = connection.execute(
        "SELECT coalesce(sum(amount_rp), 0) AS rp FROM drawer WHERE shift = :shift",
        {"shift": shift_id},
    ).fetchone()
    return Rupiah(row["rp"])


def takings(connection: Connection, shift_id: str) -> list[Takings]:
    """List what a shift took less what it paid back, by method and state."""
    rows = connection.execute(
        """
        SELECT method, state, sum(taken) AS payments, sum(amount_rp) AS amount_rp,
            max(name) AS name
        FROM (
            SELECT payments.method, payments.state, payments.amount_rp >= 0 AS taken,
                payments.amount_rp, payments.name
            FROM sales
            JOIN payments ON payments.sale = sales.id
            WHERE sales.shift = :shift
            UNION ALL
            SELECT refund_payments.method, coalesce(payments.state, 'final'), 0,
                -refund_payments.amount_rp, coalesce(payments.name, '')
            FROM refunds
            JOIN refund_payments ON refund_payments.refund = refunds.id
            LEFT JOIN payments
                ON payments.sale = refunds.sale AND payments.n = refund_payments.n
            WHERE refunds.shift = :shift
        )
        GROUP BY method, state
        ORDER BY method, state
        """,
        {"shift": shift_id},
    )
    return [
        Takings(row["method"], row["state"], row["payments"], Rupiah(row["amount_rp"]), row["name"])
        for row in rows
    ]


def sold(connection: Connection, shift_id: str) -> Sold:
    """Add up what a shift sold, less what came back in it."""
    row = connection.execute(
        """
        SELECT count(*) AS sales, coalesce(sum(units), 0) AS units,
            coalesce(sum(total_rp - rounding_rp), 0) AS omzet_rp,
            coalesce(sum(rounding_rp), 0) AS rounding_rp
        FROM sales
        WHERE shift = :shift
        """,
        {"shift": shift_id},
    ).fetchone()
    back = connection.execute(
        """
        SELECT count(*) AS refunds, coalesce(sum(units), 0) AS units,
            coalesce(sum(amount_rp), 0) AS amount_rp,
            coalesce(sum(rounding_rp), 0) AS rounding_rp,
            coalesce(sum(total_rp), 0) AS total_rp
        FROM refunds
        WHERE shift = :shift
        """,
        {"shift": shift_id},
    ).fetchone()
    given = connection.execute(
        """
        SELECT coalesce(sum(line.discount_rp), 0) AS discount_rp
        FROM sales
        JOIN sale_lines AS line ON line.sale = sales.id
        WHERE sales.shift = :shift
        """,
        {"shift": shift_id},
    ).fetchone()
    return Sold(
        sales=row["sales"],
        units=row["units"] - back["units"],
        omzet_rp=Rupiah(row["omzet_rp"] - back["amount_rp"]),
        rounding_rp=Rupiah(row["rounding_rp"] - back["rounding_rp"]),
        refunds=back["refunds"],
        refunded_rp=Rupiah(back["total_rp"]),
        discount_rp=Rupiah(given["discount_rp"]),
    )


def next_number(connection: Connection, journal: int, till: str, day: str) -> int:
    """Give the counter of the next receipt; it moves when the sale is projected."""
    row = connection.execute(
        "SELECT last FROM number_counters WHERE journal = :journal AND till = :till AND day = :day",
        {"journal": journal, "till": till, "day": day},
    ).fetchone()
    return 1 + (row["last"] if row else 0)


def _shift(row: Connection) -> Shift:
    return Shift(
        id=row["id"],
        till=row["till"],
        event=row["event"],
        day=row["day"],
        opened_at=row["opened_at"],
        opened_by=row["opened_by"],
        float_rp=Rupiah(row["float_rp"]),
        closed_at=row["closed_at"],
    )
