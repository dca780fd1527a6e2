"""Forking: going on in a journal of its own where the old one cannot be gone on with.

A copy that sold on (a restored backup, a cloned tablet) finds other entries at the hub than
its own; a file that somebody edited no longer holds what was sealed. Either way the journal
ends at its last good entry, what stands behind goes into a new journal with the same ids and
bodies, and selling goes on there. All of it is one transaction: a machine that loses its
power on the way has forked, or has not.
"""

from dataclasses import dataclass

from kiosk.clock import stamp
from kiosk.domain.entries import EntryNotReadableError, EntryTooLargeError, read_entry
from kiosk.domain.numbering import receipt_number
from kiosk.log import log_named
from kiosk.services.installation import Installation
from kiosk.services.recording import open_successor
from kiosk.storage import forks, journal
from kiosk.storage.database import Connection
from kiosk.storage.forks import Fork
from kiosk.storage.journal import Journal

OTHER_COPY = "other_copy"
BROKEN = "broken"

_log = log_named("forks")


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a journal ends early: its last good position, the reason, and the entry it is about."""

    journal: Journal
    until: int
    reason: str
    seq: int


@dataclass(frozen=True, slots=True)
class ForkView:
    """A fork as a person is told of it; `letter` heads the receipts from there on."""

    reason: str
    seq: int
    until: int
    carried: int
    left_out: int
    letter: str
    at: str
    is_new: bool


def fork(here: Installation, cut: Cut, deepest: int = 0) -> bool:
    """End a journal at its last good entry and go on in a new one; says whether it did.

    `deepest` is how many journals the hub knows one behind the other, so that two copies that
    both fork do not share a letter. A journal that ends there, or earlier, is left alone.
    """
    with here.db.write() as connection:
        known = forks.forks(connection).get(cut.journal.ordinal)
        if known and known.until <= cut.until:
            return False
        end = known.until if known else journal.head(connection, cut.journal).seq
        opened = _open(here, connection, cut, deepest)
        carried, left_out = _carry(connection, opened, cut, end)
        head = journal.head(connection, opened).seq
        at = stamp(here.clock.now())
        forks.keep_fork(
            connection,
            Fork(
                cut.journal.ordinal,
                cut.until,
                opened.ordinal,
                head,
                cut.reason,
                cut.seq,
                carried,
                left_out,
                at,
            ),
        )
    _log.warning(
        "journal goes on in a new one", reason=cut.reason, entry=cut.seq, carried=carried,
        left_out=left_out,
    )  # fmt: skip
    here.bells.upload.ring()
    return True


def all_forks(here: Installation) -> list[ForkView]:
    """List the forks of this machine, the newest first."""
    with here.db.read() as connection:
        depths = {one.ordinal: one.depth for one in journal.journals(connection)}
        found = forks.forks(connection).values()
    views = [
        ForkView(
            one.reason, one.seq, one.until, one.carried, one.left_out,
            receipt_number("", depths[one.goes_on_in], 1).partition("-")[0], one.at,
            is_new=one.seen_at is None,
        )
        for one in found
    ]  # fmt: skip
    return sorted(views, key=lambda view: view.at, reverse=True)


def take_note(here: Installation) -> None:
    """Keep that a person has read of every fork; it stays on the status page."""
    with here.db.write() as connection:
        forks.mark_seen(connection, stamp(here.clock.now()))


def _open(here: Installation, connection: Connection, cut: Cut, deepest: int) -> Journal:
    current = journal.current(connection)
    if current is None or current.ordinal == cut.journal.ordinal:
        before = (cut.journal, cut.until)
    else:
        # An older journal is cut: what is sold into stays as it is, and is gone on from.
        before = (current, forks.end_to_send(connection, current))
    depths = [deepest, *(one.depth for one in journal.journals(connection))]
    facts = {"because": cut.reason, "about": {"journal": cut.journal.id, "seq": cut.seq}}
    return open_successor(here, connection, before, 1 + max(depths), facts)


def _carry(connection: Connection, opened: Journal, cut: Cut, end: int) -> tuple[int, int]:
    """Seal copies of what stands behind the cut; gives how many went on, and how many cannot."""
    carried = 0
    # A first entry says only whose the journal was.
    missing = end - max(cut.until, 1)
    for sealed in journal.sealed_entries(connection, cut.journal.ordinal, cut.until):
        if sealed.seq > end:
            break
        try:
            entry = read_entry(sealed.stored)
            if entry.kind == "journal_opened":
                continue
            journal.carry(connection, opened, entry)
        except (EntryNotReadableError, EntryTooLargeError, ValueError):
            continue
        carried += 1
    return carried, missing - carried
