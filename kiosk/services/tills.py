"""The tills of an installation, and who has which open."""

from dataclasses import dataclass

from kiosk.domain.catalogue import Till
from kiosk.domain.entries import Operator
from kiosk.domain.shifts import NoOpenShiftError, Shift
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.storage import catalogue, shifts
from kiosk.storage.database import Connection


class NotSignedInError(KioskError):
    """What was asked for takes somebody signed in."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("Nobody is signed in here. Sign in with your PIN first."))


class NoTillError(KioskError):
    """The browser has not been set to a till."""

    def __init__(self) -> None:
        super().__init__(N_("This screen has no till yet. Choose one first."))


@dataclass(frozen=True, slots=True)
class TillView:
    """A till and its open shift, if any."""

    till: Till
    shift: Shift | None


def tills(here: Installation) -> list[TillView]:
    """List the installation's tills."""
    with here.db.read() as connection:
        return [
            TillView(till, shifts.open_shift(connection, till.id))
            for till in catalogue.tills(connection)
        ]


def till_at(here: Installation, browser: Browser) -> Till:
    """Give the till a browser is set to; raises NoTillError."""
    with here.db.read() as connection:
        return till_of(connection, browser)


def till_of(connection: Connection, browser: Browser) -> Till:
    """Give the till a browser is set to; raises NoTillError."""
    found = next((till for till in catalogue.tills(connection) if till.id == browser.till), None)
    if found is None:
        raise NoTillError
    return found


def operator_of(browser: Browser) -> Operator:
    """Give who is signed in at a browser; raises NotSignedInError."""
    if browser.operator is None:
        raise NotSignedInError
    return browser.operator.operator


def shift_of(connection: Connection, till: Till) -> Shift:
    """Give a till's open shift; raises NoOpenShiftError."""
    found = shifts.open_shift(connection, till.id)
    if found is None:
        raise NoOpenShiftError(till.name)
    return found
