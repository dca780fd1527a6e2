"""Paying: the panel that slides over the grid, one payment at a time.

Every form carries the cart in its address, its place in the split and what was due when
it was shown: so pressing twice answers with the same sale, and an order that changed
meanwhile is asked about anew.
"""

from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.methods import Method, find_method, kind_of
from kiosk.domain.money import AmountNotUnderstoodError, AmountTooLargeError, Rupiah, parse_rupiah
from kiosk.domain.payments import CASH, QRIS, TRANSFER, PaymentTooLargeError
from kiosk.domain.settling import OverpaidError
from kiosk.services import paying, sales
from kiosk.services.displays import show_buyer
from kiosk.services.paying import Due, DueChangedError, PaymentForm
from kiosk.services.qris_choices import NoQrisCodeError, QrisOutageError
from kiosk.services.sales import SaleView
from kiosk.services.tips import TipForm
from kiosk.web.cart import view_without_cart
from kiosk.web.context import browser, go, here
from kiosk.web.pay_panel import FREE, SPLIT, PayPanel
from kiosk.web.receipt import paid_facts
from kiosk.web.selling import show_selling
from kiosk.web.spoken import rupiah_in_words
from kiosk.webtools.i18n import say
from kiosk.webtools.pages import wants_fragment

blueprint = Blueprint("payment", __name__)


@blueprint.get("/carts/<cart_id>/pay")
def panel(cart_id: str) -> AnyResponse:
    """GET /carts/<cart_id>/pay?method=…&amount=…&payee=…: the panel for one way to pay."""
    due, form = paying.due(here(), cart_id), _read(request.args)
    return _show(_panel_again(due, form) if form.shown else _panel(due, form))


@blueprint.get("/carts/<cart_id>/pay/words")
def change_in_words(cart_id: str) -> Response:
    """GET /carts/<cart_id>/pay/words?tendered=…&amount=…: the change in words."""
    due = paying.due(here(), cart_id)
    form = _read(request.args)
    asked_rp = parse_rupiah(form.amount) if form.amount.strip() else due.cash_rest_rp
    given_rp = parse_rupiah(form.tendered) if form.tendered.strip() else asked_rp
    said = rupiah_in_words(max(0, given_rp - asked_rp))
    return make_response(render_template("till/pay/_words.html", said=said))


@blueprint.post("/carts/<cart_id>/payments")
def pay(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/payments: take one payment; paid in full, it is a sale."""
    form = _read(request.form)
    try:
        answer = paying.pay(here(), browser(), cart_id, form)
    except DueChangedError as error:
        return _show(_panel_again(paying.due(here(), cart_id), form, say(error)), error.status)
    except OverpaidError as error:
        shown = _panel(paying.due(here(), cart_id), replace(form, amount=""))
        asked = replace(shown, notice=say(error), back_rp=error.back, typed=form)
        return _show(asked, error.status)
    if answer.sale_id is None:
        after = _after_part(answer.due or paying.due(here(), cart_id), form.method)
        return _show(replace(after, is_after_part=True))
    if not wants_fragment():
        return go(url_for("receipt.paid", sale_id=answer.sale_id))
    return _paid(answer.made or sales.sale(here(), answer.sale_id))


@blueprint.post("/carts/<cart_id>/payments/<int:place>/take-back")
def take_back(cart_id: str, place: int) -> AnyResponse:
    """POST /carts/<cart_id>/payments/<place>/take-back: hand a part of a split back."""
    due = paying.take_back(here(), cart_id, place, request.form.get("taken", ""))
    return _show(replace(_panel(due, PaymentForm(SPLIT)), is_after_part=True))


def _read(form: MultiDict[str, str]) -> PaymentForm:
    return PaymentForm(
        method=form.get("method", ""),
        amount=form.get("amount", ""),
        came=form.get("came", "").strip(),
        tendered=form.get("tendered", ""),
        payee=form.get("payee", ""),
        reference=form.get("reference", ""),
        place=form.get("place", ""),
        shown=form.get("shown", ""),
        gives_back="gives_back" in form,
        tip=TipForm(form.get("tip", ""), form.get("tip_amount", "")),
    )


def _panel(due: Due, form: PaymentForm) -> PayPanel:
    """Show what is asked for; raises KioskErrors for a method or amount that cannot be."""
    if due.rest_rp <= 0:
        return PayPanel(due, FREE, "", Rupiah(-due.rest_rp))
    code = form.method or (SPLIT if due.payments else due.methods[0].code)
    if code == SPLIT:
        _part(due, form.amount, due.rest_rp)
        return PayPanel(due, SPLIT, "", due.rest_rp, typed=form)
    method = find_method(due.methods, code)
    if method.kind == QRIS:
        return _qris(due, form)
    if method.kind == TRANSFER:
        return _transfer(due, form, method)
    rest_rp = due.cash_rest_rp if method.kind == CASH else due.rest_rp
    part, asked_rp = _part(due, form.amount, rest_rp)
    return PayPanel(due, code, part, asked_rp, typed=form)


def _panel_again(due: Due, form: PaymentForm, notice: str = "") -> PayPanel:
    """Show a panel that was open while the order changed; what was typed stays in its fields.

    A part that can no longer be is named, and all that is left asked for instead.
    """
    said = [notice]
    if not notice and form.shown != str(due.rest_rp):
        said = [say(DueChangedError(form.shown, due.rest_rp))]
    try:
        shown = _panel(due, form)
    except (AmountNotUnderstoodError, AmountTooLargeError, PaymentTooLargeError) as error:
        said.append(say(error))
        shown = _panel(due, replace(form, amount=""))
    return replace(shown, notice=" ".join(filter(None, [*said, shown.notice])))


def _part(due: Due, typed: str, rest_rp: Rupiah) -> tuple[str, Rupiah]:
    """Read a split's amount: in digits as the form carries it on, and what is asked for."""
    if not typed.strip():
        return "", rest_rp
    asked_rp = parse_rupiah(typed)
    if asked_rp == 0:
        raise AmountNotUnderstoodError(typed)
    if asked_rp > due.rest_rp:
        raise PaymentTooLargeError(due.rest_rp, asked_rp)
    return ("", rest_rp) if asked_rp >= rest_rp else (str(asked_rp), asked_rp)


def _qris(due: Due, form: PaymentForm) -> PayPanel:
    """Show a code with what it is asked for, or why there is none."""
    try:
        codes = paying.codes_for(here(), due)
        choice = codes.chosen(form.payee)
    except (QrisOutageError, NoQrisCodeError) as error:
        return PayPanel(due, QRIS, "", due.rest_rp, notice=say(error))
    part, asked_rp = _part(due, form.amount, choice.most_rp)
    if asked_rp > choice.at_once_rp or (not part and choice.at_once_rp < choice.most_rp):
        part, asked_rp = str(choice.at_once_rp), choice.at_once_rp
    return PayPanel(due, QRIS, part, asked_rp, codes, choice, typed=form)


def _transfer(due: Due, form: PaymentForm, method: Method) -> PayPanel:
    """Show whose account the money goes to, where one is known."""
    accounts = paying.accounts_for(here(), due, method)
    choice = accounts.chosen(form.payee) if accounts.choices else None
    part, asked_rp = _part(due, form.amount, choice.most_rp if choice else due.rest_rp)
    return PayPanel(due, method.code, part, asked_rp, accounts, choice, typed=form)


def _after_part(due: Due, method: str) -> PayPanel:
    """Go on to the next stall where stalls are paid one by one, else ask how."""
    if kind_of(method) in (QRIS, TRANSFER) and due.rest_rp > 0:
        shown = _panel(due, PaymentForm(method))
        if shown.choice and shown.payees.steps:
            return shown
    return _panel(due, PaymentForm(SPLIT))


def _show(shown: PayPanel, status: int = 200) -> Response:
    show_buyer(here(), browser(), shown.due.cart.id, "cart", shown.shown_code)
    part = render_template("till/pay/_pay.html", panel=shown)
    if wants_fragment():
        return make_response(part, status)
    page = show_selling(Markup(part))  # noqa: S704 - a template's own
    page.status_code = status
    return page


def _paid(made: SaleView) -> Response:
    """Show the change, and the empty column beside it for the next buyer."""
    show_buyer(here(), browser(), made.sale.id, "paid")
    return make_response(
        render_template(
            "till/pay/_paid.html",
            view=view_without_cart(),
            **paid_facts(made),
        )
    )
