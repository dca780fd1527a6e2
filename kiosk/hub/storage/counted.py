"""Which copy of each entry counts, and the shifts, as rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from kiosk.hub.storage.store import upsert
from kiosk.hub.storage.tables import counted_entries, entries, events, journals, shifts

# SQLite binds at most 32,766 values, PostgreSQL 65,535; a segment has 1,000 entries.
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class CountedCopy:
    """The copy of an entry that counts, and where it lies."""

    id: str
    journal: str
    seq: int
    hash: bytes
    depth: int
    content_hash: bytes
    stored: bytes
    arrived_at: str


def copies_by_id(connection: Connection, ids: Iterable[str]) -> Iterator[CountedCopy]:
    """Give the counted copies of these entries, as far as there are any."""
    yield from _copies(connection, counted_entries.c.id, ids)


def copies_by_subject(connection: Connection, subjects: Iterable[str]) -> Iterator[CountedCopy]:
    """Give the counted entries that speak of these sales or shifts."""
    yield from _copies(connection, counted_entries.c.subject, subjects)


def _copies(
    connection: Connection, column: ColumnElement[Any], values: Iterable[str]
) -> Iterator[CountedCopy]:
    wanted = sorted(set(values))
    place = (entries.c.journal == counted_entries.c.journal) & (
        entries.c.seq == counted_entries.c.seq
    )
    statement = (
        select(
            counted_entries.c.id,
            counted_entries.c.journal,
            counted_entries.c.seq,
            entries.c.hash,
            journals.c.depth,
            counted_entries.c.content_hash,
            entries.c.stored,
            entries.c.arrived_at,
        )
        .join(entries, place)
        .join(journals, journals.c.id == counted_entries.c.journal)
        .where(column.in_(bindparam("wanted", expanding=True)), column.is_not(None))
    )
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = {"wanted": wanted[start : start + _AT_ONCE]}
        for row in connection.execute(statement, chunk):
            yield CountedCopy(
                row.id,
                row.journal,
                row.seq,
                bytes(row.hash),
                row.depth,
                bytes(row.content_hash),
                bytes(row.stored),
                row.arrived_at,
            )


def insert_counted(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write entries that count for the first time."""
    if rows:
        connection.execute(insert(counted_entries), rows)


def move_counted(connection: Connection, row: dict[str, Any]) -> None:
    """Write that another copy of an entry counts now."""
    connection.execute(
        update(counted_entries).where(counted_entries.c.id == row["id"]).values(**row)
    )


def forget_counted(connection: Connection) -> None:
    """Take every counted entry and every shift away, for a rebuild."""
    connection.execute(delete(counted_entries))
    connection.execute(delete(shifts))


def put_shift(connection: Connection, row: dict[str, Any]) -> None:
    """Write a shift as its entries tell it, with the installation its journal belongs to."""
    installation = connection.scalar(
        select(journals.c.installation).where(journals.c.id == row["journal"])
    )
    upsert(connection, shifts, ["id"], [{**row, "installation": installation}])


def drop_shift(connection: Connection, shift_id: str) -> None:
    """Take a shift away whose opening does not count any more."""
    connection.execute(delete(shifts).where(shifts.c.id == shift_id))


def event_terms(connection: Connection) -> dict[str, tuple[str, bool, str]]:
    """Give each event's campaign, whether goods at Rp0 count as units, and its bazaar's end, UTC."""
    rows = connection.execute(
        select(events.c.id, events.c.campaign, events.c.counts_free_goods, events.c.bazaar_end)
    )
    return {row.id: (row.campaign, bool(row.counts_free_goods), row.bazaar_end) for row in rows}
