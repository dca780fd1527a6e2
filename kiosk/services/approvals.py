"""Approval on the spot: what takes a coordinator, done at a cashier's screen.

The coordinator types her own PIN into the form and stays as little signed in as before.
Wrong PINs are counted and made to wait exactly as when signing in.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.domain.entries import Operator
from kiosk.domain.operators import NotAllowedError, StaffMember
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.sign_in import check_pin, staff
from kiosk.services.tills import operator_of


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approves, and the PIN as typed; both empty where nobody was asked."""

    operator_id: str = ""
    pin: str = ""


NOBODY_ASKED: Final = Approval()


def needs_approval(browser: Browser) -> bool:
    """Say whether who is signed in must ask somebody else."""
    return browser.operator is None or not browser.operator.approves


def approvers(here: Installation) -> list[StaffMember]:
    """List who may approve today."""
    return [person for person in staff(here) if person.approves]


def approve(here: Installation, browser: Browser, operator_id: str, pin: str) -> Operator:
    """Give the approver whose PIN this is.

    Raises NotAllowedError for somebody who may not approve, WrongPinError, MustWaitError.
    """
    found = next((person for person in approvers(here) if person.id == operator_id), None)
    if found is None:
        raise NotAllowedError
    check_pin(here, browser, operator_id, pin)
    return found.operator


def may_oversell(here: Installation, browser: Browser, typed: Approval) -> bool:
    """Say whether goods may be sold that are sold out: as who is signed in, or by a PIN typed.

    Raises what `approve` raises; not within a transaction, for wrong PINs are counted.
    """
    if typed.pin and needs_approval(browser):
        approve(here, browser, typed.operator_id, typed.pin)
        return True
    return browser.may_oversell


def approver_for(here: Installation, browser: Browser, typed: Approval) -> Operator:
    """Give who answers for it: an approver who is signed in, else the one whose PIN was typed.

    Raises NotSignedInError and what `approve` raises.
    """
    operator = operator_of(browser)
    if needs_approval(browser):
        return approve(here, browser, typed.operator_id, typed.pin)
    return operator
