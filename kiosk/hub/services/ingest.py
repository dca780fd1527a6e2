"""Ingest: a segment is checked, stored verbatim, and counted, in one transaction.

If framing, HMAC and chain hold, every line is stored, however strange: what cannot be
counted goes to the review tray and blocks nobody. Sending anything again changes nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from kiosk.clock import Clock, stamp_utc
from kiosk.domain.entries import (
    Entry,
    EntryNotReadableError,
    Sealed,
    first_prev,
    read_entry,
)
from kiosk.errors import N_, KioskError
from kiosk.hub.services.device_keys import DeviceKeys
from kiosk.hub.services.projection import count_entries, read_events, recount
from kiosk.hub.services.readings import Place, Problem, Reading, read
from kiosk.hub.storage import journals
from kiosk.hub.storage.journals import DeviceKey, JournalHead
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tray import FORK
from kiosk.wire.segments import Segment, SegmentError, SegmentHeader, read_segment

_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOST_SKEW_SECONDS: Final = 10**9


class SegmentRefusedError(KioskError):
    """A segment that is not taken, and why in one word; nothing of it was stored."""

    def __init__(self, reason: str, message: str, status: int) -> None:
        self.reason = reason
        self.status = status
        super().__init__(message)


class HeadDisagreesError(KioskError):
    """The segment does not go on where the hub's journal ends: a `gap`, or a `fork`.

    `deepest` is how many of the machine's journals stand one behind the other here.
    """

    status = 409

    def __init__(self, reason: str, seq: int, hash_: bytes, deepest: int = 0) -> None:
        self.reason = reason
        self.seq = seq
        self.hash = hash_
        self.deepest = deepest
        message = (
            N_("The hub has this journal up to entry %(seq)d. Send what comes after it.")
            if reason == "gap"
            else N_("The hub has other entries in this journal. Continue it in a new journal.")
        )
        super().__init__(message, seq=seq)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a segment; `reviewed` are its entries that a person should look at."""

    head_seq: int
    head_hash: bytes
    stored: int
    skipped: int
    reviewed: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A segment that proved itself."""

    header: SegmentHeader
    sealed: tuple[Sealed, ...]
    device: DeviceKey
    opened: Entry | None
    waiting: int | None


def receive_segment(
    store: Store,
    clock: Clock,
    keys: DeviceKeys,
    data: bytes,
    journal_id: str | None = None,
    *,
    waiting: int | None = None,
) -> Receipt:
    """Take one segment's uncompressed bytes; `journal_id` is the address it was sent to.

    `waiting` is how many entries the machine says it still has to send after these.

    Raises SegmentError for its framing or chain, SegmentRefusedError (401 for an unknown
    device or a bad HMAC, 403 for a journal that is not this installation's), and
    HeadDisagreesError with the hub's head. A refused segment leaves nothing behind.
    """
    segment = read_segment(data)
    header = segment.header
    if not _ID.fullmatch(header.journal) or journal_id not in (None, header.journal):
        raise SegmentError("header", "the segment is of another journal than its address")
    device = _proven_device(store, keys, segment)
    hashes = segment.hashes()
    places = range(header.first, header.last + 1)
    sealed = tuple(
        Sealed(seq, stored, hash_)
        for seq, stored, hash_ in zip(places, segment.entries, hashes, strict=True)
    )
    opened = _read_opening(sealed[0].stored) if header.first == 1 else None
    arrival = _Arrival(header, sealed, device, opened, waiting)
    now = clock.now()
    return store.retrying(lambda connection: _take(connection, arrival, now))


def _proven_device(store: Store, keys: DeviceKeys, segment: Segment) -> DeviceKey:
    with store.read() as connection:
        known = _ID.fullmatch(segment.header.device)
        device = journals.find_device_key(connection, segment.header.device) if known else None
    if device is None or not segment.is_signed_with(keys.secret(device.id, device.salt)):
        raise unknown_device()
    return device


def unknown_device() -> SegmentRefusedError:
    """Say that nobody here knows who asks; whether the device or its secret is not told."""
    return SegmentRefusedError(
        "unknown_device", N_("This device is not known here, or was revoked. Enrol it anew."), 401
    )


def _read_opening(stored: bytes) -> Entry | None:
    try:
        entry = read_entry(stored)
    except EntryNotReadableError:
        return None
    return entry if entry.kind == "journal_opened" else None


def _take(connection: Connection, arrival: _Arrival, now: datetime) -> Receipt:
    header, at = arrival.header, stamp_utc(now)
    head = journals.lock_head(connection, header.journal)
    if head is None:
        head = _open_journal(connection, arrival, at)
    elif head.installation != arrival.device.installation:
        raise SegmentRefusedError(
            "not_bound", N_("This journal belongs to another installation."), 403
        )
    skipped = _check_joins(connection, head, arrival)
    journals.remember_device(connection, arrival.device.id, at, _skew_seconds(header.made_at, now))
    fresh = arrival.sealed[skipped:]
    journals.note_waiting(connection, head.id, len(fresh), arrival.waiting)
    if not fresh:
        journals.touch_journal(connection, head.id, at)
        return Receipt(head.seq, head.hash, 0, skipped, ())
    journals.insert_entries(connection, head.id, fresh, at)
    last = fresh[-1]
    journals.move_head(connection, head.id, last.seq, last.hash, at)
    problems = _count(connection, head, fresh, at) + _forks(connection, head.id, at)
    return Receipt(last.seq, last.hash, len(fresh), skipped, tuple(problems))


def _count(
    connection: Connection, head: JournalHead, fresh: tuple[Sealed, ...], at: str
) -> list[Problem]:
    """Count what is new; where a journal's depth was not known before, count everything anew."""
    events = read_events(connection)
    arrived: list[Reading | Problem] = [
        read(one.stored, Place(head.id, one.seq, one.hash, head.depth, at), events) for one in fresh
    ]
    journals.lock_counting(connection)
    problems = count_entries(connection, arrived, events, at)
    if fresh[0].seq == 1 and _deepen_successors(connection, head.id, head.depth, {head.id}):
        recount(connection, at)
    return problems


def _forks(connection: Connection, journal_id: str, at: str) -> list[Problem]:
    """Put into the tray that two copies of a machine went on from the same entry."""
    found = [
        Problem(later, 1, FORK, f"behind entry {seq} of journal {before}")
        for later, before, seq in journals.forks_at(connection, journal_id)
    ]
    journals.insert_review(connection, [{**asdict(one), "arrived_at": at} for one in found])
    return found


def _deepen_successors(connection: Connection, journal_id: str, depth: int, seen: set[str]) -> bool:
    """Set the depth of journals that came before the one they continue; says if there were any."""
    found = False
    for successor in journals.successors(connection, journal_id):
        if successor not in seen:
            seen.add(successor)
            found = True
            journals.set_depth(connection, successor, depth + 1)
            _deepen_successors(connection, successor, depth + 1, seen)
    return found


def _open_journal(connection: Connection, arrival: _Arrival, at: str) -> JournalHead:
    """Begin a journal the hub has not heard of, bound to the device's installation."""
    header = arrival.header
    if header.first != 1:
        raise HeadDisagreesError("gap", 0, first_prev(header.journal))
    if arrival.opened is None:
        raise SegmentRefusedError(
            "not_bound", N_("The journal does not begin by saying whose it is."), 403
        )
    body = arrival.opened.body
    if body.get("training") is not False:
        raise SegmentRefusedError(
            "training", N_("A training journal stays at its till; it is not counted."), 403
        )
    if body.get("installation") != arrival.device.installation:
        raise SegmentRefusedError(
            "not_bound", N_("This journal belongs to another installation."), 403
        )
    continues = _continued(body)
    before = journals.find_head(connection, continues[0]) if continues else None
    head = JournalHead(
        id=header.journal,
        installation=arrival.device.installation,
        seq=0,
        hash=first_prev(header.journal),
        depth=before.depth + 1 if before else int(continues is not None),
    )
    journals.insert_journal(connection, head, at, continues)
    return head


def _continued(body: Mapping[str, Any]) -> tuple[str, int] | None:
    """Give the journal and the position that a new journal continues."""
    match body.get("continues"):
        case {"journal": str(journal), "seq": int(seq)} if _ID.fullmatch(journal) and (
            0 <= seq < 2**53
        ):
            return journal, seq
    return None


def _check_joins(connection: Connection, head: JournalHead, arrival: _Arrival) -> int:
    """Say how many of the entries are known already; raises HeadDisagreesError.

    A hash stands for everything before it, so the last known entry speaks for all of them.
    """
    header = arrival.header
    if header.first > head.seq + 1:
        raise HeadDisagreesError("gap", head.seq, head.hash)
    known = min(header.last, head.seq) - header.first + 1
    if known == 0:
        agrees = header.prev == head.hash
    else:
        last_known = arrival.sealed[known - 1]
        agrees = journals.hash_at(connection, head.id, last_known.seq) == last_known.hash
    if not agrees:
        deepest = journals.deepest(connection, head.installation)
        raise HeadDisagreesError("fork", head.seq, head.hash, deepest)
    return known


def _skew_seconds(made_at: str, now: datetime) -> int:
    """Give the till's clock less the hub's; 0 where the till's time cannot be read."""
    try:
        seconds = (datetime.fromisoformat(made_at) - now).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return 0
    return max(-_MOST_SKEW_SECONDS, min(_MOST_SKEW_SECONDS, round(seconds)))
