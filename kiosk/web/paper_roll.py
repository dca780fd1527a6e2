"""The roll in a printer on screen: how much is left, and what people say of it."""

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import paper_meter
from kiosk.web.context import browser, go, here

blueprint = Blueprint("paper_roll", __name__)


@blueprint.post("/printers/<int:printer_id>/roll")
def put_in(printer_id: int) -> AnyResponse:
    """POST /printers/<id>/roll: a new roll is in."""
    paper_meter.new_roll(here(), browser(), printer_id)
    return go(url_for("printer.page", printer_id=printer_id))


@blueprint.post("/printers/<int:printer_id>/roll/undo")
def take_back(printer_id: int) -> AnyResponse:
    """POST /printers/<id>/roll/undo: it is the old roll after all."""
    paper_meter.old_roll_after_all(here(), browser(), printer_id)
    return go(url_for("printer.page", printer_id=printer_id))


@blueprint.post("/printers/<int:printer_id>/roll/length")
def length(printer_id: int) -> AnyResponse:
    """POST /printers/<id>/roll/length: its rolls are `metres` long."""
    paper_meter.set_roll_length(here(), browser(), printer_id, request.form.get("metres", ""))
    return go(url_for("printer.page", printer_id=printer_id))
