"""Quick keys: the products that a till keeps at hand, in the order they were pinned."""

from kiosk.storage.database import Connection


def quick_keys(connection: Connection, till: str) -> list[int]:
    """Give the short numbers of a till's pinned products."""
    rows = connection.execute(
        "SELECT product FROM quick_keys WHERE till = :till ORDER BY place, product", {"till": till}
    )
    return [row["product"] for row in rows]


def pin(connection: Connection, till: str, number: int) -> None:
    """Pin a product last; one that is pinned keeps its place."""
    connection.execute(
        """
        INSERT INTO quick_keys (till, place, product)
        SELECT :till, 1 + coalesce(max(place), 0), :product FROM quick_keys WHERE till = :till
        ON CONFLICT DO NOTHING
        """,
        {"till": till, "product": number},
    )


def unpin(connection: Connection, till: str, number: int) -> None:
    """Take a product from the quick keys."""
    connection.execute(
        "DELETE FROM quick_keys WHERE till = :till AND product = :product",
        {"till": till, "product": number},
    )
