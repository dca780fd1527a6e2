"""Wrong PINs and codes: each further one waits longer, also over a restart."""

from datetime import datetime, timedelta

from kiosk.clock import stamp_utc
from kiosk.domain.operators import wait_after
from kiosk.errors import N_, KioskError
from kiosk.services.installation import Installation
from kiosk.storage import tries
from kiosk.storage.database import Connection


class MustWaitError(KioskError):
    """Too many wrong tries: the next one has to wait."""

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__(
            N_("Too many wrong tries. Wait %(seconds)d seconds, then try once more."),
            seconds=wait_seconds,
        )


def check_wait(here: Installation, connection: Connection, subject: str, source: str) -> None:
    """Refuse a try that comes too early; raises MustWaitError."""
    wait_until = tries.tries(connection, subject, source).wait_until
    now = here.clock.now()
    if wait_until > stamp_utc(now):
        rest = datetime.fromisoformat(wait_until) - now
        raise MustWaitError(1 + int(rest.total_seconds()))


def count_wrong(here: Installation, connection: Connection, subject: str, source: str) -> int:
    """Count one more wrong try; gives the seconds until the next may come (0 at first)."""
    wrong = tries.tries(connection, subject, source).wrong + 1
    seconds = wait_after(wrong)
    wait_until = stamp_utc(here.clock.now() + timedelta(seconds=seconds)) if seconds else ""
    tries.keep(connection, subject, source, tries.Tries(wrong, wait_until))
    return seconds
