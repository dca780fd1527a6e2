"""Paying: the panel that slides over the grid, one payment at a time.

Every form carries the cart in its address and its place in the split, so pressing twice
answers with the same sale.
"""

from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.methods import MethodUnknownError
from kiosk.domain.money import parse_rupiah
from kiosk.domain.payments import PaymentTooLargeError
from kiosk.services import paying, sales
from kiosk.services.paying import Due, PaymentForm, QrisChoice
from kiosk.web import words
from kiosk.web.cart import view_without_cart
from kiosk.web.context import browser, go, here
from kiosk.web.pay_panel import PayPanel
from kiosk.web.receipt import paid_facts
from kiosk.web.selling import show_selling
from kiosk.webtools.pages import wants_fragment

blueprint = Blueprint("payment", __name__)

SPLIT: Final = "split"


@blueprint.get("/carts/<cart_id>/pay")
def panel(cart_id: str) -> AnyResponse:
    """GET /carts/<cart_id>/pay?method=…&amount=…&payee=…: the panel for one way to pay."""
    return _show(_panel(paying.due(here(), cart_id)))


@blueprint.post("/carts/<cart_id>/payments")
def pay(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/payments: take one payment; paid in full, it is a sale."""
    form = request.form
    answer = paying.pay(
        here(),
        browser(),
        cart_id,
        PaymentForm(
            method=form.get("method", ""),
            amount=form.get("amount", ""),
            tendered=form.get("tendered", ""),
            payee=form.get("payee", ""),
            reference=form.get("reference", ""),
            place=form.get("place", ""),
        ),
    )
    if answer.sale_id is None:
        return _show(_split(answer.due or paying.due(here(), cart_id)))
    if not wants_fragment():
        return go(url_for("receipt.paid", sale_id=answer.sale_id))
    return _paid(answer.sale_id)


@blueprint.post("/carts/<cart_id>/payments/<int:place>/take-back")
def take_back(cart_id: str, place: int) -> AnyResponse:
    """POST /carts/<cart_id>/payments/<place>/take-back: hand a part of a split back."""
    return _show(_split(paying.take_back(here(), cart_id, place)))


def _panel(due: Due) -> PayPanel:
    """Read what the address asks for; raises KioskErrors for a method or amount that cannot be."""
    method = request.args.get("method") or (SPLIT if due.payments else "cash")
    if method not in words.METHODS:
        raise MethodUnknownError(method)
    choice = _choice(due, request.args.get("payee", "")) if method == "qris" else None
    rest_rp = due.cash_rest_rp if method == "cash" else choice.most_rp if choice else due.rest_rp
    typed = request.args.get("amount", "").strip()
    if not typed or method == SPLIT:
        return PayPanel(due, method, "", rest_rp, choice)
    asked_rp = parse_rupiah(typed)
    if asked_rp > due.rest_rp:
        raise PaymentTooLargeError(due.rest_rp, asked_rp)
    if asked_rp >= rest_rp:
        return PayPanel(due, method, "", rest_rp, choice)
    return PayPanel(due, method, str(asked_rp), asked_rp, choice)


def _split(due: Due) -> PayPanel:
    return PayPanel(due, SPLIT, "", due.rest_rp, None)


def _choice(due: Due, payee: str) -> QrisChoice | None:
    chosen = (choice for choice in due.qris if choice.payee == payee)
    return next(chosen, due.qris[0] if due.qris else None)


def _show(shown: PayPanel) -> Response:
    facts: dict[str, Any] = {"panel": shown, "methods": words.METHODS}
    part = render_template("till/pay/_pay.html", **facts)
    return make_response(part) if wants_fragment() else show_selling(Markup(part))  # noqa: S704 - a template's own


def _paid(sale_id: str) -> Response:
    """Show the change, and the empty column beside it for the next buyer."""
    view = sales.sale(here(), sale_id)
    return make_response(
        render_template(
            "till/pay/_paid.html",
            view=view_without_cart(),
            **paid_facts(view),
        )
    )
