"""Registers every page of the till; the composition root calls `register` once."""

from typing import Final

from flask import Flask, url_for
from werkzeug.wrappers import Response

from kiosk.services.cart_errors import CartPaidError, PriceNeededError
from kiosk.services.printer_advice import advice
from kiosk.services.scanning import CodeNotCertainError, CodeUnknownError
from kiosk.web import (
    backups,
    cart,
    cart_line,
    catalogue,
    checking,
    context,
    display,
    finding,
    gate,
    handing_over,
    keyboard,
    labels,
    news,
    orders,
    paper_roll,
    payment,
    phone,
    pins,
    preferences,
    print_queue,
    printer,
    printer_kind,
    printer_search,
    printer_setup,
    qris,
    queue,
    receipt,
    receipt_texts,
    refund,
    replacing,
    sale,
    scanning,
    selling,
    settlement,
    setup,
    shift,
    sign_in,
    status,
    sticks,
    stock,
    tip,
    top_bar,
    words,
)
from kiosk.web.lean import LeanFragments

PAGES: Final = (
    setup,
    sign_in,
    selling,
    cart,
    cart_line,
    queue,
    news,
    phone,
    payment,
    sale,
    refund,
    shift,
    settlement,
    printer,
    printer_search,
    printer_setup,
    printer_kind,
    handing_over,
    keyboard,
    print_queue,
    paper_roll,
    status,
    catalogue,
    sticks,
    backups,
    checking,
    pins,
    replacing,
    top_bar,
    preferences,
    receipt,
    orders,
    display,
    finding,
    receipt_texts,
    tip,
    labels,
    qris,
    scanning,
    stock,
)


def register(app: Flask) -> None:
    """Give `app`, which has its `Installation` in `extensions["lapak"]`, all pages."""
    app.before_request(gate.guide)
    for module in PAGES:
        app.register_blueprint(module.blueprint)
    _answer_in_place(app)
    app.wsgi_app = LeanFragments(app.wsgi_app)  # type: ignore[method-assign,assignment] # as Flask means it
    app.jinja_env.globals.update(
        kind_name=words.of_kind,
        advice=advice,
        top_state=top_bar.top_state,
        till_of_browser=context.till,
        may_count=context.may_count,
    )
    app.context_processor(lambda: {"browser": context.browser_or_none()})


def _answer_in_place(app: Flask) -> None:
    """Let what is no mistake be answered with the page that goes on, instead of an error."""
    app.register_error_handler(CartPaidError, _show_its_sale)
    app.register_error_handler(CodeUnknownError, scanning.offer_to_add)
    app.register_error_handler(CodeNotCertainError, scanning.ask_which)
    app.register_error_handler(PriceNeededError, cart_line.ask_price)


def _show_its_sale(error: CartPaidError) -> Response:
    """Show the sale that a paid cart became, instead of an error; a phone its order."""
    if context.browser().stall:
        return context.go(url_for("phone.order", cart_id=error.sale_id))
    return context.go(url_for("sale.page", sale_id=error.sale_id))
