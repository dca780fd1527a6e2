"""The sheet of a line, of an open price and of a cart's discount: slides over the grid.

It is asked for when it is opened. What was typed stays where somebody must still approve
it; every other refusal is said in place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.catalogue import Product, Unit
from kiosk.domain.discounts import GivenDiscount
from kiosk.domain.stock import NotEnoughLeftError, SoldOutError
from kiosk.services import cart_lines, discounts
from kiosk.services.cart_errors import PriceNeededError
from kiosk.services.cart_lines import CartAsked, LineAsked, LineForm
from kiosk.services.discounts import PER_CENT, DiscountForm, DiscountNotApprovedError
from kiosk.web.approval import approval_facts, read_approval
from kiosk.web.cart import answer_cart
from kiosk.web.context import browser, here
from kiosk.web.selling import show_selling
from kiosk.webtools.i18n import say
from kiosk.webtools.pages import wants_fragment

blueprint = Blueprint("cart_line", __name__)

RUPIAH = "rupiah"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a sheet asks for; a field whose fact is None is not on it.

    `typed` is what stands in the fields; `problem` says why it was not taken. Where it
    `asks_approval`, a coordinator's PIN is on it for whoever needs one.
    """

    title: str
    address: str
    version: int | None
    typed: Mapping[str, str]
    product: Product | None = None
    has_quantity: bool = False
    has_price: bool = False
    reasons: tuple[str, ...] | None = None
    may_remove: bool = False
    problem: str = ""
    asks_approval: bool = False

    def of(self, field: str) -> str:
        """Give what stands in a field, '' where nothing does."""
        return self.typed.get(field, "")

    @property
    def unit(self) -> Unit:
        """Pieces or grams."""
        return self.product.unit if self.product else "pcs"


@blueprint.get("/carts/<cart_id>/line/<int:key>")
def line(cart_id: str, key: int) -> Response:
    """GET /carts/<cart_id>/line/<key>: the sheet of one line."""
    asked = cart_lines.ask_line(here(), cart_id, key)
    return _show(_line_sheet(asked, _line_facts(asked)))


@blueprint.post("/carts/<cart_id>/line/<int:key>")
def change_line(cart_id: str, key: int) -> AnyResponse:
    """POST /carts/<cart_id>/line/<key>: change all of a line, or take it out by `remove`."""
    form = request.form
    typed = LineForm(
        qty="0" if "remove" in form else form.get("qty", ""),
        note=form.get("note", ""),
        price=form.get("price", ""),
        discount=_discount_form(form),
    )
    place = (key, form.get("version", type=int))
    try:
        return answer_cart(cart_lines.change_line(here(), browser(), cart_id, place, typed))
    except (DiscountNotApprovedError, SoldOutError, NotEnoughLeftError) as error:
        asked = cart_lines.ask_line(here(), cart_id, key)
        return _show(_line_sheet(asked, form, say(error)))


@blueprint.post("/carts/<cart_id>/line/<int:key>/price/<any(old, new):which>")
def choose_price(cart_id: str, key: int, which: str) -> AnyResponse:
    """POST /carts/<cart_id>/line/<key>/price/<which>: the price it was begun with, or today's."""
    version = request.form.get("version", type=int)
    return answer_cart(cart_lines.choose_price(here(), cart_id, key, version, keep=which == "old"))


@blueprint.get("/carts/<cart_id>/discount")
def discount(cart_id: str) -> Response:
    """GET /carts/<cart_id>/discount: the sheet of the discount on a whole cart."""
    asked = cart_lines.ask_cart(here(), cart_id)
    return _show(_cart_sheet(asked, _discount_facts(asked.cart.discount, asked.reasons)))


@blueprint.post("/carts/<cart_id>/discount")
def change_discount(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/discount: give `size` off the cart, or take it back by `remove`."""
    form = request.form
    typed = DiscountForm() if "remove" in form else _discount_form(form)
    version = form.get("version", type=int)
    try:
        return answer_cart(discounts.discount_cart(here(), browser(), cart_id, typed, version))
    except DiscountNotApprovedError as error:
        return _show(_cart_sheet(cart_lines.ask_cart(here(), cart_id), form, say(error)))


@blueprint.get("/carts/<cart_id>/oversell/<int:number>")
def oversell(cart_id: str, number: int) -> Response:
    """GET /carts/<cart_id>/oversell/<number>: sell what is sold out, by a coordinator's PIN."""
    product = cart_lines.ask_product(here(), number)
    return _show(
        Sheet(
            title=product.label,
            address=url_for("cart.add", cart_id=cart_id, number=number),
            version=None,
            typed={"tap": here().clock.new_id()},
            product=product,
            has_price=product.open_price,
            asks_approval=True,
        )
    )


def ask_price(error: PriceNeededError) -> Response:
    """Ask for the price that a tap on goods with an open price lacks."""
    product = cart_lines.ask_product(here(), error.number)
    return _show(
        Sheet(
            title=product.label,
            address=url_for("cart.add", cart_id=error.cart_id, number=error.number),
            version=None,
            typed={"note": error.note, "tap": request.form.get("tap", "")},
            product=product,
            has_price=True,
            problem=say(error),
        )
    )


def _line_sheet(asked: LineAsked, typed: Mapping[str, str], problem: str = "") -> Sheet:
    product = asked.line.product
    return Sheet(
        title=product.label,
        address=url_for("cart_line.change_line", cart_id=asked.cart.id, key=asked.line.key),
        version=asked.cart.version,
        typed=typed,
        product=product,
        has_quantity=True,
        has_price=product.open_price,
        reasons=asked.reasons,
        may_remove=True,
        problem=problem,
        asks_approval=bool(problem),
    )


def _cart_sheet(asked: CartAsked, typed: Mapping[str, str], problem: str = "") -> Sheet:
    return Sheet(
        title=_("Discount on the order"),
        address=url_for("cart_line.change_discount", cart_id=asked.cart.id),
        version=asked.cart.version,
        typed=typed,
        reasons=asked.reasons,
        may_remove=asked.cart.discount is not None,
        problem=problem,
        asks_approval=bool(problem),
    )


def _line_facts(asked: LineAsked) -> dict[str, str]:
    line = asked.line
    return {
        "qty": str(line.qty),
        "note": line.note,
        "price": str(line.price_rp),
        **_discount_facts(line.discount, asked.reasons),
    }


def _discount_facts(given: GivenDiscount | None, reasons: tuple[str, ...]) -> dict[str, str]:
    if given is None:
        return {"kind": PER_CENT, "borne_by": "stall"}
    return {
        "size": given.size.removesuffix(" %"),
        "kind": RUPIAH if given.basis_points is None else PER_CENT,
        "reason" if given.reason in reasons else "other": given.reason,
        "borne_by": given.borne_by,
    }


def _discount_form(form: Mapping[str, str]) -> DiscountForm:
    return DiscountForm(
        size=form.get("size", ""),
        kind=form.get("kind", PER_CENT),
        reason=form.get("reason", ""),
        other=form.get("other", ""),
        borne_by=form.get("borne_by", "stall"),
        approval=read_approval(form),
    )


def _show(sheet: Sheet) -> Response:
    """Show a sheet over the grid; one that was refused takes the place of the answer asked for."""
    asks = approval_facts(here(), browser()) if sheet.asks_approval else {}
    facts = {"needs_approval": False, "people": [], **asks}
    part = render_template("till/selling/_sheet.html", sheet=sheet, **facts)
    shown = make_response(part) if wants_fragment() else show_selling(Markup(part))  # noqa: S704 - a template's own
    if sheet.problem:
        shown.status_code = 422
        shown.headers.update({"HX-Retarget": "#pay", "HX-Reswap": "outerHTML"})
    return shown
