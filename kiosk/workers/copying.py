"""The second copy's loop: writes what happened to the other medium as soon as it happened."""

from typing import Final

from kiosk.services.installation import Installation
from kiosk.services.second_copy import copy_step
from kiosk.workers.loop import Loop

# How often a missing medium is looked for.
IDLE_SECONDS: Final = 2.0


def copy_loop(here: Installation) -> Loop:
    """Make the loop; it is not started."""
    return Loop("second copy", lambda: copy_step(here), here.bells.copy, IDLE_SECONDS)
