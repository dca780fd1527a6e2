"""The chain watch: every journal is walked once after a start, a page at a time.

What was changed while the till was off is found so, also where it was sent long ago. What
is new is held against its chain before it is sent (`uploads`).
"""

from itertools import islice
from typing import Final

from kiosk.domain.entries import find_fault, first_prev
from kiosk.services.forking import BROKEN, Cut, fork
from kiosk.services.installation import Installation
from kiosk.storage import forks, journal
from kiosk.storage.database import Connection
from kiosk.storage.journal import Journal

# Short enough that nobody who pays waits for it.
PAGE_ENTRIES: Final = 1_000


class ChainWatch:
    """Where the walk of this process is: the last position that held, and its hash."""

    def __init__(self, here: Installation) -> None:
        self._here = here
        self._held: dict[int, tuple[int, bytes]] = {}
        self._ends: dict[int, int] | None = None

    def step(self) -> bool:
        """Walk one page; says whether there was one. A journal that does not hold is left."""
        with self._here.db.read() as connection:
            if self._ends is None:
                self._ends = _ends(connection)
            one = next(
                (found for found in journal.journals(connection) if self._is_due(found)), None
            )
            if one is None:
                return False
            after, prev = self._held.get(one.ordinal, (0, first_prev(one.id)))
            rows = journal.sealed_entries(connection, one.ordinal, after)
            page = list(islice(rows, min(PAGE_ENTRIES, self._ends[one.ordinal] - after)))
        fault = find_fault(one.id, page, (after, prev))
        if fault:
            fork(self._here, Cut(one, fault.seq - 1, BROKEN, fault.seq))
        if fault or not page:
            self._ends[one.ordinal] = 0
        else:
            self._held[one.ordinal] = (page[-1].seq, page[-1].hash)
        return True

    def _is_due(self, one: Journal) -> bool:
        held = self._held.get(one.ordinal, (0, b""))[0]
        return self._ends is not None and held < self._ends.get(one.ordinal, 0)


def _ends(connection: Connection) -> dict[int, int]:
    """Say how far each journal is to be walked: as it stood at the start."""
    return {
        one.ordinal: forks.end_to_send(connection, one)
        for one in journal.journals(connection)
        if not one.training
    }
