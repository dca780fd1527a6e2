"""Approval on screen: a coordinator's name and PIN as part of another form."""

from collections.abc import Mapping
from typing import Any

from flask import Response
from flask_babel import gettext as _

from kiosk.errors import KioskError
from kiosk.services.approvals import Approval, approvers, needs_approval
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.sign_in import WrongPinError
from kiosk.services.tries import MustWaitError
from kiosk.web import words
from kiosk.webtools.i18n import say
from kiosk.webtools.pages import IN_PLACE, PAGE, respond, show_message


def approval_facts(here: Installation, browser: Browser) -> dict[str, Any]:
    """Give what `till/sale/_approval.html` shows: nobody where none is needed."""
    needed = needs_approval(browser)
    people = approvers(here) if needed else []
    return {
        "needs_approval": needed,
        "people": [(person, _(words.ROLES[person.role])) for person in people],
    }


def read_approval(form: Mapping[str, str]) -> Approval:
    """Read who approves and the PIN typed."""
    return Approval(form.get("operator", ""), form.get("pin", ""))


def refuse_pin(error: KioskError, way_on: str) -> Response:
    """Answer an error in place; a wrong PIN with the seconds for the page to count down."""
    if not isinstance(error, WrongPinError | MustWaitError):
        return show_message(say(error), status=error.status, way_on=way_on)
    return respond(
        PAGE,
        "till/sign_in/_refusal.html",
        {"sentence": say(error), "seconds": error.wait_seconds, "way_on": way_on},
        status=422,
        headers=IN_PLACE,
    )
