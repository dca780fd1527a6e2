"""What a coordinator said is out of order, for every screen of this machine."""

from kiosk.storage.database import Connection

QRIS = "qris"


def is_out(connection: Connection, name: str) -> bool:
    """Say whether something is out of order."""
    row = connection.execute("SELECT 1 FROM outages WHERE name = :name", {"name": name}).fetchone()
    return row is not None


def begin(connection: Connection, name: str, since: str, said_by: str) -> None:
    """Write that something is out of order; said again it stays as it was."""
    connection.execute(
        "INSERT OR IGNORE INTO outages (name, since, said_by) VALUES (:name, :since, :said_by)",
        {"name": name, "since": since, "said_by": said_by},
    )


def end(connection: Connection, name: str) -> None:
    """Write that it works again."""
    connection.execute("DELETE FROM outages WHERE name = :name", {"name": name})
