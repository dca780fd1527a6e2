"""Change that a buyer leaves, on screen: offered after paying, undone by a coordinator."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import sales, tips
from kiosk.services.sign_in import WrongPinError
from kiosk.services.tips import TipForm, TipUnknownError
from kiosk.services.tries import MustWaitError
from kiosk.web.approval import approval_facts, read_approval, refuse_pin
from kiosk.web.context import browser, go, here, show
from kiosk.web.receipt import paid_facts
from kiosk.webtools.pages import respond, wants_fragment

blueprint = Blueprint("tip", __name__)


@blueprint.get("/sales/<sale_id>/tip")
def form(sale_id: str) -> Response:
    """GET /sales/<sale_id>/tip: ask for what, and how much of the change, is left."""
    facts = {"sale": sales.sale(here(), sale_id), "change": tips.leavable(here(), sale_id)}
    return respond("till/tip/page.html", "till/tip/_form.html", facts)


@blueprint.post("/sales/<sale_id>/tip")
def leave(sale_id: str) -> AnyResponse:
    """POST /sales/<sale_id>/tip: keep `amount` of the change for `reason`; `id` is the entry's."""
    typed = TipForm(request.form.get("reason", ""), request.form.get("amount", ""))
    tips.leave_change(here(), browser(), sale_id, typed, request.form.get("id", ""))
    if not wants_fragment():
        return go(url_for("sale.page", sale_id=sale_id))
    facts = paid_facts(sales.sale(here(), sale_id))
    return make_response(render_template("till/tip/_left.html", **facts))


@blueprint.get("/sales/<sale_id>/tips/<tip_id>/undo")
def undo_page(sale_id: str, tip_id: str) -> Response:
    """GET /sales/<sale_id>/tips/<tip_id>/undo: ask for the coordinator's PIN that undoing takes."""
    view = sales.sale(here(), sale_id)
    tip = next((one for one in view.tips if one.entry == tip_id), None)
    if tip is None:
        raise TipUnknownError
    return show("till/tip/undo.html", sale=view, tip=tip, **approval_facts(here(), browser()))


@blueprint.post("/sales/<sale_id>/tips/<tip_id>/undo")
def undo(sale_id: str, tip_id: str) -> AnyResponse:
    """POST /sales/<sale_id>/tips/<tip_id>/undo: take the money out again; takes a coordinator."""
    try:
        tips.undo_tip(here(), browser(), sale_id, tip_id, read_approval(request.form))
    except (WrongPinError, MustWaitError) as error:
        return refuse_pin(error, request.path)
    return go(url_for("sale.page", sale_id=sale_id))
