"""PIN hashes of the staff: local, from the newest bundle, never in a journal or a backup."""

from collections.abc import Mapping

from kiosk.storage.database import Connection


def replace(connection: Connection, hashes: Mapping[str, str]) -> None:
    """Keep these hashes by operator id, and no others."""
    connection.execute("DELETE FROM staff_secrets")
    connection.executemany(
        "INSERT INTO staff_secrets (operator, pin_hash) VALUES (:operator, :pin_hash)",
        [{"operator": operator, "pin_hash": value} for operator, value in hashes.items()],
    )


def pin_hash(connection: Connection, operator: str) -> str | None:
    """Give an operator's hash, or None where no PIN is set."""
    row = connection.execute(
        "SELECT pin_hash FROM staff_secrets WHERE operator = :operator", {"operator": operator}
    ).fetchone()
    return row["pin_hash"] if row else None
