"""How long receipts have waited for one printer, by a clock that never jumps.

The wall clock of a till is set by hand, or by the network in the middle of a day, and would
make every receipt old at once. It is asked only for what happened while nobody looked: before
the first look of this process, and never for more than the time since the last one.
"""

from collections.abc import Mapping
from datetime import datetime

from kiosk.clock import Clock


class WaitingAges:
    """Looks at what waits, again and again, and remembers since when."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: dict[int, float] = {}
        self._looked_at: float | None = None

    def look(self, waiting: Mapping[int, str]) -> None:
        """Take notice of the jobs that wait now, with the stamp of each one's beginning."""
        now = self._clock.monotonic()
        self._since = {
            job: self._since.get(job, now - self._unseen_seconds(queued_at, now))
            for job, queued_at in waiting.items()
        }
        self._looked_at = now

    def older_than(self, seconds: float) -> list[int]:
        """List the jobs that have waited longer, of those seen at the last look."""
        now = self._clock.monotonic()
        return [job for job, since in self._since.items() if now - since > seconds]

    def _unseen_seconds(self, queued_at: str, now: float) -> float:
        """Say how long a job seen for the first time may have waited already."""
        waited = (self._clock.now() - datetime.fromisoformat(queued_at)).total_seconds()
        most = float("inf") if self._looked_at is None else now - self._looked_at
        return min(max(0.0, waited), most)
