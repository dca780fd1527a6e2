"""One printer's set-up on screen: its test page, what is seen on it, and taking it away."""

from collections.abc import Callable

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from kiosk.errors import KioskError
from kiosk.services import printer_removal, printer_setup, printers
from kiosk.services.printer_setup import SeenOnPaper
from kiosk.web import words
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, show
from kiosk.webtools.application import row_number
from kiosk.webtools.pages import show_message, wants_fragment

blueprint = Blueprint("printer_setup", __name__)


@blueprint.get("/printers/<int:printer_id>/setup")
def page(printer_id: int) -> Response:
    """GET /printers/<id>/setup: print the test page, then say what is on the paper."""
    view = printers.printer(here(), printer_id)
    return show(
        "till/printer/setup.html",
        printer=view,
        state=words.of_printer(view.state),
        **approval_facts(here(), browser()),
    )


@blueprint.post("/printers/<int:printer_id>/setup")
def fit(printer_id: int) -> AnyResponse:
    """POST /printers/<id>/setup: give it the kind that was seen; takes a coordinator."""
    form = request.form
    seen = SeenOnPaper(
        columns=form.get("columns", ""),
        code_page=form.get("code_page", ""),
        qr=form.get("qr", ""),
        cut=form.get("cut", ""),
        drawer=form.get("drawer", ""),
    )
    approval = read_approval(form)
    return _done(
        printer_id, lambda: printer_setup.fit(here(), browser(), printer_id, seen, approval)
    )


@blueprint.post("/printers/<int:printer_id>/try-drawer")
def try_drawer(printer_id: int) -> AnyResponse:
    """POST /printers/<id>/try-drawer: kick the drawer once; takes a coordinator."""
    approval = read_approval(request.form)
    back = url_for("printer_setup.page", printer_id=printer_id)
    try:
        printer_setup.try_drawer(here(), browser(), printer_id, approval)
    except KioskError as error:
        return refuse_pin(error, back)
    if not wants_fragment():
        return go(back)
    # What was answered about the paper so far stays as it is.
    return show_message(_("The drawer was asked to open. Say below whether it did."), status=200)


@blueprint.get("/printers/<int:printer_id>/remove")
def removal_page(printer_id: int) -> Response:
    """GET /printers/<id>/remove: send its waiting jobs elsewhere, or take it away."""
    others = [one for one in printers.all_printers(here()) if one.id != printer_id]
    return show(
        "till/printer/remove.html",
        printer=printers.printer(here(), printer_id),
        others=others,
        **approval_facts(here(), browser()),
    )


@blueprint.post("/printers/<int:printer_id>/reroute")
def reroute(printer_id: int) -> AnyResponse:
    """POST /printers/<id>/reroute: send what surely waits to the printer `other`."""
    other = request.form.get("other", 0, type=row_number)
    approval = read_approval(request.form)
    return _done(
        printer_id,
        lambda: printer_removal.reroute(here(), browser(), printer_id, other, approval),
    )


@blueprint.post("/printers/<int:printer_id>/remove")
def remove(printer_id: int) -> AnyResponse:
    """POST /printers/<id>/remove: take it away; `waiting` says what becomes of its jobs."""
    waiting = request.form.get("waiting", "")
    approval = read_approval(request.form)
    return _done(
        printer_id,
        lambda: printer_removal.remove_printer(here(), browser(), printer_id, waiting, approval),
        then=url_for("printer.list_page"),
    )


def _done(printer_id: int, do: Callable[[], object], then: str | None = None) -> AnyResponse:
    """Do it and go on, or say in place why not."""
    page_of = url_for("printer.page", printer_id=printer_id)
    try:
        do()
    except KioskError as error:
        return refuse_pin(error, page_of)
    return go(then or page_of)
