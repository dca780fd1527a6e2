"""A stall's phone: its goods, a numbered order, and what became of it at the cashier's."""

from typing import Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.services import catalogue, phones
from kiosk.services.phones import PhoneOrder
from kiosk.services.queue import CODE
from kiosk.web import words
from kiosk.web.cart import view_of
from kiosk.web.context import browser, go, here, show
from kiosk.web.grid import lay_out
from kiosk.web.qr_codes import text_as_qr

blueprint = Blueprint("phone", __name__)

# After these a phone has nothing more to wait for.
OVER: Final = frozenset({"paid"})


@blueprint.get("/phone")
def page() -> Response:
    """GET /phone: the stall's goods and the order being written down."""
    stall = phones.stall_of(here(), browser())
    grid = catalogue.grid(here(), phones.as_till(stall), best_first=browser().best_first)
    return show(
        "till/phone/page.html",
        stall=stall,
        grid=lay_out(grid, best_first=browser().best_first),
        view=view_of(phones.phone_cart(here(), browser())),
        oob=False,
    )


@blueprint.post("/phone/join")
def join() -> AnyResponse:
    """POST /phone/join: add to the open order `called` by its number or name."""
    phones.join(here(), browser(), request.form.get("called", ""))
    return go(url_for("phone.page"))


@blueprint.post("/phone/send")
def send() -> AnyResponse:
    """POST /phone/send: leave the order to the cashier and show its number."""
    return go(url_for("phone.order", cart_id=phones.send(here(), browser())))


@blueprint.get("/phone/orders/<cart_id>")
def order(cart_id: str) -> Response:
    """GET /phone/orders/<cart_id>: the number, huge, with a code for the cashier's scanner."""
    found = phones.order(here(), cart_id)
    code = text_as_qr(f"{CODE}{found.number}")
    return show("till/phone/order.html", order=found, code=code, **_said(found))


@blueprint.get("/phone/orders/<cart_id>/state")
def state(cart_id: str) -> Response:
    """GET /phone/orders/<cart_id>/state?seen=…: what became of it, or 204 where that is shown."""
    found = phones.order(here(), cart_id)
    if request.args.get("seen") == found.state:
        return Response(status=204)
    return make_response(render_template("till/phone/_state.html", order=found, **_said(found)))


def _said(found: PhoneOrder) -> dict[str, object]:
    return {"said": words.PHONE_ORDERS[found.state], "is_over": found.state in OVER}
