"""PIN hashes of the staff: local, from the newest bundle, never in a journal or a backup."""

from collections.abc import Collection, Mapping

from kiosk.storage.database import Connection


def replace(
    connection: Connection, hashes: Mapping[str, str], former: Collection[str] = ()
) -> None:
    """Keep these hashes by operator id, and no others but those of `former` operators.

    Who is not on the list of today signs in with no hash; a list that is taken back needs it.
    """
    for operator in operators(connection):
        if operator not in former:
            connection.execute(
                "DELETE FROM staff_secrets WHERE operator = :operator", {"operator": operator}
            )
    connection.executemany(
        """
        INSERT INTO staff_secrets (operator, pin_hash) VALUES (:operator, :pin_hash)
        ON CONFLICT (operator) DO UPDATE SET pin_hash = excluded.pin_hash
        """,
        [{"operator": operator, "pin_hash": value} for operator, value in hashes.items()],
    )


def pin_hash(connection: Connection, operator: str) -> str | None:
    """Give an operator's hash, or None where no PIN is set."""
    row = connection.execute(
        "SELECT pin_hash FROM staff_secrets WHERE operator = :operator", {"operator": operator}
    ).fetchone()
    return row["pin_hash"] if row else None


def operators(connection: Connection) -> list[str]:
    """List whose hashes are kept."""
    return [row["operator"] for row in connection.execute("SELECT operator FROM staff_secrets")]


def keep(connection: Connection, operator: str, pin_hash: str) -> None:
    """Keep one operator's hash, in place of the one before."""
    connection.execute(
        """
        INSERT INTO staff_secrets (operator, pin_hash) VALUES (:operator, :pin_hash)
        ON CONFLICT (operator) DO UPDATE SET pin_hash = excluded.pin_hash
        """,
        {"operator": operator, "pin_hash": pin_hash},
    )
