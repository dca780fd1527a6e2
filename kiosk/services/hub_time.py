"""What time it is at the hub, and how far this machine's clock is from it.

Counted from the hub's last answer by a clock that no hand moves, so a clock that jumps is
noticed at once. Times are shown with it; nothing is ordered or refused by them.
"""

import threading
from datetime import datetime, timedelta
from typing import Final

from kiosk.clock import Clock

# An answer's own time has whole seconds, and was some time on its way.
SHOWN_FROM_SECONDS: Final = 60


class HubTime:
    """The hub's last word about the time; empty until it has answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: tuple[datetime, float] | None = None

    def hear(self, clock: Clock, at_hub: datetime) -> int:
        """Keep what time it is at the hub; gives the seconds this machine is ahead of it."""
        with self._lock:
            self._heard = (at_hub, clock.monotonic())
        return round((clock.now() - at_hub).total_seconds())

    def ahead_seconds(self, clock: Clock) -> int | None:
        """Give the seconds this machine's clock is ahead now, None before the first answer."""
        with self._lock:
            heard = self._heard
        if heard is None:
            return None
        at_hub = heard[0] + timedelta(seconds=clock.monotonic() - heard[1])
        return round((clock.now() - at_hub).total_seconds())
