"""Decisions about the review tray: what an organiser saw, and which copy of a conflict counts.

Only a conflict's decision changes a figure: the chosen copy counts instead of the one of
the lowest rank, in the transaction that writes the decision. Every decision can be taken
back, and stands in the trail with its note.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import Clock, stamp_utc
from kiosk.domain.entries import LARGEST_ENTRY_BYTES, EntryNotReadableError, read_entry
from kiosk.errors import N_
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.projection import conflict_fact, count_entries, read_events
from kiosk.hub.services.readings import LARGEST_RP, LONGEST_WORD, Place, read
from kiosk.hub.storage import tray
from kiosk.hub.storage.journals import lock_counting
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tray import CONFLICT, COUNTS, StoredCopy, TrailLine, TrayRow

SET_ASIDE: Final = "set_aside"
ACCEPTED: Final = "accepted"
LONGEST_NOTE: Final = 500
MOST_CHARACTERS: Final = 4 * LARGEST_ENTRY_BYTES
MOST_LINES: Final = 100


class DecisionUnknownError(FieldError):
    """A decision that this entry does not have."""

    def __init__(self) -> None:
        super().__init__(N_("Choose one of the decisions that the page offers."))


@dataclass(frozen=True, slots=True)
class OpenEntry:
    """An entry of the tray as a page shows it; `copies` has one, of a conflict all of them."""

    row: TrayRow
    copies: list[StoredCopy]
    counted: tuple[str, int] | None
    trail: list[TrailLine]

    @property
    def is_conflict(self) -> bool:
        """Whether there are copies to choose between."""
        return self.row.reason == CONFLICT and len(self.copies) > 1


def open_entry(store: Store, campaign_id: str, journal: str, seq: int, reason: str) -> OpenEntry:
    """Give an entry of a campaign's tray with its copies; raises NotFoundError."""
    with store.read() as connection:
        row = _find(connection, campaign_id, journal, seq, reason)
        entry_id, copies = _copies_of(connection, row)
        return OpenEntry(
            row,
            copies,
            tray.counted_place(connection, entry_id) if entry_id else None,
            tray.trail_of(connection, _subject(row, entry_id)),
        )


def decide(
    store: Store, clock: Clock, by: str, row: TrayRow, decision: str | None, note: str
) -> None:
    """Write that an entry was set aside or accepted as it is, None to take that back.

    It changes no figure. Raises DecisionUnknownError for any other decision, and for a
    conflict, which `choose_copy` decides.
    """
    if decision not in {SET_ASIDE, ACCEPTED, None} or row.reason == CONFLICT:
        raise DecisionUnknownError
    with store.begin() as connection:
        tray.write_decision(connection, row, decision, clock.now())
        _audit(connection, clock, by, _subject(row, None), decision, note)


def choose_copy(
    store: Store,
    clock: Clock,
    by: str,
    row: TrayRow,
    chosen: tuple[str, int] | None,
    note: str,
) -> None:
    """Let one copy of a conflict count, or (None) again the one of the lowest rank.

    The totals are brought to it in the same transaction. Raises DecisionUnknownError
    where `chosen` is no copy of the entry.
    """

    def step(connection: Connection) -> None:
        lock_counting(connection)
        entry_id, copies = _copies_of(connection, row)
        if entry_id is None or chosen not in {None, *(copy.place for copy in copies)}:
            raise DecisionUnknownError
        now = clock.now()
        _write_choice(connection, entry_id, copies, chosen, now)
        known_events = read_events(connection)
        readings = [read(one.stored, _place(one), known_events) for one in copies]
        count_entries(connection, readings, known_events, stamp_utc(now))
        _audit(
            connection, clock, by, _subject(row, entry_id), COUNTS if chosen else None, note, chosen
        )

    store.retrying(step)


def _place(copy: StoredCopy) -> Place:
    arrived_at = stamp_utc(copy.arrived_at)
    return Place(copy.journal, copy.seq, copy.hash, copy.depth, arrived_at)


def _write_choice(
    connection: Connection,
    entry_id: str,
    copies: list[StoredCopy],
    chosen: tuple[str, int] | None,
    now: datetime,
) -> None:
    """Write the choice at every copy; without one the copy of the lowest rank waits for nobody."""
    for copy in copies:
        if chosen is None and copy is copies[0]:
            tray.drop_conflict(connection, copy)
            continue
        decision = None if chosen is None else COUNTS if copy.place == chosen else SET_ASIDE
        tray.put_conflict(connection, copy, conflict_fact(entry_id), decision, now)


@dataclass(frozen=True, slots=True)
class Summary:
    """What an entry says of a sale, as far as it says it; each fact may be ''."""

    number: str
    by: str
    till: str
    lines: list[str]
    total_rp: int | None


def summarise(stored: bytes) -> Summary | None:
    """Give in short what an entry says, None for one that cannot be read."""
    try:
        entry = read_entry(stored)
    except EntryNotReadableError:
        return None
    lines, total_rp = entry.body.get("lines"), entry.body.get("total_rp")
    said = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    return Summary(
        number=_plain(str(entry.body.get("number") or ""))[:LONGEST_WORD],
        by=_plain(entry.by.name if entry.by else "")[:LONGEST_WORD],
        till=_plain(entry.till or "")[:LONGEST_WORD],
        lines=[
            _plain(f"{line.get('qty', '?')} × {line.get('name', '?')}")[:LONGEST_WORD]
            for line in said[:MOST_LINES]
        ],
        total_rp=total_rp if type(total_rp) is int and abs(total_rp) <= LARGEST_RP else None,
    )


def readable(stored: bytes) -> str:
    """Write stored bytes as a person can read them: JSON on lines, else the text that is there.

    It is cut off where no honest entry is as long.
    """
    text = stored.decode("utf-8", "backslashreplace")
    with suppress(ValueError, RecursionError):
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return _plain(text) if len(text) <= MOST_CHARACTERS else _plain(text[:MOST_CHARACTERS]) + " …"


def _plain(text: str) -> str:
    """Spell out what no page can send: halves of characters that JSON lets through."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _find(connection: Connection, campaign_id: str, journal: str, seq: int, reason: str) -> TrayRow:
    row = tray.find_row(connection, campaign_id, journal, seq, reason)
    if row is None:
        raise NotFoundError
    return row


def _copies_of(connection: Connection, row: TrayRow) -> tuple[str | None, list[StoredCopy]]:
    """Give an entry's id if it is a conflict's, and its copies."""
    own = tray.copies_at(connection, [(row.journal, row.seq)])
    if row.reason != CONFLICT:
        return None, own
    try:
        entry_id = read_entry(own[0].stored).id
    except EntryNotReadableError:
        return None, own
    places = tray.conflict_places(connection, entry_id)
    counted = tray.counted_place(connection, entry_id)
    return entry_id, tray.copies_at(connection, places | ({counted} if counted else set()))


def _subject(row: TrayRow, entry_id: str | None) -> str:
    """Name in the trail what was decided about: an entry that has copies by its own id."""
    return entry_id or f"{row.journal}/{row.seq}/{row.reason}"


def _audit(
    connection: Connection,
    clock: Clock,
    by: str,
    subject: str,
    decision: str | None,
    note: str,
    chosen: tuple[str, int] | None = None,
) -> None:
    audit(
        connection,
        clock,
        by=by,
        action="review decided" if decision else "review reopened",
        subject=subject,
        facts={
            "decision": decision,
            "note": note[:LONGEST_NOTE],
            "chosen": f"{chosen[0]}/{chosen[1]}" if chosen else None,
        },
    )
