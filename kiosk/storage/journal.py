"""The journal's rows: entries appended with what follows from them, and read back.

Appending stores the bytes and projects them in the caller's transaction, so a projection
is never ahead of the journal nor behind it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kiosk.domain.entries import Entry, Operator, Sealed, first_prev, read_entry, seal
from kiosk.storage.database import Connection
from kiosk.storage.projections import project


@dataclass(frozen=True, slots=True)
class Journal:
    """One journal of this installation; `depth` is how many it continues."""

    ordinal: int
    id: str
    installation: str
    training: bool
    depth: int


@dataclass(frozen=True, slots=True)
class Head:
    """Where a journal ends: the last position (0 before the first) and its hash."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Happening:
    """What is about to be sealed; position and hash come with the journal."""

    kind: str
    id: str
    at: str
    by: Operator | None
    till: str | None
    body: Mapping[str, Any]
    approved_by: Operator | None = None


def journals(connection: Connection) -> list[Journal]:
    """List the installation's journals, oldest first."""
    # By name: where a damaged file has lost one, the engine says so.
    rows = connection.execute(
        "SELECT ordinal, id, installation, training, depth FROM journals ORDER BY ordinal"
    )
    return [
        Journal(row["ordinal"], row["id"], row["installation"], bool(row["training"]), row["depth"])
        for row in rows
    ]


def current(connection: Connection) -> Journal | None:
    """Give the journal that is sold into, or None before the first."""
    return next(
        (journal for journal in reversed(journals(connection)) if not journal.training), None
    )


def start(connection: Connection, journal: Journal) -> None:
    """Make an empty journal; its first entry is to be `journal_opened`."""
    connection.execute(
        "INSERT INTO journals (ordinal, id, installation, training, depth)"
        " VALUES (:ordinal, :id, :installation, :training, :depth)",
        {
            "ordinal": journal.ordinal,
            "id": journal.id,
            "installation": journal.installation,
            "training": int(journal.training),
            "depth": journal.depth,
        },
    )


def head(connection: Connection, journal: Journal) -> Head:
    """Give the end of a journal."""
    row = connection.execute(
        "SELECT seq, hash FROM entries WHERE journal = :journal ORDER BY seq DESC LIMIT 1",
        {"journal": journal.ordinal},
    ).fetchone()
    return Head(row["seq"], row["hash"]) if row else Head(0, first_prev(journal.id))


def append(connection: Connection, journal: Journal, happening: Happening) -> Entry:
    """Seal one entry onto the journal and project it; raises EntryTooLargeError."""
    end = head(connection, journal)
    entry = Entry(
        kind=happening.kind,
        seq=end.seq + 1,
        id=happening.id,
        at=happening.at,
        by=happening.by,
        approved_by=happening.approved_by,
        till=happening.till,
        body=happening.body,
    )
    _seal_onto(connection, journal, end, entry)
    project(connection, journal.ordinal, entry)
    return entry


def carry(connection: Connection, journal: Journal, entry: Entry) -> None:
    """Seal an entry of a journal before onto this one, with its id, time and body.

    What follows from it stands in the projections already. Raises EntryTooLargeError, and
    ValueError where its content cannot be sealed.
    """
    end = head(connection, journal)
    _seal_onto(connection, journal, end, replace(entry, seq=end.seq + 1))


def _seal_onto(connection: Connection, journal: Journal, end: Head, entry: Entry) -> None:
    stored = entry.stored_bytes()
    connection.execute(
        "INSERT INTO entries (journal, seq, id, kind, stored, hash)"
        " VALUES (:journal, :seq, :id, :kind, :stored, :hash)",
        {
            "journal": journal.ordinal,
            "seq": entry.seq,
            "id": entry.id,
            "kind": entry.kind,
            "stored": stored,
            "hash": seal(end.hash, stored),
        },
    )


def sealed_entries(
    connection: Connection, ordinal: int, after: int = 0, most: int = -1
) -> Iterator[Sealed]:
    """Read a journal's rows in order, from behind position `after`; at most `most` of them."""
    rows = connection.execute(
        "SELECT seq, stored, hash FROM entries WHERE journal = :journal AND seq > :after"
        " ORDER BY seq LIMIT :most",
        {"journal": ordinal, "after": after, "most": most},
    )
    return (Sealed(row["seq"], row["stored"], row["hash"]) for row in rows)


def hash_at(connection: Connection, journal: Journal, seq: int) -> bytes:
    """Give the hash at a position; at 0 the one before the first entry."""
    if seq == 0:
        return first_prev(journal.id)
    row = connection.execute(
        "SELECT hash FROM entries WHERE journal = :journal AND seq = :seq",
        {"journal": journal.ordinal, "seq": seq},
    ).fetchone()
    if row is None:
        raise LookupError(f"journal {journal.id} has no entry {seq}")
    return bytes(row["hash"])


def hash_before_sale(connection: Connection, sale: str) -> bytes | None:
    """Give the hash of the entry right before a sale's."""
    row = connection.execute(
        """
        SELECT entries.hash
        FROM sales
        JOIN entries ON entries.journal = sales.journal AND entries.seq = sales.seq - 1
        WHERE sales.id = :sale
        """,
        {"sale": sale},
    ).fetchone()
    return bytes(row["hash"]) if row else None


def read_at(connection: Connection, ordinal: int, seq: int) -> Entry:
    """Read one entry back from its stored bytes."""
    row = connection.execute(
        "SELECT stored FROM entries WHERE journal = :journal AND seq = :seq",
        {"journal": ordinal, "seq": seq},
    ).fetchone()
    if row is None:
        raise LookupError(f"no entry {seq}")
    return read_entry(row["stored"])


def replay(connection: Connection, target: Connection) -> int:
    """Project every entry of every journal into `target`'s fresh tables; say how many.

    What a journal carried on from one before it follows from the first copy alone.
    """
    count = 0
    firsts = _first_copies(connection)
    rows = connection.execute("SELECT journal, id, stored FROM entries ORDER BY journal, seq")
    for row in rows:
        if row["journal"] == firsts.get(row["id"], row["journal"]):
            project(target, row["journal"], read_entry(row["stored"]))
        count += 1
    return count


def _first_copies(connection: Connection) -> dict[str, int]:
    """Give, of every entry that lies in several journals, the first of these."""
    if len(journals(connection)) < 2:  # noqa: PLR2004 - one journal carries nothing on
        return {}
    rows = connection.execute(
        "SELECT id, min(journal) AS journal FROM entries GROUP BY id HAVING count(*) > 1"
    )
    return {row["id"]: row["journal"] for row in rows}
