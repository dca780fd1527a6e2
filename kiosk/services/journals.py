"""Looking after the journal: verifying it, replaying it, and carrying it away as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.domain.entries import ChainFault, find_fault
from kiosk.services.enrolment import signer
from kiosk.services.exporting import SUFFIX, segments
from kiosk.services.installation import Installation
from kiosk.services.recording import NotSetUpError
from kiosk.storage import forks, journal
from kiosk.storage.database import Connection, Database
from kiosk.storage.journal import Journal
from kiosk.storage.projections import TABLES
from kiosk.storage.schema import bring_up_to_date
from kiosk.storage.whole_file import write_whole
from kiosk.wire.segments import pack

# So many entries are walked in a few milliseconds; then a sale may come in between.
SLICE: Final = 400


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying one journal found; `head` are the first eight hex digits.

    Of a journal that forked it is told up to where it ended (`is_forked`): copies of what
    stands behind lie in the journal that goes on.
    """

    journal: Journal
    entries: int
    sales: int
    head: str
    fault: ChainFault | None
    is_forked: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a journal that was walked: up to which entry, and the first fault in it."""

    last: int
    fault: ChainFault | None
    is_end: bool


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a replay found: how many entries, and which tables had drifted."""

    entries: int
    drifted: tuple[str, ...]


def verify(connection: Connection, told: Callable[[int], None] = lambda _: None) -> list[Verdict]:
    """Walk every journal from its first entry; reads only.

    `told` hears after every few hundred entries how many were walked in all.
    """
    verdicts, before = [], 0
    for one in journal.journals(connection):
        part = walk(connection, one)
        while not part.is_end:
            told(before + part.last)
            part = walk(connection, one, part.last)
        before += part.last
        told(before)
        verdicts.append(_verdict(connection, one, part.fault))
    return verdicts


def walk(connection: Connection, one: Journal, after: int = 0, most: int = SLICE) -> Slice:
    """Walk the next entries of a journal behind one that was walked before.

    Raises LookupError where there is no entry `after`.
    """
    prev = journal.hash_at(connection, one, after)
    wanted = max(min(most, forks.end_to_send(connection, one) - after), 0)
    entries = list(journal.sealed_entries(connection, one.ordinal, after, wanted))
    fault = find_fault(one.id, entries, (after, prev))
    last = entries[-1].seq if entries else after
    return Slice(last, fault, is_end=fault is not None or len(entries) < most)


def count_sales(connection: Connection, one: Journal) -> int:
    """Count the sales in a journal, up to where it forked."""
    row = connection.execute(
        """
        SELECT count(*) AS sales
        FROM entries
        WHERE journal = :journal AND kind = 'sale' AND seq <= :end
        """,
        {"journal": one.ordinal, "end": forks.end_to_send(connection, one)},
    ).fetchone()
    return int(row["sales"])


def rebuild(here: Installation) -> Rebuilt:
    """Replay all journals into fresh tables, and put those in place of drifted ones.

    The rows must come out the same; where they did not, the replayed ones are right.
    """
    fresh_path = here.folder.path / "rebuild.db"
    fresh_path.unlink(missing_ok=True)
    fresh = Database(fresh_path, journal_mode="off")
    try:
        bring_up_to_date(fresh)
        with here.db.write() as connection:
            with fresh.write() as target:
                entries = journal.replay(connection, target)
            with fresh.read() as target:
                drifted = tuple(
                    table for table in TABLES if rows(connection, table) != rows(target, table)
                )
                _replace(connection, target, drifted)
        return Rebuilt(entries, drifted)
    finally:
        fresh.close()
        fresh_path.unlink(missing_ok=True)


def export(here: Installation, folder: Path) -> list[Path]:
    """Write every journal to `folder` as `*.lapak.gz`, one gzip member a segment.

    A file is whole when it has its name, as on a stick. Raises OSError where the folder
    cannot be written, and NotSetUpError where no device may sign.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with here.db.read() as connection:
        device = signer(here, connection)
        ends = [(one, forks.end_to_send(connection, one)) for one in journal.journals(connection)]
    if device is None:
        raise NotSetUpError
    written = []
    for one, end in ends:
        path = folder / f"{one.id}-{end:06d}{SUFFIX}"
        write_whole(path, (pack(segment) for segment in segments(here, device, one, 0, end)))
        written.append(path)
    return written


def rows(connection: Connection, table: str) -> list[tuple[object, ...]]:
    """Give all rows of a projection, in an order that has nothing to do with storage."""
    found = [tuple(row) for row in connection.execute(f"SELECT * FROM {table}")]
    return sorted(found, key=repr)


def _verdict(connection: Connection, one: Journal, fault: ChainFault | None) -> Verdict:
    head = journal.head(connection, one)
    end = forks.end_to_send(connection, one)
    is_forked = end < head.seq
    hash_ = journal.hash_at(connection, one, end) if is_forked and not fault else head.hash
    sales = count_sales(connection, one)
    return Verdict(one, end, sales, hash_.hex()[:8], fault, is_forked)


def _replace(connection: Connection, target: Connection, tables: tuple[str, ...]) -> None:
    """Put replayed rows in place of drifted ones; the freezing triggers stand aside meanwhile."""
    if not tables:
        return
    connection.execute("PRAGMA defer_foreign_keys = ON")
    guards = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name <> 'entries'"
    ).fetchall()
    for guard in guards:
        connection.execute(f"DROP TRIGGER {guard['name']}")
    for table in tables:
        connection.execute(f"DELETE FROM {table}")
        for row in target.execute(f"SELECT * FROM {table}"):
            places = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} VALUES ({places})", tuple(row))
    for guard in guards:
        connection.execute(guard["sql"])
