"""Giving PINs at the machine: the first after a restore, and a new one to whom forgot hers."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import KioskError
from kiosk.services.pins import NewPin, give_pin, with_a_pin
from kiosk.services.sign_in import staff
from kiosk.web import words
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, is_on_device, show

blueprint = Blueprint("pins", __name__)


@blueprint.get("/pins")
def page() -> Response:
    """GET /pins: who has a PIN here, and a new one for somebody."""
    known = with_a_pin(here())
    people = [
        (person, _(words.ROLES[person.role]), person.id in known)
        for person in staff(here())
        if known or person.approves
    ]
    facts = approval_facts(here(), browser()) if known else {"needs_approval": False, "people": []}
    facts["approvers"] = facts.pop("people")
    return show(
        "till/pins/page.html",
        staff=people,
        is_first=not known,
        on_device=is_on_device(),
        given=request.args.get("given", ""),
        **facts,
    )


@blueprint.post("/pins")
def give() -> AnyResponse:
    """POST /pins: give `person` the PIN `new`, typed again in `again`."""
    form = request.form
    new = NewPin(form.get("person", ""), form.get("new", ""), form.get("again", ""))
    first = not with_a_pin(here())
    try:
        person = give_pin(here(), browser(), new, read_approval(form), on_device=is_on_device())
    except KioskError as error:
        return refuse_pin(error, url_for("pins.page"))
    return go(url_for("selling.page") if first else url_for("pins.page", given=person.name))
