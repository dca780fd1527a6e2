"""The second copy: every entry on another medium too, before “paid” is shown.

A loop of its own appends the journal's tail to a file on that medium and makes it durable.
Who was just paid waits for it, half a second at most; where the medium is pulled, full or
hangs, selling goes on, everybody sees that the second copy is missing, and the loop
catches up by itself when it is back. The copy is never read in order to sell.
"""

import errno
from pathlib import Path
from typing import Final

from kiosk.clock import stamp
from kiosk.errors import N_, Message
from kiosk.services.cutting import build_segment
from kiosk.services.enrolment import signer
from kiosk.services.exporting import SUFFIX
from kiosk.services.installation import Installation
from kiosk.storage import copy_file, journal
from kiosk.storage.database import Connection
from kiosk.storage.journal import Journal
from kiosk.wire.segments import Signer, pack, read_header

MOST_SECONDS: Final = 0.5
# A restored machine that has not joined again signs with nobody's secret: a restore reads
# such a copy as any other, and the hub is told by another road.
_NOBODY: Final = Signer("not-enrolled", b"")

_NOT_THERE: Final = N_(
    "The second medium is not there. Put it back in; what is missing on it is written by itself."
)
_NO_ANSWER: Final = N_(
    "The second medium does not answer. Pull it out and put it back in, or take another."
)
_FAILS: Final = N_("The second medium cannot be written. Take another one.")
_TROUBLES: Final = {
    errno.ENOSPC: N_("The second medium is full. Make room on it, or take another one."),
    errno.EROFS: N_("The second medium takes no writing. Look for a lock on it, or take another."),
}


def copy_step(here: Installation) -> bool:
    """Bring the second copy one segment further; True where there may be more to do.

    What keeps it from being written is kept for everybody to see, not raised.
    """
    folder = here.settings.second_copy
    if folder is None:
        return False
    try:
        problem = _trouble_with(here, folder)
        more = problem is None and _append_next(here, folder)
    except OSError as error:
        problem, more = _TROUBLES.get(error.errno or 0, _FAILS), False
    if problem is not None:
        here.copy.forget_files()
    here.copy.tell(problem)
    return more


def await_copied(here: Installation) -> None:
    """Wait until all that happened is on the second medium too, at most half a second.

    Where the copy is known to be missing nobody waits for it.
    """
    if here.settings.second_copy is None or here.copy.problem is not None:
        return
    with here.db.read() as connection:
        current = journal.current(connection)
        seq = journal.head(connection, current).seq if current else 0
    if current is None:
        return
    here.bells.copy.ring()
    if not here.copy.wait_for(current.ordinal, seq, MOST_SECONDS):
        here.copy.tell(_NO_ANSWER)


def missing_entries(here: Installation) -> int:
    """Count the entries that are not on the second medium.

    Where this process does not write the copy itself, the file is read for it.
    """
    with here.db.read() as connection:
        return sum(
            journal.head(connection, one).seq - _copied(here, one)
            for one in journal.journals(connection)
        )


def _copied(here: Installation, one: Journal) -> int:
    if one.ordinal in here.copy.files or here.settings.second_copy is None:
        return here.copy.seq(one.ordinal)
    try:
        last = copy_file.copy_end(here.settings.second_copy / f"{one.id}{SUFFIX}").last
    except OSError:
        return 0
    return last.last if last else 0


def _append_next(here: Installation, folder: Path) -> bool:
    with here.db.read() as connection:
        for one in journal.journals(connection):
            head = journal.head(connection, one)
            path = folder / f"{one.id}{SUFFIX}"
            if one.ordinal not in here.copy.files:
                _look_at(here, connection, one, path)
            after, size = here.copy.files[one.ordinal]
            if after >= head.seq:
                continue
            device = signer(here, connection) or _NOBODY
            segment = build_segment(connection, device, one, after, stamp(here.clock.now()))
            break
        else:
            return False
    size = copy_file.append(path, size, pack(segment))
    here.copy.remember(one.ordinal, read_header(segment[: segment.index(b"\n")]).last, size)
    return True


def _look_at(here: Installation, connection: Connection, one: Journal, path: Path) -> None:
    """Find where a copy ends; one that is not of this journal's history is kept aside."""
    end = copy_file.copy_end(path)
    last = end.last.last if end.last else 0
    if end.last is not None and not _is_ours(connection, one, last, end.last.head):
        path.replace(path.with_name(f"{one.id}-{last:06d}-{end.last.head.hex()[:8]}{SUFFIX}"))
        last, end = 0, copy_file.CopyEnd(None, 0)
    here.copy.remember(one.ordinal, last, end.size)


def _is_ours(connection: Connection, one: Journal, seq: int, head: bytes) -> bool:
    return (
        seq <= journal.head(connection, one).seq and journal.hash_at(connection, one, seq) == head
    )


def _trouble_with(here: Installation, folder: Path) -> Message | None:
    """Say why nothing may be written there: no medium, or none of its own."""
    if not folder.is_dir():
        return _NOT_THERE
    shared = folder.stat().st_dev == here.folder.path.stat().st_dev
    if shared and not here.settings.second_copy_shares_disk:
        # The mount point of a stick that was pulled lies on this machine's own disk.
        return _NOT_THERE
    return None
