"""Browsers: pairing one with this installation, and what it is set to.

A browser on the device itself needs no code. Any other is paired once, with a code that
somebody signed in reads out from a paired one.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from kiosk.clock import stamp, stamp_utc
from kiosk.errors import N_, KioskError
from kiosk.services.installation import Installation
from kiosk.services.tries import check_wait, count_wrong
from kiosk.storage import browsers, catalogue, tries
from kiosk.storage.browsers import Browser

__all__ = ["Browser"]

CODE_MINUTES: Final = 10
# What a browser may look and sound like, by the name of the choice.
_SWITCH: Final = ("0", "1")
LOOKS: Final = {
    "theme": ("auto", "light", "dark", "sun"),
    "text_size": ("normal", "large", "huge"),
    "sounds": _SWITCH,
    "best_first": _SWITCH,
}


class PairingCodeError(KioskError):
    """A pairing code that is wrong, used, or too old."""

    def __init__(self) -> None:
        super().__init__(N_("This code is wrong or too old. Ask at the main screen for a new one."))


class TillUnknownError(KioskError):
    """A form names a till that this installation does not have."""

    def __init__(self, till: str) -> None:
        super().__init__(
            N_("There is no till “%(till)s” here. Choose one from the list."), till=till[:20]
        )


def recognise(here: Installation, browser_id: str | None) -> Browser | None:
    """Give the paired browser of a session, or None."""
    if not browser_id:
        return None
    with here.db.read() as connection:
        return browsers.browser(connection, browser_id)


def pair_local(here: Installation) -> Browser:
    """Pair a browser on the device itself; where there is one till only, it gets that."""
    with here.db.write() as connection:
        browser_id = here.clock.new_id()
        browsers.add(connection, browser_id, stamp(here.clock.now()))
        tills = catalogue.tills(connection)
        if len(tills) == 1:
            browsers.change(connection, browser_id, {"till": tills[0].id})
        return _browser(connection, browser_id)


def pairing_code(here: Installation) -> str:
    """Make a code of six digits that pairs one browser within ten minutes."""
    code = f"{secrets.randbelow(10**6):06d}"
    now = here.clock.now()
    with here.db.write() as connection:
        browsers.keep_pairing_code(
            connection, code, stamp_utc(now), stamp_utc(now + timedelta(minutes=CODE_MINUTES))
        )
    return code


def pair(here: Installation, code: str, source: str) -> Browser:
    """Pair another browser; `source` is its address, by which wrong codes are counted.

    Raises PairingCodeError, MustWaitError.
    """
    with here.db.write() as connection:
        check_wait(here, connection, "pairing", source)
        right = browsers.use_pairing_code(
            connection, code.replace(" ", ""), stamp_utc(here.clock.now())
        )
        if right:
            tries.clear(connection, "pairing", source)
            browser_id = here.clock.new_id()
            browsers.add(connection, browser_id, stamp(here.clock.now()))
            return _browser(connection, browser_id)
        count_wrong(here, connection, "pairing", source)
    raise PairingCodeError


def assign_till(here: Installation, browser: Browser, till_id: str) -> Browser:
    """Set a browser to a till; its cart stays behind at the old one, open.

    Raises TillUnknownError.
    """
    with here.db.write() as connection:
        if till_id not in {till.id for till in catalogue.tills(connection)}:
            raise TillUnknownError(till_id)
        browsers.change(connection, browser.id, {"till": till_id, "stall": None, "cart": None})
        return _browser(connection, browser.id)


def set_looks(here: Installation, browser: Browser, wanted: Mapping[str, str]) -> Browser:
    """Set looks and sounds of one browser; an unknown choice leaves it as it is."""
    chosen: dict[str, str | int] = {
        name: int(wanted[name]) if choices == _SWITCH else wanted[name]
        for name, choices in LOOKS.items()
        if wanted.get(name) in choices
    }
    with here.db.write() as connection:
        if chosen:
            browsers.change(connection, browser.id, chosen)
        return _browser(connection, browser.id)


def _browser(connection: object, browser_id: str) -> Browser:
    found = browsers.browser(connection, browser_id)
    if found is None:
        raise LookupError("a browser vanished within its own transaction")
    return found
