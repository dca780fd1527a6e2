"""Forks as rows: journals that are gone on with elsewhere, and how far they are sent.

Behind `until` nothing more of such a journal goes to the hub; copies of what stood there
lie in the journal `goes_on_in`, up to its position `carried_to`.
"""

from dataclasses import dataclass

from kiosk.storage import journal
from kiosk.storage.database import Connection
from kiosk.storage.journal import Journal


@dataclass(frozen=True, slots=True)
class Fork:
    """One journal that ended early, and why.

    `reason` is `other_copy` where the hub holds other entries behind `until`, `broken` where
    entry `seq` here is not what was sealed. `carried` entries went on, `left_out` could not
    be read; `seen_at` is when a person took note.
    """

    journal: int
    until: int
    goes_on_in: int
    carried_to: int
    reason: str
    seq: int
    carried: int
    left_out: int
    at: str
    seen_at: str | None = None


def forks(connection: Connection) -> dict[int, Fork]:
    """Give every fork by the journal that ended."""
    rows = connection.execute("SELECT * FROM forks ORDER BY journal")
    return {row["journal"]: Fork(**dict(row)) for row in rows}


def keep_fork(connection: Connection, fork: Fork) -> None:
    """Write a fork; a journal that is cut once more ends earlier."""
    connection.execute(
        """
        INSERT INTO forks (
            journal, until, goes_on_in, carried_to, reason, seq, carried, left_out, at
        ) VALUES (
            :journal, :until, :goes_on_in, :carried_to, :reason, :seq, :carried, :left_out, :at
        )
        ON CONFLICT (journal) DO UPDATE SET
            until = excluded.until, goes_on_in = excluded.goes_on_in,
            carried_to = excluded.carried_to, reason = excluded.reason, seq = excluded.seq,
            carried = excluded.carried, left_out = excluded.left_out, at = excluded.at,
            seen_at = NULL
        """,
        {
            "journal": fork.journal,
            "until": fork.until,
            "goes_on_in": fork.goes_on_in,
            "carried_to": fork.carried_to,
            "reason": fork.reason,
            "seq": fork.seq,
            "carried": fork.carried,
            "left_out": fork.left_out,
            "at": fork.at,
        },
    )
    # Nothing may have been sent of it yet, and then it counts as sent with its copies.
    connection.execute(
        "INSERT OR IGNORE INTO uploads (journal, sent_seq) VALUES (:journal, 0)",
        {"journal": fork.journal},
    )


def mark_seen(connection: Connection, at: str) -> None:
    """Keep that a person took note of every fork so far."""
    connection.execute("UPDATE forks SET seen_at = coalesce(seen_at, :at)", {"at": at})


def end_to_send(connection: Connection, one: Journal) -> int:
    """Give the last position of a journal that the hub is to have of it."""
    row = connection.execute(
        "SELECT until FROM forks WHERE journal = :journal", {"journal": one.ordinal}
    ).fetchone()
    end = journal.head(connection, one).seq
    return min(end, row["until"]) if row else end


def settle(connection: Connection) -> None:
    """Let what was carried count as sent once the hub has its copies."""
    connection.execute(
        """
        UPDATE uploads
        SET sent_seq = (SELECT max(seq) FROM entries WHERE entries.journal = uploads.journal)
        WHERE EXISTS (
            SELECT 1
            FROM forks
            JOIN uploads AS later ON later.journal = forks.goes_on_in
            WHERE forks.journal = uploads.journal
                AND uploads.sent_seq >= forks.until AND later.sent_seq >= forks.carried_to
        )
        """
    )
