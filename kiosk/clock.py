"""Time and chance: the only place that asks the machine for either.

Instants are aware and in WIB (UTC+7, no daylight saving), because that is what a bazaar
in Jakarta writes on its paper; ids carry the same instant.
"""

import os
import time
from datetime import UTC, datetime, timedelta, timezone
from typing import Final, Protocol

from kiosk.domain.ids import RANDOM_BYTES, uuid7

# A tablet that sleeps waits too: where the system has it, a clock that counts that time.
_WAITING: Final[int] = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
WIB: Final = timezone(timedelta(hours=7), "WIB")


class Clock(Protocol):
    """What services ask for the time, for waiting times, and for ids."""

    def now(self) -> datetime:
        """Give the instant, aware, in WIB."""

    def monotonic(self) -> float:
        """Give seconds that never go back, for waiting times alone."""

    def new_id(self) -> str:
        """Make a UUIDv7."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Give the instant, aware, in WIB."""
        return datetime.now(WIB)

    def monotonic(self) -> float:
        """Give seconds that never go back, for waiting times alone."""
        return time.clock_gettime(_WAITING)

    def new_id(self) -> str:
        """Make a UUIDv7 of this millisecond."""
        return uuid7(time.time_ns() // 1_000_000, os.urandom(RANDOM_BYTES))


def stamp(instant: datetime) -> str:
    """Write an instant as entries do: ISO 8601, WIB, milliseconds."""
    return instant.astimezone(WIB).isoformat(timespec="milliseconds")


def stamp_utc(instant: datetime) -> str:
    """Write an instant in UTC, so that texts sort as instants do."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")
