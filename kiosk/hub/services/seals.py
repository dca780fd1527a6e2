"""Seals on paper and in the hub: which entry one names, and whether a machine's journals hold.

A closing report and every tenth receipt carry the first eight hex digits of the journal's
head as it was right before. Whoever types them in hears whether the hub has that very
journal; nothing here is taken from what a machine says of itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from kiosk.domain.entries import (
    ChainFault,
    EntryNotReadableError,
    find_fault,
    first_prev,
    read_entry,
)
from kiosk.errors import N_
from kiosk.hub.services.campaigns import FieldError
from kiosk.hub.storage.journals import entries_after, hash_at, journals_of
from kiosk.hub.storage.seals import FoundSeal, entry_at, seals_beginning
from kiosk.hub.storage.store import Store

DIGITS: Final = 8
MOST_ENTRIES: Final = 1_000
# What people read and type for a digit that hex has not.
_MISREAD: Final = str.maketrans("oOiIlL", "001111")
_HEX: Final = frozenset("0123456789abcdef")


class SealUnfitError(FieldError):
    """What was typed are not the eight characters of a seal."""

    field = "seal"

    def __init__(self) -> None:
        super().__init__(
            N_("A seal has eight characters: digits, and letters from a to f. Type all of them.")
        )


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry in short: what happened, when and where; `number` is a receipt's, or ''."""

    seq: int
    kind: str
    at: str
    till: str
    by: str
    number: str


@dataclass(frozen=True, slots=True)
class SealFound:
    """Where a seal is from: a machine's entry, and the one behind it, which the paper is of."""

    installation: str
    machine: str
    journal: str
    entry: SealedEntry
    paper: SealedEntry | None


@dataclass(frozen=True, slots=True)
class JournalChecked:
    """One journal's verdict in the hub; `head` are the first eight digits of its last hash."""

    id: str
    depth: int
    entries: int
    sales: int
    head: str
    fault: ChainFault | None


@dataclass(frozen=True, slots=True)
class Place:
    """How far a check is: the journal by its place in the list, behind which entry, what was found.

    `sales` are those of each journal so far, `faults` the first faulty entries by place.
    """

    at: int
    after: int
    sales: tuple[int, ...]
    faults: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class MachineCheck:
    """The verdicts of the journals that are done, and where the check goes on; None: nowhere."""

    verdicts: tuple[JournalChecked, ...]
    done: int
    total: int
    rest: Place | None


def read_seal(typed: str) -> str:
    """Read a seal as typed from paper; raises SealUnfitError."""
    text = "".join(typed.split()).replace("-", "").translate(_MISREAD).lower()
    if len(text) != DIGITS or not set(text) <= _HEX:
        raise SealUnfitError
    return text


def find_seal(store: Store, campaign: str, typed: str) -> list[SealFound]:
    """Say which entries of a campaign's machines have a seal; raises SealUnfitError."""
    seal = read_seal(typed)
    first = int(seal, 16)
    least = first.to_bytes(DIGITS // 2, "big")
    below = (first + 1).to_bytes(DIGITS // 2, "big") if seal != "f" * DIGITS else None
    with store.read() as connection:
        return [
            _found(connection, one) for one in seals_beginning(connection, campaign, least, below)
        ]


def check_machine(store: Store, installation: str, place: Place) -> MachineCheck:
    """Walk a machine's journals on from a place, a thousand entries at most."""
    with store.read() as connection:
        known = [one.head for one in journals_of(connection, installation)]
        total = sum(one.seq for one in known)
        if place.at >= len(known):
            return MachineCheck((), 0, total, None)
        journal = known[place.at].id
        prev = hash_at(connection, journal, place.after) if place.after else first_prev(journal)
        if prev is None:
            return check_machine(store, installation, Place(place.at, 0, place.sales, place.faults))
        found = entries_after(connection, journal, place.after, MOST_ENTRIES)
        fault = find_fault(journal, found, (place.after, prev))
        sales = [*place.sales, *[0] * len(known)][: len(known)]
        sales[place.at] += sum(b'"kind":"sale"' in one.stored for one in found)
        faults = dict(place.faults) | ({place.at: fault.seq} if fault else {})
        is_end = fault is not None or len(found) < MOST_ENTRIES
        at, after = (place.at + 1, 0) if is_end else (place.at, found[-1].seq)
        done = sum(one.seq for one in known[:at]) + after
        verdicts = tuple(
            JournalChecked(
                one.id,
                one.depth,
                one.seq,
                sales[index],
                one.hash.hex()[:DIGITS],
                _fault_at(connection, one.id, faults.get(index)),
            )
            for index, one in enumerate(known[:at])
        )
    rest = Place(at, after, tuple(sales), faults) if at < len(known) else None
    return MachineCheck(verdicts, done, total, rest)


def _fault_at(connection: Connection, journal: str, seq: int | None) -> ChainFault | None:
    """Name a fault anew from the journal, whatever an address says of it."""
    if not seq:
        return None
    before = hash_at(connection, journal, seq - 1) if seq > 1 else first_prev(journal)
    if before is None:
        return ChainFault(seq - 1, f"entry {seq - 1} is missing", "missing")
    return find_fault(journal, entries_after(connection, journal, seq - 1, 1), (seq - 1, before))


def _found(connection: Connection, one: FoundSeal) -> SealFound:
    behind = entry_at(connection, one.journal, one.sealed.seq + 1)
    return SealFound(
        one.installation,
        one.machine,
        one.journal,
        _in_short(one.sealed.seq, one.sealed.stored),
        _in_short(one.sealed.seq + 1, behind) if behind else None,
    )


def _in_short(seq: int, stored: bytes) -> SealedEntry:
    try:
        entry = read_entry(stored)
    except EntryNotReadableError:
        return SealedEntry(seq, "unreadable", "", "", "", "")
    number: Any = entry.body.get("number")
    return SealedEntry(
        seq,
        entry.kind,
        entry.at,
        entry.till or "",
        entry.by.name if entry.by else "",
        number if isinstance(number, str) else "",
    )
