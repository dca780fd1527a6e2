"""PINs given at the machine: after a restore without a network, and to whom forgot hers.

PINs come from the hub. A restored machine has none, so there the first is given to a
coordinator, at the machine itself and by nobody's leave; every other takes an approver. That
a PIN was given is in the journal, the PIN is not. The hub's next catalogue brings its own again.
"""

from dataclasses import dataclass

from kiosk.domain.entries import Operator
from kiosk.domain.operators import (
    APPROVER_PIN_DIGITS,
    CASHIER_PIN_DIGITS,
    NotAllowedError,
    StaffMember,
)
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.recording import record
from kiosk.services.sign_in import LONGEST_PIN, OperatorUnknownError, staff
from kiosk.storage import staff_secrets, tries


class PinUnfitError(KioskError):
    """A new PIN is too short, too long, or not of digits alone."""

    def __init__(self, least: int) -> None:
        super().__init__(
            N_("The PIN of this person has %(least)d to %(most)d digits, and nothing else."),
            least=least,
            most=LONGEST_PIN,
        )


class PinsDifferError(KioskError):
    """What was typed twice is not the same."""

    def __init__(self) -> None:
        super().__init__(N_("The two PINs are not the same. Type the new PIN twice."))


@dataclass(frozen=True, slots=True)
class NewPin:
    """A PIN for somebody, as typed twice."""

    operator_id: str
    pin: str
    again: str


def with_a_pin(here: Installation) -> set[str]:
    """Name the operators who have a PIN here; nobody right after a restore from a file."""
    with here.db.read() as connection:
        return set(staff_secrets.operators(connection))


def give_pin(
    here: Installation, browser: Browser, new: NewPin, approval: Approval, *, on_device: bool
) -> StaffMember:
    """Give somebody on the staff list a new PIN; whoever may allow it is in the journal.

    Raises OperatorUnknownError, NotAllowedError, PinUnfitError, PinsDifferError, and what
    `approver_for` raises.
    """
    from werkzeug.security import generate_password_hash  # noqa: PLC0415 - checking is enough to sell

    person = next((one for one in staff(here) if one.id == new.operator_id), None)
    if person is None:
        raise OperatorUnknownError
    least = APPROVER_PIN_DIGITS if person.approves else CASHIER_PIN_DIGITS
    if not (new.pin.isascii() and new.pin.isdigit() and least <= len(new.pin) <= LONGEST_PIN):
        raise PinUnfitError(least)
    if new.pin != new.again:
        raise PinsDifferError
    by = _allowed_by(here, browser, person, approval, on_device=on_device)
    with here.db.write() as connection:
        staff_secrets.keep(connection, person.id, generate_password_hash(new.pin))
        tries.clear_all(connection, person.id)
        body = {"what": "pin_given", "operator": person.id}
        record(here, connection, "catalogue_changed", body, by=by)
    return person


def _allowed_by(
    here: Installation,
    browser: Browser,
    person: StaffMember,
    approval: Approval,
    *,
    on_device: bool,
) -> Operator | None:
    """Give who allows it: None for the first PIN of a restored machine."""
    if not with_a_pin(here):
        if person.approves and on_device:
            return None
        raise NotAllowedError
    return approver_for(here, browser, approval)
