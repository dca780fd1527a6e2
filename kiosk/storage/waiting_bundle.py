"""The bundle that waits for somebody to look at it, or that was put aside; there is one at most.

It holds PIN hashes, so it is local: never in a journal or a backup.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

from kiosk.storage.database import Connection

Source = Literal["hub", "file"]


@dataclass(frozen=True, slots=True)
class WaitingBundle:
    """A bundle that is not in force; `document` is None where it once was, and was taken back."""

    version: str
    document: dict[str, Any] | None
    source: Source
    arrived_at: str
    set_aside: bool


def kept(connection: Connection) -> WaitingBundle | None:
    """Give the one that waits or was put aside."""
    row = connection.execute("SELECT * FROM waiting_bundle").fetchone()
    if row is None:
        return None
    document = json.loads(row["document"]) if row["document"] else None
    return WaitingBundle(
        row["version"], document, row["source"], row["arrived_at"], bool(row["set_aside"])
    )


def is_waiting(connection: Connection) -> bool:
    """Say whether somebody should look at one."""
    row = connection.execute("SELECT 1 FROM waiting_bundle WHERE set_aside = 0").fetchone()
    return row is not None


def version_kept(connection: Connection) -> str | None:
    """Give the version of the one that is kept, without reading it."""
    row = connection.execute("SELECT version FROM waiting_bundle").fetchone()
    return row["version"] if row else None


def keep(connection: Connection, bundle: WaitingBundle) -> None:
    """Keep this one, in the place of any other."""
    forget(connection)
    document = json.dumps(bundle.document, ensure_ascii=False) if bundle.document else None
    connection.execute(
        """
        INSERT INTO waiting_bundle (one, version, document, source, arrived_at, set_aside)
        VALUES (1, :version, :document, :source, :arrived_at, :set_aside)
        """,
        {
            "version": bundle.version,
            "document": document,
            "source": bundle.source,
            "arrived_at": bundle.arrived_at,
            "set_aside": int(bundle.set_aside),
        },
    )


def set_aside(connection: Connection) -> None:
    """Let nobody be asked about it any more; it stays to be looked at."""
    connection.execute("UPDATE waiting_bundle SET set_aside = 1")


def forget(connection: Connection) -> None:
    """Keep none."""
    connection.execute("DELETE FROM waiting_bundle")
