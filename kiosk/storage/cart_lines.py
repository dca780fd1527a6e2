"""What is in a cart, as rows: its lines and the discounts given on them and on the whole.

The same rows are kept as JSON with each change, so that undo puts back exactly what was.
"""

from collections.abc import Iterable
from typing import TypedDict, cast

from kiosk.domain.carts import Cart
from kiosk.domain.discounts import Bearer, GivenDiscount
from kiosk.domain.entries import Operator
from kiosk.domain.lines import CartLine
from kiosk.storage.catalogue import read_product
from kiosk.storage.database import Connection

# The key under which a cart's own discount is kept; lines count from 1.
WHOLE_CART = 0


class LineRow(TypedDict):
    """A line; `product` is its short number."""

    key: int
    product: int
    qty: int
    note: str
    own_price_rp: int | None
    seen_price_rp: int


class DiscountRow(TypedDict):
    """A discount on the line of this key, or on the whole cart."""

    key: int
    amount_rp: int | None
    basis_points: int | None
    reason: str
    borne_by: str
    approver: str | None
    approver_name: str | None


class Content(TypedDict):
    """All of it."""

    lines: list[LineRow]
    discounts: list[DiscountRow]


def content_of(cart: Cart) -> Content:
    """Give a cart's content as rows."""
    given = [(line.key, line.discount) for line in cart.lines]
    return {
        "lines": [_line_row(line) for line in cart.lines],
        "discounts": [
            _discount_row(key, discount)
            for key, discount in [(WHOLE_CART, cart.discount), *given]
            if discount
        ],
    }


def read_content(
    connection: Connection, cart_id: str
) -> tuple[tuple[CartLine, ...], GivenDiscount | None]:
    """Read a cart's lines, with today's names and prices, and its own discount."""
    discounts = {
        row["key"]: _read_discount(row)
        for row in connection.execute(
            "SELECT * FROM cart_discounts WHERE cart = :cart", {"cart": cart_id}
        )
    }
    rows = connection.execute(
        """
        SELECT line.key, line.qty, line.note, line.own_price_rp, line.seen_price_rp, products.*
        FROM cart_lines AS line
        JOIN products ON products.number = line.product
        WHERE line.cart = :cart
        ORDER BY line.key
        """,
        {"cart": cart_id},
    )
    lines = tuple(
        CartLine(
            key=row["key"],
            product=read_product(row),
            qty=row["qty"],
            note=row["note"],
            own_price_rp=row["own_price_rp"],
            seen_price_rp=row["seen_price_rp"],
            discount=discounts.get(row["key"]),
        )
        for row in rows
    )
    return lines, discounts.get(WHOLE_CART)


def write_content(connection: Connection, cart_id: str, version: int, content: Content) -> None:
    """Put this content in place of what was there, as this version of the cart."""
    for table in ("cart_lines", "cart_discounts"):
        connection.execute(f"DELETE FROM {table} WHERE cart = :cart", {"cart": cart_id})
    connection.executemany(
        """
        INSERT INTO cart_lines (cart, key, product, qty, note, own_price_rp, seen_price_rp)
        VALUES (:cart, :key, :product, :qty, :note, :own_price_rp, :seen_price_rp)
        """,
        _of_cart(cart_id, content["lines"]),
    )
    connection.executemany(
        """
        INSERT INTO cart_discounts (
            cart, key, amount_rp, basis_points, reason, borne_by, approver, approver_name
        ) VALUES (
            :cart, :key, :amount_rp, :basis_points, :reason, :borne_by, :approver, :approver_name
        )
        """,
        _of_cart(cart_id, content["discounts"]),
    )
    connection.execute(
        "UPDATE carts SET version = :version, last_key = max(last_key, :key) WHERE id = :cart",
        {
            "cart": cart_id,
            "version": version,
            "key": max((line["key"] for line in content["lines"]), default=0),
        },
    )


def _of_cart(
    cart_id: str, rows: Iterable[LineRow] | Iterable[DiscountRow]
) -> list[dict[str, object]]:
    return [{**row, "cart": cart_id} for row in rows]


def _line_row(line: CartLine) -> LineRow:
    return {
        "key": line.key,
        "product": line.product.number,
        "qty": line.qty,
        "note": line.note,
        "own_price_rp": line.own_price_rp,
        "seen_price_rp": (
            line.product.price_rp if line.seen_price_rp is None else line.seen_price_rp
        ),
    }


def _discount_row(key: int, discount: GivenDiscount) -> DiscountRow:
    approver = discount.approved_by
    return {
        "key": key,
        "amount_rp": discount.amount_rp,
        "basis_points": discount.basis_points,
        "reason": discount.reason,
        "borne_by": discount.borne_by,
        "approver": approver.id if approver else None,
        "approver_name": approver.name if approver else None,
    }


def _read_discount(row: Connection) -> GivenDiscount:
    return GivenDiscount(
        amount_rp=row["amount_rp"],
        basis_points=row["basis_points"],
        reason=row["reason"],
        borne_by=cast("Bearer", row["borne_by"]),
        approved_by=Operator(row["approver"], row["approver_name"]) if row["approver"] else None,
    )
