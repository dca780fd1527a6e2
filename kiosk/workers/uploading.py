"""The upload's loop: sends what waits, watches the chain, and asks the hub for news."""

from kiosk.errors import KioskError, WorldError
from kiosk.log import log_named
from kiosk.services.catalogue_news import refresh_bundle
from kiosk.services.chain_watch import ChainWatch
from kiosk.services.conferring import confer
from kiosk.services.enrolment import hub_client
from kiosk.services.installation import Installation
from kiosk.services.uploads import upload_step
from kiosk.storage.database import UNREADABLE, DatabaseError
from kiosk.storage.looking import is_damage
from kiosk.workers.loop import Loop

IDLE_SECONDS = 2.0
NEWS_EVERY_SECONDS = 60.0

_log = log_named("upload")


class Uploader:
    """One step: a segment if one is due, else a page of the watch, else news from the hub."""

    def __init__(self, here: Installation) -> None:
        self._here = here
        self._watch = ChainWatch(here)
        self._asked: set[int] = set()
        self._news_due_at = 0.0

    def step(self) -> bool:
        """Do one thing; neither a hub out of reach nor a damaged file ends the loop."""
        try:
            if upload_step(self._here):
                return True
            # One page each time the loop looks: nobody who pays is to notice.
            self._watch.step()
        except (DatabaseError, *UNREADABLE) as error:
            if not is_damage(error):
                _log.info("not sent: the disk does not take it", fact=str(error))
            elif self._here.damage.tell(str(error)):
                _log.warning("the file is damaged; run kiosk doctor", fact=str(error))
            return False
        now = self._here.clock.monotonic()
        if now >= self._news_due_at:
            self._news_due_at = now + NEWS_EVERY_SECONDS
            self._ask_for_news()
        return False

    def _ask_for_news(self) -> None:
        """Ask for a new bundle, and once where the hub stands in every journal."""
        try:
            if refresh_bundle(self._here):
                _log.info("new catalogue taken")
            client = hub_client(self._here)
            while client and confer(self._here, client, self._asked):
                pass
        except (KioskError, WorldError) as error:
            _log.info("no news from the hub", fact=str(error))


def upload_loop(here: Installation) -> Loop:
    """Make the loop; it is not started."""
    return Loop("upload", Uploader(here).step, here.bells.upload, IDLE_SECONDS)
