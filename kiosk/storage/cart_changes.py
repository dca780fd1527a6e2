"""What each cart was before its changes: for undo, redo, and taps that are sent twice.

A change is `made`; taken back it is `undone` and may be made again, until another change
comes after it: then it is `gone`, and only its tap is still known.
"""

from typing import Final

from kiosk.storage.database import Connection

# How many changes of one cart are remembered.
KEPT: Final = 50


def remember(
    connection: Connection, cart_id: str, version: int, tap: str | None, before: str
) -> None:
    """Remember what a cart was before the change that makes it `version`."""
    connection.execute(
        "UPDATE cart_changes SET state = 'gone' WHERE cart = :cart AND state = 'undone'",
        {"cart": cart_id},
    )
    connection.execute(
        "INSERT INTO cart_changes (cart, version, tap, before)"
        " VALUES (:cart, :version, :tap, :before)",
        {"cart": cart_id, "version": version, "tap": tap, "before": before},
    )
    connection.execute(
        "DELETE FROM cart_changes WHERE cart = :cart AND version <= :oldest",
        {"cart": cart_id, "oldest": version - KEPT},
    )


def tap_is_known(connection: Connection, cart_id: str, tap: str) -> bool:
    """Say whether a tap was already counted, even if it was taken back since."""
    row = connection.execute(
        "SELECT 1 FROM cart_changes WHERE cart = :cart AND tap = :tap",
        {"cart": cart_id, "tap": tap},
    ).fetchone()
    return row is not None


def take_back(connection: Connection, cart_id: str, now: str) -> str | None:
    """Give what the cart was before its last change; None where none is remembered."""
    row = connection.execute(
        """
        UPDATE cart_changes
        SET state = 'undone', after = :now
        WHERE cart = :cart AND version = (
            SELECT max(version) FROM cart_changes WHERE cart = :cart AND state = 'made'
        )
        RETURNING before
        """,
        {"cart": cart_id, "now": now},
    ).fetchall()
    return row[0]["before"] if row else None


def make_again(connection: Connection, cart_id: str) -> str | None:
    """Give what the cart was before its last undo; None where nothing was taken back."""
    row = connection.execute(
        """
        UPDATE cart_changes
        SET state = 'made'
        WHERE cart = :cart AND version = (
            SELECT min(version) FROM cart_changes WHERE cart = :cart AND state = 'undone'
        )
        RETURNING after
        """,
        {"cart": cart_id},
    ).fetchall()
    return row[0]["after"] if row else None
