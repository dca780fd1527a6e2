"""Entries taken over byte for byte from elsewhere: a backup, a file of segments, the hub.

What is kept here has been held against its hash by the caller.
"""

from collections.abc import Iterator

from kiosk.domain.entries import Entry, Sealed
from kiosk.errors import KioskError
from kiosk.sqlite_engine import sqlite3
from kiosk.storage.database import UNREADABLE, Connection
from kiosk.storage.journal import sealed_entries
from kiosk.storage.projections import project
from kiosk.storage.refunds import read_refund
from kiosk.storage.sales import read_sale


class EntryUnfitError(ValueError):
    """An entry whose chain holds, but whose content cannot be."""


class UnreadableRowError(Exception):
    """A row that the engine cannot read from its file."""

    def __init__(self, seq: int, fact: str) -> None:
        self.seq = seq
        self.fact = f"entry {seq} cannot be read from the file: {fact}"
        super().__init__(self.fact)


def keep(connection: Connection, ordinal: int, sealed: Sealed, entry: Entry) -> None:
    """Write one entry as it is; nothing is projected."""
    connection.execute(
        "INSERT INTO entries (journal, seq, id, kind, stored, hash)"
        " VALUES (:journal, :seq, :id, :kind, :stored, :hash)",
        {
            "journal": ordinal,
            "seq": sealed.seq,
            "id": entry.id,
            "kind": entry.kind,
            "stored": sealed.stored,
            "hash": sealed.hash,
        },
    )


def keep_and_project(connection: Connection, ordinal: int, sealed: Sealed, entry: Entry) -> None:
    """Write one entry and what follows from it, or nothing; raises EntryUnfitError."""
    connection.execute("SAVEPOINT entry")
    try:
        if entry.kind == "sale":
            read_sale(entry)
        elif entry.kind == "refund":
            read_refund(entry)
        keep(connection, ordinal, sealed, entry)
        project(connection, ordinal, entry)
    except (KioskError, LookupError, TypeError, ValueError, sqlite3.Error) as error:
        connection.execute("ROLLBACK TO entry")
        raise EntryUnfitError(f"entry {sealed.seq} does not fit ({entry.kind}: {error})") from None
    finally:
        connection.execute("RELEASE entry")


def rows_up_to(connection: Connection, ordinal: int, last: int | None) -> Iterator[Sealed]:
    """Read a journal's rows in order, up to `last`; raises UnreadableRowError at a torn page."""
    seq = 0
    try:
        for sealed in sealed_entries(connection, ordinal):
            if last is not None and sealed.seq > last:
                return
            seq = sealed.seq
            yield sealed
            # The next one may be what cannot be read.
            if seq == last:
                return
    except UNREADABLE as error:
        raise UnreadableRowError(seq + 1, str(error)) from None


def count_behind(connection: Connection, ordinal: int, after: int) -> tuple[int, int] | None:
    """Count a journal's entries and sales behind a position; None where that cannot be read."""
    try:
        row = connection.execute(
            """
            SELECT count(*) AS entries, coalesce(sum(kind = 'sale'), 0) AS sales
            FROM entries
            WHERE journal = :journal AND seq > :after
            """,
            {"journal": ordinal, "after": after},
        ).fetchone()
    except UNREADABLE:
        return None
    return row["entries"], row["sales"]
