"""The queue's rows: open carts of the whole installation by number, name and place."""

from collections.abc import Collection
from dataclasses import dataclass

from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An open cart with something in it; `screens` name the tills and stalls that show it.

    `since` is when it was put aside, or opened where it never was; `till` is empty while
    only a stall's phone has had it, `parts` how many payments of a split were taken.
    """

    id: str
    number: int
    name: str
    till: str
    since: str
    parts: int
    screens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CartMark:
    """What tells one state of a cart from another without reading its lines."""

    state: str
    till: str
    number: int
    version: int
    parts: int


def rows(connection: Connection) -> list[QueueRow]:
    """List the open carts that hold something, the one longest put aside first."""
    found = connection.execute(
        """
        SELECT carts.id, carts.label, carts.name, carts.till,
            coalesce(carts.parked_at, carts.opened_at) AS since,
            (SELECT count(*) FROM cart_payments WHERE cart = carts.id) AS parts,
            (
                SELECT group_concat(coalesce(tills.name, stalls.name), char(10))
                FROM browsers
                LEFT JOIN tills ON tills.id = browsers.till
                LEFT JOIN stalls ON stalls.id = browsers.stall
                WHERE browsers.cart = carts.id
            ) AS screens
        FROM carts
        WHERE carts.state = 'open' AND EXISTS (SELECT 1 FROM cart_lines WHERE cart = carts.id)
        ORDER BY carts.label
        """
    )
    listed = [
        QueueRow(
            id=row["id"],
            number=row["label"],
            name=row["name"],
            till=row["till"],
            since=row["since"],
            parts=row["parts"],
            screens=tuple(dict.fromkeys((row["screens"] or "").split("\n")))
            if row["screens"]
            else (),
        )
        for row in found
    ]
    return sorted(listed, key=lambda row: row.since)


def screens(connection: Connection, cart_id: str) -> tuple[list[str], list[str]]:
    """Name the tills that have a cart on a screen, and the stalls that have it on a phone."""
    found = connection.execute(
        """
        SELECT DISTINCT tills.name AS till, stalls.name AS stall
        FROM browsers
        LEFT JOIN tills ON tills.id = browsers.till
        LEFT JOIN stalls ON stalls.id = browsers.stall
        WHERE browsers.cart = :cart
        """,
        {"cart": cart_id},
    ).fetchall()
    return [row["till"] for row in found if row["till"]], [
        row["stall"] for row in found if row["stall"]
    ]


def waiting(connection: Connection) -> list[tuple[str, int, str]]:
    """Give id, number and name of the carts that hold something and are on no screen."""
    found = connection.execute(
        """
        SELECT id, label, name
        FROM carts
        WHERE state = 'open'
            AND EXISTS (SELECT 1 FROM cart_lines WHERE cart = carts.id)
            AND NOT EXISTS (SELECT 1 FROM browsers WHERE cart = carts.id)
        ORDER BY label
        """
    )
    return [(row["id"], row["label"], row["name"]) for row in found]


def mark(connection: Connection, cart_id: str) -> CartMark | None:
    """Give a cart's mark, or None where there is no such cart."""
    row = connection.execute(
        """
        SELECT state, till, label, version,
            (SELECT count(*) FROM cart_payments WHERE cart = carts.id) AS parts
        FROM carts WHERE id = :id
        """,
        {"id": cart_id},
    ).fetchone()
    if row is None:
        return None
    return CartMark(row["state"], row["till"], row["label"], row["version"], row["parts"])


def numbers_taken(connection: Connection) -> set[int]:
    """Give the numbers of all open carts, empty ones too."""
    found = connection.execute("SELECT label FROM carts WHERE state = 'open'")
    return {row["label"] for row in found}


def last_number(connection: Connection) -> int:
    """Give the number given last, 0 before the first; ids ascend with time."""
    row = connection.execute("SELECT label FROM carts ORDER BY id DESC LIMIT 1").fetchone()
    return row["label"] if row else 0


def by_number(connection: Connection, number: int) -> str | None:
    """Give the id of the open cart with a number."""
    row = connection.execute(
        "SELECT id FROM carts WHERE label = :number AND state = 'open'", {"number": number}
    ).fetchone()
    return row["id"] if row else None


def put_aside(connection: Connection, cart_id: str, at: str) -> None:
    """Note when a cart was left by the screen that had it."""
    connection.execute("UPDATE carts SET parked_at = :at WHERE id = :id", {"id": cart_id, "at": at})


def name(connection: Connection, cart_id: str, text: str) -> None:
    """Give a cart a name, or none."""
    connection.execute(
        "UPDATE carts SET name = :name WHERE id = :id", {"id": cart_id, "name": text}
    )


def free_cart(connection: Connection, till: str) -> str | None:
    """Give the id of a till's first open cart that is empty and on no screen, without its name."""
    found = connection.execute(
        """
        UPDATE carts
        SET name = ''
        WHERE id = (
            SELECT id
            FROM carts
            WHERE till = :till AND state = 'open'
                AND NOT EXISTS (SELECT 1 FROM cart_lines WHERE cart = carts.id)
                AND NOT EXISTS (SELECT 1 FROM browsers WHERE cart = carts.id)
            ORDER BY label
            LIMIT 1
        )
        RETURNING id
        """,
        {"till": till},
    ).fetchall()
    return found[0]["id"] if found else None


def move(connection: Connection, cart_id: str, till: str) -> None:
    """Let a cart go on at another till; the screens of the one it was at let go of it."""
    connection.execute(
        "UPDATE carts SET till = :till WHERE id = :id", {"id": cart_id, "till": till}
    )
    connection.execute(
        "UPDATE browsers SET cart = NULL WHERE cart = :cart AND till IS NOT NULL AND till <> :till",
        {"cart": cart_id, "till": till},
    )


def remove(connection: Connection, cart_ids: Collection[str]) -> None:
    """Throw carts away with all that is in them; every screen lets go of them."""
    for cart_id in cart_ids:
        connection.execute("UPDATE browsers SET cart = NULL WHERE cart = :id", {"id": cart_id})
        connection.execute("DELETE FROM carts WHERE id = :id", {"id": cart_id})
