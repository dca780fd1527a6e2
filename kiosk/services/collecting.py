"""Collecting journals for a restore: from files of segments, or from the hub.

They are gathered, every hash checked, into a file of their own that has the shape of a
till's: from there a restore goes on as from a backup. Entries that came twice are held
against each other.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.entries import EntryNotReadableError, Sealed, read_entry
from kiosk.services.lineage import LineageError, read_opening
from kiosk.storage import journal
from kiosk.storage.database import Connection, Database
from kiosk.storage.journal import Journal
from kiosk.storage.verbatim import keep
from kiosk.wire.segments import Segment, SegmentError, read_segment, unpack_file

if TYPE_CHECKING:
    from kiosk.sync.hub_client import HubClient


@dataclass(frozen=True, slots=True)
class SourceFault:
    """What is wrong with a part of a source: which file or journal, and the fact."""

    where: str
    fact: str

    def __str__(self) -> str:
        return f"{self.where}: {self.fact}"


class _GapError(Exception):
    """A segment that begins behind what is known so far."""


def collect_files(collected: Database, paths: list[Path]) -> list[SourceFault]:
    """Gather the journals of files, in whatever order they come; give what is wrong with them.

    What stands before a fault in its file is kept. Raises OSError where a file cannot be
    read.
    """
    faults: list[SourceFault] = []
    waiting: list[tuple[Path, Segment]] = []
    for path in paths:
        try:
            waiting.extend(
                (path, segment) for segment in _segments(path) if not _taken(collected, segment)
            )
        except SegmentError as error:
            faults.append(SourceFault(path.name, str(error)))
    while waiting:
        again = [
            (path, one) for path, one in waiting if not _taken_or_told(collected, path, one, faults)
        ]
        if len(again) == len(waiting):
            faults += [
                SourceFault(path.name, f"what comes before entry {one.header.first} is missing")
                for path, one in waiting
            ]
            break
        waiting = again
    return faults


def collect_from_hub(
    collected: Database, client: "HubClient", tip: str, progress: Callable[[str, int], None]
) -> None:
    """Fetch a journal and all it continues; begins again where an earlier try ended.

    `progress` is told the journal and its entries so far. Raises HubError, SegmentError,
    LineageError.
    """
    wanted: str | None = tip
    while wanted:
        while data := client.stored_entries(wanted, _known(collected, wanted)):
            segment = read_segment(data)
            if segment.header.journal != wanted or not segment.is_signed_with(client.secret):
                raise SegmentError("trailer", "the hub's answer is not sealed for this device")
            if not _taken(collected, segment):
                raise SegmentError("chain", "the hub left entries out")
            progress(wanted, segment.header.last)
        with collected.read() as connection:
            found = _journal(connection, wanted)
            first = next(journal.sealed_entries(connection, found.ordinal), None) if found else None
        if first is None:
            raise LineageError(f"the hub has no journal {wanted} of this machine")
        before = read_opening(wanted, first).continues
        wanted = before.journal if before else None


def _segments(path: Path) -> Iterator[Segment]:
    for data in unpack_file(path.read_bytes()):
        yield read_segment(data)


def _taken_or_told(
    collected: Database, path: Path, segment: Segment, faults: list[SourceFault]
) -> bool:
    try:
        return _taken(collected, segment)
    except SegmentError as error:
        faults.append(SourceFault(path.name, str(error)))
        return True


def _taken(collected: Database, segment: Segment) -> bool:
    """Keep a segment's new entries; False where earlier ones are still missing.

    Raises SegmentError where it does not hold, or differs from what is known; what stands
    before the fault is kept.
    """
    try:
        fault = None
        with collected.write() as connection:
            fault = _keep(connection, segment)
    except _GapError:
        return False
    if fault:
        raise SegmentError("chain", fault)
    return True


def _keep(connection: Connection, segment: Segment) -> str | None:
    header = segment.header
    _check_positions(segment)
    hashes = _hashes(segment)
    found = _journal(connection, header.journal)
    if found is None:
        if header.first != 1:
            raise _GapError
        found = Journal(1 + len(journal.journals(connection)), header.journal, "", False, 0)  # noqa: FBT003 - a row's field
        journal.start(connection, found)
    head = journal.head(connection, found)
    if header.first > head.seq + 1:
        raise _GapError
    known = min(header.last, head.seq) - header.first + 1
    meets = header.prev if known == 0 else hashes[known - 1]
    if meets != journal.hash_at(connection, found, header.first - 1 + known):
        return f"entries {header.first}–{header.last} differ from those of another file"
    places = range(header.first, header.last + 1)
    rows = list(zip(places, segment.entries, hashes, strict=True))
    for seq, stored, hash_ in rows[known:]:
        try:
            keep(connection, found.ordinal, Sealed(seq, stored, hash_), read_entry(stored))
        except EntryNotReadableError as error:
            return f"entry {seq} cannot be read: {error}"
    return None


def _hashes(segment: Segment) -> list[bytes]:
    """Give each entry's hash; where they do not lead to the head, one of them was changed."""
    try:
        return segment.hashes()
    except SegmentError as error:
        header = segment.header
        raise SegmentError(
            "chain", f"one of entries {header.first}–{header.last} was changed: {error}"
        ) from None


def _check_positions(segment: Segment) -> None:
    """Name the first entry that does not stand where it says, before the chain names none."""
    for seq, stored in enumerate(segment.entries, start=segment.header.first):
        try:
            says = read_entry(stored).seq
        except EntryNotReadableError as error:
            raise SegmentError("entry", f"entry {seq} cannot be read: {error}") from None
        if says != seq:
            raise SegmentError("entry", f"where entry {seq} should stand is entry {says}")


def _known(collected: Database, journal_id: str) -> int:
    with collected.read() as connection:
        found = _journal(connection, journal_id)
        return journal.head(connection, found).seq if found else 0


def _journal(connection: Connection, journal_id: str) -> Journal | None:
    return next((one for one in journal.journals(connection) if one.id == journal_id), None)
