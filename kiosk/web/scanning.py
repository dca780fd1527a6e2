"""Scanning: one more of what a code names; which one, where several have it; a new product.

What a scan asks for comes as a sheet, in place of the order's fragment.
"""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.barcodes import is_shops_own
from kiosk.errors import KioskError
from kiosk.services import adding
from kiosk.services.adding import NewProduct
from kiosk.services.carts import Wanted, add
from kiosk.services.scanning import CodeNotCertainError, CodeUnknownError, scan
from kiosk.web.cart import answer_cart, cart_named
from kiosk.web.context import browser, go, here, show
from kiosk.web.grid import price_of
from kiosk.webtools.i18n import say
from kiosk.webtools.pages import show_message, wants_fragment

blueprint = Blueprint("scanning", __name__)

_FIELDS = ("name", "price", "stall", "category", "barcode")


@blueprint.post("/carts/<cart_id>/scan")
def scan_code(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/scan: one more of what has `code`; the same `tap` counts once."""
    form = request.form
    cart = cart_named(cart_id)
    return answer_cart(scan(here(), browser(), cart, form.get("code", ""), form.get("tap")))


@blueprint.get("/products/new")
def new() -> Response:
    """GET /products/new?barcode=: the form for a product that nobody set up."""
    return _form({"barcode": request.args.get("barcode", "")[:48]})


@blueprint.post("/products")
def create() -> AnyResponse:
    """POST /products: add a product, and the first one of it to the order."""
    typed = {name: request.form.get(name, "") for name in _FIELDS}
    try:
        product = adding.add_product(here(), browser(), NewProduct(**typed))
    except KioskError as error:
        return _form(typed, say(error), getattr(error, "field", ""), error.status)
    if not wants_fragment():
        return go(url_for("selling.page"))
    added = add(here(), cart_named("active"), product.number, None, Wanted())
    return answer_cart(added)


def ask_which(error: CodeNotCertainError) -> Response:
    """Ask which of several products with one code it is."""
    rows = [(one, price_of([one])) for one in error.products]
    part = render_template("till/goods/_which.html", rows=rows, problem=say(error))
    return _over(part, error.status)


def offer_to_add(error: CodeUnknownError) -> Response:
    """Say that a code is unknown; who may add its product gets the form for it."""
    if not adding.may_add(here(), browser()):
        way_on = None if wants_fragment() else "/"
        return show_message(say(error), status=error.status, way_on=way_on)
    if is_shops_own(error.code):
        sentence = _(
            "No product has the code %(code)s yet. It begins with 2, so a shop or its scale made"
            " it: where the weight or price is in it, leave the barcode empty.",
            code=error.code,
        )
    else:
        sentence = _("No product has the code %(code)s yet. Add it here.", code=error.code)
    return _form({"barcode": error.code}, sentence, status=error.status)


def _form(typed: dict[str, str], problem: str = "", wrong: str = "", status: int = 200) -> Response:
    part = render_template(
        "till/goods/_new.html",
        facts=adding.adding_facts(here(), browser()),
        typed={**dict.fromkeys(_FIELDS, ""), **typed},
        problem=problem,
        wrong=wrong,
        alone=not wants_fragment(),
    )
    return _over(part, status)


def _over(part: str, status: int) -> Response:
    """Show a part in the dialog over the page, or on a page of its own without htmx."""
    if wants_fragment():
        return make_response(part, status, {"HX-Retarget": "#choose", "HX-Reswap": "innerHTML"})
    page = show("till/goods/page.html", part=Markup(part))  # noqa: S704 - a template's own
    page.status_code = status
    return page
