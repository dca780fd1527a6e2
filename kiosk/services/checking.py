"""Checking the journals on screen: a few hundred entries a request, so nobody waits for it.

How far the check is stands in the address that is asked next, not in this process: it goes
on after a restart, and two screens may check at once. The journals are taken in their order.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.domain.entries import ChainFault
from kiosk.services.installation import Installation
from kiosk.services.journals import count_sales, walk
from kiosk.storage import journal, uploads
from kiosk.storage.database import UNREADABLE, Connection
from kiosk.storage.journal import Journal

# What one request walks; about 30 ms.
MOST_ENTRIES: Final = 1_000


@dataclass(frozen=True, slots=True)
class CheckedJournal:
    """One journal's verdict; `head` are the first eight hex digits of its last hash."""

    ordinal: int
    is_current: bool
    training: bool
    entries: int
    sales: int
    head: str
    fault: ChainFault | None


@dataclass(frozen=True, slots=True)
class Check:
    """How far a check is: the journals that are done, and where to go on, if anywhere."""

    verdicts: tuple[CheckedJournal, ...]
    done: int
    total: int
    at: int
    after: int
    is_over: bool


def check(
    here: Installation, at: int, after: int, faults: dict[int, int], most: int = MOST_ENTRIES
) -> Check:
    """Walk on in the journal of ordinal `at` behind entry `after`, and say how far all is.

    `faults` are the first faulty entries of journals before it, by ordinal. Where there is no
    such journal, nothing was checked yet.
    """
    with here.db.read() as connection:
        known = journal.journals(connection)
        one = next((row for row in known if row.ordinal == at), None)
        if one is None:
            return _so_far(connection, known, (0, 0), {})
        last, fault, is_end = _walk_on(connection, one, after, most)
        if fault is not None:
            faults = {**faults, at: fault.seq}
        place = (at, last) if not is_end else (at + 1, 0)
        return _so_far(connection, known, place, faults)


def _so_far(
    connection: Connection, known: list[Journal], place: tuple[int, int], faults: dict[int, int]
) -> Check:
    """Give the verdicts of the journals before a place."""
    at, after = place
    current = journal.current(connection)
    verdicts, done, total = [], after, 0
    for one in known:
        end = journal.head(connection, one)
        total += end.seq
        if one.ordinal >= at:
            continue
        done += end.seq
        fault = None
        if one.ordinal in faults:
            # Named anew from the journal, never from what an address says.
            fault = _walk_on(connection, one, max(0, faults[one.ordinal] - 1), 1)[1]
        verdicts.append(
            CheckedJournal(
                ordinal=one.ordinal,
                is_current=current is not None and one.id == current.id,
                training=one.training,
                entries=end.seq,
                sales=count_sales(connection, one),
                head=end.hash.hex()[:8],
                fault=fault or _cut_off(connection, one, end.seq),
            )
        )
    is_over = bool(known) and at > known[-1].ordinal
    return Check(tuple(verdicts), done, total, at, after, is_over)


def _walk_on(
    connection: Connection, one: Journal, after: int, most: int
) -> tuple[int, ChainFault | None, bool]:
    try:
        part = walk(connection, one, after, most)
    except LookupError:
        return 0, None, False
    except UNREADABLE as error:
        return after, ChainFault(after + 1, str(error), "unreadable"), True
    return part.last, part.fault, part.is_end


def _cut_off(connection: Connection, one: Journal, end: int) -> ChainFault | None:
    """Say that the newest entries are gone, where the hub has confirmed more than there is."""
    sent = uploads.sent_seq(connection, one.ordinal)
    if sent <= end:
        return None
    return ChainFault(end + 1, f"entries {end + 1} to {sent} were sent and are gone", "cut_off")
