"""The upload's loop: sends what waits, and looks for a new bundle now and then."""

import structlog

from kiosk.errors import KioskError, WorldError
from kiosk.services.enrolment import refresh_bundle
from kiosk.services.installation import Installation
from kiosk.services.uploads import upload_step
from kiosk.workers.loop import Loop

IDLE_SECONDS = 2.0
BUNDLE_EVERY_SECONDS = 60.0

_log = structlog.get_logger("upload")


class Uploader:
    """One step: a segment if one is due, else the bundle if it is time."""

    def __init__(self, here: Installation) -> None:
        self._here = here
        self._bundle_due_at = 0.0

    def step(self) -> bool:
        """Do one thing; a hub that cannot be reached is no fault of the loop."""
        if upload_step(self._here):
            return True
        now = self._here.clock.monotonic()
        if now < self._bundle_due_at:
            return False
        self._bundle_due_at = now + BUNDLE_EVERY_SECONDS
        try:
            if refresh_bundle(self._here):
                _log.info("new catalogue taken")
        except (KioskError, WorldError) as error:
            _log.info("catalogue not refreshed", fact=str(error))
        return False


def upload_loop(here: Installation) -> Loop:
    """Make the loop; it is not started."""
    return Loop("upload", Uploader(here).step, here.bells.upload, IDLE_SECONDS)
