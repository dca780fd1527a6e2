"""Journals as the hub holds them: heads, entries verbatim, and the tray of what is strange."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Select, case, func, insert, select, update

from kiosk.domain.entries import Sealed
from kiosk.hub.storage.store import insert_ignore
from kiosk.hub.storage.tables import devices, entries, journals, review_tray

# One number for the whole hub: whoever holds it may count entries (see `lock_counting`).
_COUNTING_LOCK: Final = 7_210_551
_PAGE: Final = 1_000


@dataclass(frozen=True, slots=True)
class JournalHead:
    """A journal's last entry; `depth` journals stand before it."""

    id: str
    installation: str
    seq: int
    hash: bytes
    depth: int


@dataclass(frozen=True, slots=True)
class JournalOfMachine:
    """A journal as a machine that is to be restored is told of it."""

    head: JournalHead
    continues: tuple[str, int] | None
    last_heard_at: str


@dataclass(frozen=True, slots=True)
class StoredEntry(Sealed):
    """An entry as it lies here, and when it came, UTC."""

    arrived_at: str


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """What proves a device; its secret is derived from the salt."""

    id: str
    installation: str
    salt: bytes


def find_device_key(connection: Connection, device_id: str) -> DeviceKey | None:
    """Give an enrolled device that was not revoked."""
    row = connection.execute(
        select(devices.c.id, devices.c.installation, devices.c.secret_salt).where(
            devices.c.id == device_id,
            devices.c.revoked_at.is_(None),
            devices.c.secret_salt.is_not(None),
        )
    ).first()
    return DeviceKey(row.id, row.installation, bytes(row.secret_salt)) if row else None


def device_keys_of(connection: Connection, installation_id: str) -> list[DeviceKey]:
    """Give an installation's enrolled devices that were not revoked."""
    rows = connection.execute(
        select(devices.c.id, devices.c.installation, devices.c.secret_salt)
        .where(
            devices.c.installation == installation_id,
            devices.c.revoked_at.is_(None),
            devices.c.secret_salt.is_not(None),
        )
        .order_by(devices.c.id)
    )
    return [DeviceKey(row.id, row.installation, bytes(row.secret_salt)) for row in rows]


def remember_device(connection: Connection, device_id: str, at: str, skew_seconds: int) -> None:
    """Write when a device was last heard and by how much its clock is off."""
    connection.execute(
        update(devices)
        .where(devices.c.id == device_id)
        .values(last_heard_at=at, clock_skew_seconds=skew_seconds)
    )


def find_head(connection: Connection, journal_id: str) -> JournalHead | None:
    """Give a journal's head."""
    return _head(connection, select(journals).where(journals.c.id == journal_id))


def journals_of(connection: Connection, installation: str) -> list[JournalOfMachine]:
    """List an installation's journals, those that continue none first."""
    rows = connection.execute(
        select(journals)
        .where(journals.c.installation == installation)
        .order_by(journals.c.depth, journals.c.id)
    ).mappings()
    return [
        JournalOfMachine(
            _as_head(row),
            (row["continues_journal"], row["continues_seq"]) if row["continues_journal"] else None,
            row["last_heard_at"],
        )
        for row in rows
    ]


def lock_head(connection: Connection, journal_id: str) -> JournalHead | None:
    """Give a journal's head, and let nobody else append to it until the transaction ends."""
    return _head(connection, select(journals).where(journals.c.id == journal_id).with_for_update())


def _head(connection: Connection, statement: Select[Any]) -> JournalHead | None:
    row = connection.execute(statement).mappings().first()
    return _as_head(row) if row else None


def _as_head(row: RowMapping) -> JournalHead:
    return JournalHead(
        id=row["id"],
        installation=row["installation"],
        seq=row["head_seq"],
        hash=bytes(row["head_hash"]),
        depth=row["depth"],
    )


def lock_counting(connection: Connection) -> None:
    """Let one transaction at a time count entries: two that speak of one sale must see each other.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_COUNTING_LOCK)))


def insert_journal(
    connection: Connection, head: JournalHead, at: str, continues: tuple[str, int] | None
) -> None:
    """Write a journal that is still empty."""
    connection.execute(
        insert(journals).values(
            id=head.id,
            installation=head.installation,
            head_seq=head.seq,
            head_hash=head.hash,
            depth=head.depth,
            continues_journal=continues[0] if continues else None,
            continues_seq=continues[1] if continues else None,
            last_heard_at=at,
        )
    )


def move_head(connection: Connection, journal_id: str, seq: int, hash_: bytes, at: str) -> None:
    """Write a journal's new head and that it was heard."""
    connection.execute(
        update(journals)
        .where(journals.c.id == journal_id)
        .values(head_seq=seq, head_hash=hash_, last_heard_at=at)
    )


def note_waiting(connection: Connection, journal_id: str, stored: int, said: int | None) -> None:
    """Keep how many entries wait at the machine: as it said, else fewer by what it brought."""
    left = journals.c.waiting_entries - stored
    kept = case((left > 0, left), else_=0) if said is None else said
    connection.execute(
        update(journals).where(journals.c.id == journal_id).values(waiting_entries=kept)
    )


def touch_journal(connection: Connection, journal_id: str, at: str) -> None:
    """Write that a journal was heard, though it brought nothing new."""
    connection.execute(update(journals).where(journals.c.id == journal_id).values(last_heard_at=at))


def hash_at(connection: Connection, journal_id: str, seq: int) -> bytes | None:
    """Give the hash of one stored entry."""
    found = connection.scalar(
        select(entries.c.hash).where(entries.c.journal == journal_id, entries.c.seq == seq)
    )
    return None if found is None else bytes(found)


def insert_entries(
    connection: Connection, journal_id: str, sealed: Sequence[Sealed], at: str
) -> None:
    """Write entries verbatim, with the hub's own time of arrival."""
    connection.execute(
        insert(entries),
        [
            {
                "journal": journal_id,
                "seq": one.seq,
                "stored": one.stored,
                "hash": one.hash,
                "arrived_at": at,
            }
            for one in sealed
        ],
    )


def entries_after(
    connection: Connection, journal_id: str, after: int, most: int = _PAGE
) -> list[StoredEntry]:
    """Give at most `most` entries behind position `after`."""
    rows = connection.execute(
        select(entries.c.seq, entries.c.stored, entries.c.hash, entries.c.arrived_at)
        .where(entries.c.journal == journal_id, entries.c.seq > after)
        .order_by(entries.c.seq)
        .limit(most)
    )
    return [
        StoredEntry(row.seq, bytes(row.stored), bytes(row.hash), row.arrived_at) for row in rows
    ]


def every_journal(connection: Connection) -> list[JournalHead]:
    """Give every journal, those that continue none first."""
    rows = connection.execute(select(journals).order_by(journals.c.depth, journals.c.id))
    return [_as_head(row) for row in rows.mappings()]


def every_entry(connection: Connection, journal_id: str) -> Iterator[list[StoredEntry]]:
    """Give a journal's entries in order, a page at a time."""
    after = 0
    while page := entries_after(connection, journal_id, after):
        yield page
        after = page[-1].seq


def successors(connection: Connection, journal_id: str) -> list[str]:
    """Name the journals that continue this one."""
    return list(
        connection.scalars(select(journals.c.id).where(journals.c.continues_journal == journal_id))
    )


def forks_at(connection: Connection, journal_id: str) -> list[tuple[str, str, int]]:
    """Give the forks that a journal is a side of: who goes on, from which journal, behind what.

    A journal went on behind the position that another goes on from.
    """
    before = journals.alias("before")
    rows = connection.execute(
        select(journals.c.id, journals.c.continues_journal, journals.c.continues_seq)
        .join(before, before.c.id == journals.c.continues_journal)
        .where(
            (journals.c.id == journal_id) | (before.c.id == journal_id),
            before.c.head_seq > journals.c.continues_seq,
        )
    )
    return [(row[0], row[1], row[2]) for row in rows]


def fork_of(connection: Connection, journal_id: str) -> tuple[str, int] | None:
    """Give the journal that this one continues, and behind which position."""
    row = connection.execute(
        select(journals.c.continues_journal, journals.c.continues_seq).where(
            journals.c.id == journal_id, journals.c.continues_journal.is_not(None)
        )
    ).first()
    return (row[0], row[1]) if row else None


def deepest(connection: Connection, installation: str) -> int:
    """Say how many of a machine's journals stand one behind the other, the first not counted."""
    depth = select(func.max(journals.c.depth)).where(journals.c.installation == installation)
    return connection.scalar(depth) or 0


def set_depth(connection: Connection, journal_id: str, depth: int) -> None:
    """Write how many journals stand before this one."""
    connection.execute(update(journals).where(journals.c.id == journal_id).values(depth=depth))


def insert_review(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Put rows into the tray; the same place and reason stands in it once."""
    insert_ignore(connection, review_tray, rows)
