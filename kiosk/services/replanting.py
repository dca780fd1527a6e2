"""Building an installation's file anew from the journals of a source.

Every entry is held against its hash and its own content, kept byte for byte, and projected
as if it were happening. The result goes on in a new journal that names the one before, so
that no receipt number is used twice.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.domain.entries import ChainFault, find_fault, read_entry
from kiosk.errors import N_, WorldError
from kiosk.services.installation import Installation
from kiosk.services.lineage import LineageError, Link, Opening, deepest, find_line, read_opening
from kiosk.services.progress import Told, tell_nobody
from kiosk.services.recording import open_successor
from kiosk.storage import catalogue, journal, shifts, verbatim
from kiosk.storage.database import Connection
from kiosk.storage.journal import Journal
from kiosk.storage.verbatim import EntryUnfitError, UnreadableRowError

TAKING_OVER: Final = N_("Taking over the entries")
_TOLD_EVERY: Final = 200


class SourceDamagedError(WorldError):
    """A source that does not hold; nothing was restored."""

    def __init__(self, facts: list[str], advice: str) -> None:
        self.facts = facts
        super().__init__(f"nothing was restored: {'; '.join(facts)}. {advice}", permanent=True)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person decided: which journal to go on from, and whether a loss is accepted."""

    tip: str | None = None
    up_to_fault: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """One journal that was taken over; `head` is the hash of its last entry here."""

    journal: Journal
    entries: int
    sales: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Replanted:
    """What was built; `missing` says in sentences what the source held, or should, besides."""

    taken: tuple[Taken, ...]
    opened: Journal
    open_shifts: int
    missing: tuple[str, ...]


class _Counted:
    """Counts the entries that were taken over, and says so now and then."""

    def __init__(self, total: int, told: Told) -> None:
        self._done, self._total, self._told = 0, total, told

    def one_more(self) -> None:
        """Count one entry."""
        self._done += 1
        if self._done % _TOLD_EVERY == 0:
            self._told(TAKING_OVER, self._done, self._total)


def replant(
    here: Installation,
    connection: Connection,
    source: Connection,
    wish: Wish,
    faults: list[str],
    told: Told = tell_nobody,
) -> Replanted:
    """Build `here`'s empty file from a source, in the caller's transaction.

    `faults` are those found while the source was collected. Raises SourceDamagedError where
    something does not hold and the person did not accept the loss, LineageError where it is
    not clear what to go on from.
    """
    rows = {row.id: row for row in journal.journals(source)}
    openings, unreadable = _openings(source, rows)
    faults = [*faults, *unreadable]
    _refuse(faults, wish)
    line = find_line(openings, wish.tip)
    counted = _Counted(sum(journal.head(source, row).seq for row in rows.values()), told)
    taken, missing = _take_line(connection, source, rows, line, wish, counted)
    if not taken:
        raise SourceDamagedError([*faults, *missing], "Nothing before the fault holds.")
    aside = _left_aside(source, rows, {link.opening.journal for link in line})
    last = taken[-1]
    before = (last.journal, last.entries)
    opened = open_successor(here, connection, before, 1 + deepest(openings))
    return Replanted(
        taken=tuple(taken),
        opened=opened,
        open_shifts=_open_shifts(connection),
        missing=(*faults, *missing, *aside),
    )


def _openings(source: Connection, rows: dict[str, Journal]) -> tuple[dict[str, Opening], list[str]]:
    """Read every journal's first entry; those that cannot be read are named."""
    openings, unreadable = {}, []
    for name, row in rows.items():
        try:
            first = next(verbatim.rows_up_to(source, row.ordinal, 1), None)
            openings[name] = read_opening(name, first)
        except LineageError as error:
            unreadable.append(str(error))
        except UnreadableRowError as error:
            unreadable.append(f"journal {name}: {error.fact}")
    return openings, unreadable


def _refuse(faults: list[str], wish: Wish) -> None:
    if faults and not wish.up_to_fault:
        raise SourceDamagedError(
            faults, "With --up-to-fault what holds before it is restored, and the rest is lost."
        )


def _take_line(
    connection: Connection,
    source: Connection,
    rows: dict[str, Journal],
    line: list[Link],
    wish: Wish,
    counted: "_Counted",
) -> tuple[list[Taken], list[str]]:
    """Take the journals of a line in order, up to the first fault; say what is missing."""
    taken: list[Taken] = []
    missing: list[str] = []
    torn = False
    for ordinal, link in enumerate(line, start=1):
        row = rows[link.opening.journal]
        if torn:
            missing.append(_loss(source, row, 0, "comes after the fault"))
            continue
        one, fault = _take(connection, source, row, link, ordinal, counted)
        if one:
            taken.append(one)
        last = one.entries if one else 0
        if fault:
            torn = True
            _refuse([f"journal {row.id}: {fault.fact}"], wish)
            missing.append(f"journal {row.id}: {fault.fact}")
            missing.append(_loss(source, row, last, "comes after what holds"))
        elif link.until and verbatim.count_behind(source, row.ordinal, last) != (0, 0):
            missing.append(_loss(source, row, last, "was never known to the journal after it"))
    return taken, missing


def _take(
    connection: Connection,
    source: Connection,
    row: Journal,
    link: Link,
    ordinal: int,
    counted: "_Counted",
) -> tuple[Taken | None, ChainFault | None]:
    last = link.until.seq if link.until else None
    fault = _fault_of(source, row, link)
    if fault and fault.seq == 1:
        return None, fault
    fresh = Journal(ordinal, row.id, link.opening.installation, training=False, depth=link.depth)
    journal.start(connection, fresh)
    sales = 0
    for sealed in verbatim.rows_up_to(source, row.ordinal, fault.seq - 1 if fault else last):
        entry = read_entry(sealed.stored)
        try:
            verbatim.keep_and_project(connection, ordinal, sealed, entry)
        except EntryUnfitError as error:
            fault = ChainFault(sealed.seq, str(error))
            break
        sales += entry.kind == "sale"
        counted.one_more()
    head = journal.head(connection, fresh)
    return Taken(fresh, head.seq, sales, head.hash), fault


def _fault_of(source: Connection, row: Journal, link: Link) -> ChainFault | None:
    """Find the first entry of a journal that does not hold, as far as it is wanted."""
    last = link.until.seq if link.until else None
    try:
        fault = find_fault(row.id, verbatim.rows_up_to(source, row.ordinal, last))
        if fault or link.until is None:
            return fault
        end = journal.head(source, row).seq
        if end < link.until.seq:
            return ChainFault(end + 1, f"entry {end + 1} is missing: the next journal knew it")
        if journal.hash_at(source, row, link.until.seq) != link.until.hash:
            return ChainFault(link.until.seq, f"entry {link.until.seq} is not what was continued")
    except UnreadableRowError as error:
        return ChainFault(error.seq, error.fact)
    return None


def _open_shifts(connection: Connection) -> int:
    tills = catalogue.tills(connection)
    return sum(shifts.open_shift(connection, till.id) is not None for till in tills)


def _left_aside(source: Connection, rows: dict[str, Journal], line: set[str]) -> list[str]:
    return [
        _loss(source, row, 0, "does not belong to what is gone on from")
        for name, row in rows.items()
        if name not in line
    ]


def _loss(source: Connection, row: Journal, after: int, why: str) -> str:
    counted = verbatim.count_behind(source, row.ordinal, after)
    what = f"{counted[0]} entries with {counted[1]} sales" if counted else "an unknown rest"
    return f"journal {row.id}: {what} behind entry {after}, which {why}"
