"""Signing in with a PIN: one slow check at a time, every wrong one counted before the answer."""

import threading
from typing import Final

from werkzeug.security import check_password_hash

from kiosk.domain.operators import StaffMember
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.tries import check_wait, count_wrong
from kiosk.storage import browsers, catalogue, staff_secrets, tries

# scrypt takes 32 MB and a core; on a tablet two at once would be felt at every till.
_ONE_AT_A_TIME: Final = threading.Lock()
LONGEST_PIN: Final = 12


class WrongPinError(KioskError):
    """The PIN is not this operator's; `wait_seconds` until the next try (0 at first)."""

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        message = (
            N_("This PIN is wrong. Wait %(seconds)d seconds, then try once more.")
            if wait_seconds
            else N_("This PIN is wrong. Try once more.")
        )
        super().__init__(message, seconds=wait_seconds)


class OperatorUnknownError(KioskError):
    """Nobody of this name is on today's staff list."""

    def __init__(self) -> None:
        super().__init__(N_("This person is not on today's staff list. Choose a name from it."))


class OtherStallsPhoneError(KioskError):
    """A vendor would write orders down on the phone of another's stall."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            N_("This is another stall's phone. Sign in on your own, or ask the coordinator.")
        )


def may_sign_in(here: Installation, browser: Browser) -> list[StaffMember]:
    """List who may sign in at a browser: at a stall's phone no vendor of another stall."""
    return [one for one in staff(here) if browser.stall is None or one.writes_for(browser.stall)]


def staff(here: Installation) -> list[StaffMember]:
    """List who may sign in."""
    with here.db.read() as connection:
        return catalogue.staff(connection)


def sign_in(here: Installation, browser: Browser, operator_id: str, pin: str) -> Browser:
    """Sign an operator in at a browser; raises OtherStallsPhoneError and as `check_pin` does."""
    allowed = {person.id for person in may_sign_in(here, browser)}
    if operator_id not in allowed and operator_id in {person.id for person in staff(here)}:
        raise OtherStallsPhoneError
    check_pin(here, browser, operator_id, pin)
    with here.db.write() as connection:
        browsers.change(connection, browser.id, {"operator": operator_id})
        signed_in = browsers.browser(connection, browser.id)
    if signed_in is None:
        raise LookupError("a browser vanished while it was signed in")
    return signed_in


def check_pin(here: Installation, browser: Browser, operator_id: str, pin: str) -> None:
    """Hold a PIN against an operator's; raises WrongPinError, MustWaitError, OperatorUnknownError.

    Wrong tries are counted per operator and browser and committed before the answer.
    """
    with _ONE_AT_A_TIME:
        with here.db.read() as connection:
            check_wait(here, connection, operator_id, browser.id)
            known = {person.id for person in catalogue.staff(connection)}
            pin_hash = staff_secrets.pin_hash(connection, operator_id)
        if operator_id not in known:
            raise OperatorUnknownError
        right = (
            bool(pin_hash) and len(pin) <= LONGEST_PIN and check_password_hash(pin_hash or "", pin)
        )
        with here.db.write() as connection:
            if right:
                tries.clear(connection, operator_id, browser.id)
            else:
                wait_seconds = count_wrong(here, connection, operator_id, browser.id)
    if not right:
        raise WrongPinError(wait_seconds)


def sign_out(here: Installation, browser: Browser) -> None:
    """Sign out; carts and shift stay as they are."""
    with here.db.write() as connection:
        browsers.change(connection, browser.id, {"operator": None})
