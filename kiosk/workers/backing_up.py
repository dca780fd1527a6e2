"""The backups' loop: makes one when it is due, when a shift closed, and when asked."""

from typing import Final

from kiosk.services.backup_plan import BackupRounds
from kiosk.services.installation import Installation
from kiosk.workers.loop import Loop

IDLE_SECONDS: Final = 15.0


def backup_loop(here: Installation) -> Loop:
    """Make the loop; it is not started."""
    return Loop("backups", BackupRounds(here).step, here.bells.backup, IDLE_SECONDS)
