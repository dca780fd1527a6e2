"""Signing in and out: a name, then a PIN."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import sign_in as service
from kiosk.services.pins import with_a_pin
from kiosk.services.sign_in import WrongPinError
from kiosk.services.tries import MustWaitError
from kiosk.web import words
from kiosk.web.approval import refuse_pin
from kiosk.web.context import browser, go, here, show

blueprint = Blueprint("sign_in", __name__)


@blueprint.get("/sign-in")
def page() -> Response:
    """GET /sign-in: show everybody who may sign in here as a button, and the PIN pad."""
    people = [
        (person, _(words.ROLES[person.role])) for person in service.may_sign_in(here(), browser())
    ]
    has_pins = bool(with_a_pin(here()))
    return show("till/sign_in/page.html", people=people, has_pins=has_pins)


@blueprint.post("/sign-in")
def sign_in() -> AnyResponse:
    """POST /sign-in: sign `operator` in with `pin`; a wrong one says how long to wait."""
    form = request.form
    try:
        service.sign_in(here(), browser(), form.get("operator", ""), form.get("pin", ""))
    except (WrongPinError, MustWaitError) as error:
        return refuse_pin(error, url_for("sign_in.page"))
    return go(url_for("selling.page"))


@blueprint.post("/sign-out")
def sign_out() -> AnyResponse:
    """POST /sign-out: sign out; carts and shift stay as they are."""
    service.sign_out(here(), browser())
    return go(url_for("sign_in.page"))
