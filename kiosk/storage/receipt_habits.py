"""Whether a till prints receipts by itself: local, because it is a matter of its printer."""

from typing import Final

from kiosk.storage.database import Connection

HABITS: Final = ("always", "ask", "never")


def habit(connection: Connection, till: str) -> str:
    """Give when a till prints receipts: `always` unless it was set otherwise."""
    row = connection.execute(
        "SELECT habit FROM receipt_habits WHERE till = :till", {"till": till}
    ).fetchone()
    return row["habit"] if row else HABITS[0]


def keep_habit(connection: Connection, till: str, chosen: str) -> None:
    """Set when a till prints receipts."""
    connection.execute(
        """
        INSERT INTO receipt_habits (till, habit) VALUES (:till, :habit)
        ON CONFLICT (till) DO UPDATE SET habit = excluded.habit
        """,
        {"till": till, "habit": chosen},
    )
