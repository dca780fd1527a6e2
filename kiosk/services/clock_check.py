"""Whether this machine's clock can be right: held against the hub's, and against the journal.

A wrong clock stops nothing: entries keep their order, and sales their event, whatever it
says. But receipts and reports carry it, so it is said.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kiosk.domain.entries import EntryNotReadableError
from kiosk.services.hub_time import SHOWN_FROM_SECONDS
from kiosk.services.installation import Installation
from kiosk.storage import journal, uploads
from kiosk.storage.database import Connection

OLDEST_CREDIBLE_YEAR: Final = 2025


@dataclass(frozen=True, slots=True)
class ClockCheck:
    """What the clock says, what it should say as far as that is known, and whether it holds."""

    now: datetime
    at_hub: datetime | None
    last_entry: datetime | None

    @property
    def is_right(self) -> bool:
        """Whether nothing speaks against it; the hub's word comes before the journal's."""
        if self.now.year < OLDEST_CREDIBLE_YEAR:
            return False
        most = timedelta(seconds=SHOWN_FROM_SECONDS)
        if self.at_hub is not None:
            return abs(self.now - self.at_hub) <= most
        return self.last_entry is None or self.last_entry <= self.now + most


def check_clock(here: Installation) -> ClockCheck:
    """Hold the clock against the hub's last answer and the last entry."""
    now = here.clock.now()
    ahead = here.hub_time.ahead_seconds(here.clock)
    with here.db.read() as connection:
        row = uploads.enrolment(connection)
        last_entry = _last_entry(connection)
    if ahead is None and row and abs(row.clock_skew_seconds or 0) > SHOWN_FROM_SECONDS:
        ahead = row.clock_skew_seconds
    at_hub = None if ahead is None else now - timedelta(seconds=ahead)
    return ClockCheck(now, at_hub, last_entry)


def _last_entry(connection: Connection) -> datetime | None:
    current = journal.current(connection)
    end = journal.head(connection, current).seq if current else 0
    if current is None or not end:
        return None
    try:
        found = datetime.fromisoformat(journal.read_at(connection, current.ordinal, end).at)
    except (EntryNotReadableError, ValueError):
        return None
    return found if found.tzinfo else None
