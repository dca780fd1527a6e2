"""Orders of stalls: read from the sales of today's shifts, ticked off in local rows."""

from collections.abc import Iterable
from itertools import groupby

from kiosk.domain.orders import HandedOver, OrderLine, StallOrder
from kiosk.storage.database import Connection

_ORDER_LINES = """
    SELECT sales.id AS sale, sales.number, sales.till, sales.at, sale_lines.stall,
        sale_lines.n, sale_lines.name, sale_lines.variant, sale_lines.qty, sale_lines.unit,
        sale_lines.note, handed_over.at AS handed_at, handed_over.operator,
        (
            SELECT coalesce(sum(refund_lines.qty), 0)
            FROM refunds
            JOIN refund_lines ON refund_lines.refund = refunds.id AND refund_lines.n = sale_lines.n
            WHERE refunds.sale = sales.id
        ) AS returned
    FROM shifts
    JOIN sales ON sales.shift = shifts.id
    JOIN sale_lines ON sale_lines.sale = sales.id
    LEFT JOIN handed_over ON handed_over.sale = sales.id AND handed_over.n = sale_lines.n
    WHERE (shifts.closed_at IS NULL OR shifts.day >= :day)
"""


def orders_of_day(connection: Connection, stall: str | None, day: str) -> list[StallOrder]:
    """Give the orders, of one stall or of all, oldest first.

    They are those of open shifts, and of shifts opened on `day` or later.
    """
    rows = connection.execute(
        f"""
        {_ORDER_LINES} AND (:stall IS NULL OR sale_lines.stall = :stall)
        ORDER BY sales.at, sales.id, sale_lines.stall, sale_lines.n
        """,
        {"stall": stall, "day": day},
    )
    return _orders(rows)


def orders_called(connection: Connection, asked: str, day: str) -> list[StallOrder]:
    """Give the orders, one a stall, of the sale with this number or id; none where unknown."""
    rows = connection.execute(
        f"""
        {_ORDER_LINES} AND (sales.number = :number OR sales.id = :id)
        ORDER BY sales.at DESC, sales.id, sale_lines.stall, sale_lines.n
        """,
        {"number": asked.upper(), "id": asked.lower(), "day": day},
    )
    return _orders(rows)


def order(connection: Connection, sale: str, stall: str) -> StallOrder | None:
    """Give what one sale asks of one stall, of whatever day, or None."""
    rows = connection.execute(
        f"{_ORDER_LINES} AND sales.id = :sale AND sale_lines.stall = :stall ORDER BY sale_lines.n",
        {"sale": sale, "stall": stall, "day": ""},
    )
    return next(iter(_orders(rows)), None)


def hand_over(connection: Connection, sale: str, lines: Iterable[int], given: HandedOver) -> None:
    """Tick lines off; one that is ticked off stays as it is."""
    connection.executemany(
        "INSERT INTO handed_over (sale, n, at, operator) VALUES (:sale, :n, :at, :by)"
        " ON CONFLICT (sale, n) DO NOTHING",
        [{"sale": sale, "n": n, "at": given.at, "by": given.by} for n in lines],
    )
    _count_change(connection)


def take_back(connection: Connection, sale: str, lines: Iterable[int]) -> None:
    """Put lines back among what is to be handed over."""
    connection.executemany(
        "DELETE FROM handed_over WHERE sale = :sale AND n = :n",
        [{"sale": sale, "n": n} for n in lines],
    )
    _count_change(connection)


def state_of_orders(connection: Connection) -> str:
    """Give a short word that changes whenever any order may have; it costs two look-ups."""
    row = connection.execute(
        """
        SELECT
            (SELECT max(ordinal) FROM journals) AS journal,
            (
                SELECT max(seq) FROM entries
                WHERE journal = (SELECT max(ordinal) FROM journals)
            ) AS seq,
            (SELECT changes FROM handed_over_changes) AS changes
        """
    ).fetchone()
    return f"{row['journal']}-{row['seq']}-{row['changes'] or 0}"


def slip_printers(connection: Connection) -> dict[str, int]:
    """Give the printer of each stall that has one for its slips, and wants them."""
    rows = connection.execute(
        """
        SELECT stall, printer FROM printer_stalls
        WHERE stall NOT IN (SELECT stall FROM stalls_without_slips)
        ORDER BY stall
        """
    )
    return {row["stall"]: row["printer"] for row in rows}


def set_wants_slips(connection: Connection, stall: str, *, wants: bool) -> None:
    """Let a stall's slips be printed, or not."""
    statement = (
        "DELETE FROM stalls_without_slips WHERE stall = :stall"
        if wants
        else "INSERT INTO stalls_without_slips (stall) VALUES (:stall) ON CONFLICT DO NOTHING"
    )
    connection.execute(statement, {"stall": stall})


def _count_change(connection: Connection) -> None:
    connection.execute(
        "INSERT INTO handed_over_changes (one, changes) VALUES (1, 1)"
        " ON CONFLICT (one) DO UPDATE SET changes = changes + 1"
    )


def _orders(rows: Iterable[Connection]) -> list[StallOrder]:
    found = []
    for _, group in groupby(rows, key=lambda row: (row["sale"], row["stall"])):
        lines = list(group)
        first = lines[0]
        found.append(
            StallOrder(
                sale=first["sale"],
                number=first["number"],
                stall=first["stall"],
                till=first["till"],
                at=first["at"],
                lines=tuple(_line(row) for row in lines),
            )
        )
    return found


def _line(row: Connection) -> OrderLine:
    given = HandedOver(row["handed_at"], row["operator"]) if row["handed_at"] else None
    return OrderLine(
        n=row["n"],
        name=f"{row['name']} {row['variant']}".rstrip(),
        qty=row["qty"],
        unit=row["unit"],
        note=row["note"],
        returned=row["returned"],
        handed_over=given,
    )
