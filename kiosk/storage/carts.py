"""Cart rows: open carts survive everything, and each change can be taken back."""

import json
from dataclasses import replace

from kiosk.domain.carts import Cart
from kiosk.storage import cart_changes
from kiosk.storage.cart_lines import content_of, read_content, write_content
from kiosk.storage.database import Connection
from kiosk.storage.offers import offers_for


def open_cart(connection: Connection, cart_id: str, till: str, number: int, at: str) -> None:
    """Make an empty cart under a number that no open one has."""
    connection.execute(
        "INSERT INTO carts (id, till, label, opened_at) VALUES (:id, :till, :number, :at)",
        {"id": cart_id, "till": till, "number": number, "at": at},
    )


def cart(connection: Connection, cart_id: str) -> tuple[Cart, str] | None:
    """Give a cart and its state (`open` or `paid`); lines carry today's names and prices.

    A product that is no longer on sale still stands in it; paying refuses it by name.
    """
    row = connection.execute("SELECT * FROM carts WHERE id = :id", {"id": cart_id}).fetchone()
    if row is None:
        return None
    lines, discount = read_content(connection, cart_id)
    found = Cart(
        id=row["id"],
        till=row["till"],
        label=str(row["label"]),
        version=row["version"],
        lines=lines,
        last_key=row["last_key"],
        discount=discount,
        offers=offers_for(connection, cart_id) if lines else (),
        name=row["name"],
    )
    return found, row["state"]


def is_filled(connection: Connection, cart_id: str) -> bool:
    """Say whether a cart is open and holds something."""
    row = connection.execute(
        """
        SELECT 1 FROM carts
        WHERE id = :id AND state = 'open'
            AND EXISTS (SELECT 1 FROM cart_lines WHERE cart = carts.id)
        """,
        {"id": cart_id},
    ).fetchone()
    return row is not None


def filled_carts(connection: Connection, till: str) -> list[tuple[str, str]]:
    """Give id and label of a till's open carts that hold something."""
    rows = connection.execute(
        """
        SELECT id, label
        FROM carts
        WHERE till = :till AND state = 'open'
            AND EXISTS (SELECT 1 FROM cart_lines WHERE cart = carts.id)
        ORDER BY label
        """,
        {"till": till},
    )
    return [(row["id"], str(row["label"])) for row in rows]


def products_gone(connection: Connection, cart_id: str) -> list[str]:
    """Name the products in a cart that are no longer on sale."""
    rows = connection.execute(
        """
        SELECT products.name
        FROM cart_lines AS line
        JOIN products ON products.number = line.product
        WHERE line.cart = :cart AND products.active = 0
        ORDER BY line.key
        """,
        {"cart": cart_id},
    )
    return [row["name"] for row in rows]


def replace_content(connection: Connection, before: Cart, after: Cart, tap: str | None) -> Cart:
    """Give a cart other lines and discounts, remembering what it had; gives it as it is now."""
    version = before.version + 1
    cart_changes.remember(connection, before.id, version, tap, json.dumps(content_of(before)))
    write_content(connection, before.id, version, content_of(after))
    return replace(
        after,
        version=version,
        last_key=max((before.last_key, *(line.key for line in after.lines))),
        offers=offers_for(connection, before.id) if after.lines else (),
    )


def show_anew(connection: Connection) -> None:
    """Let every screen with an open cart show it again: prices or rules are other ones now."""
    connection.execute(
        """
        UPDATE carts SET version = version + 1
        WHERE state = 'open' AND EXISTS (SELECT 1 FROM cart_lines WHERE cart = carts.id)
        """
    )


def take_back_change(connection: Connection, now: Cart) -> bool:
    """Put a cart back to before its last change; False where none is remembered."""
    kept = cart_changes.take_back(connection, now.id, json.dumps(content_of(now)))
    return _step(connection, now, kept)


def make_again(connection: Connection, now: Cart) -> bool:
    """Make the change again that was taken back last; False where there is none."""
    return _step(connection, now, cart_changes.make_again(connection, now.id))


def _step(connection: Connection, now: Cart, kept: str | None) -> bool:
    if kept is None:
        return False
    write_content(connection, now.id, now.version + 1, json.loads(kept))
    return True


def mark_paid(connection: Connection, cart_id: str) -> None:
    """Close a cart for good; its lines live on in the sale."""
    connection.execute("UPDATE carts SET state = 'paid' WHERE id = :id", {"id": cart_id})
    for table in ("cart_lines", "cart_discounts", "cart_changes", "cart_payments"):
        connection.execute(f"DELETE FROM {table} WHERE cart = :id", {"id": cart_id})
