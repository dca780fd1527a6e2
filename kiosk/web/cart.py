"""The cart column: taps, quantities, parking, undo.

Every change answers with the cart fragment alone, which is small; the grid beside it
never moves. `active` stands for the cart this browser works on, opened when there is none.
"""

from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.carts import Cart
from kiosk.domain.payments import CASH
from kiosk.services import carts
from kiosk.services.carts import CartSummary, ProductGoneError, Wanted
from kiosk.services.discounts import DiscountNotApprovedError
from kiosk.services.displays import show_buyer
from kiosk.services.paying import Due, due
from kiosk.web.context import browser, go, here
from kiosk.webtools.pages import wants_fragment

blueprint = Blueprint("cart", __name__)

ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart and the till's other open ones; `cart` is None until the first tap.

    `due` is what the pay panel opens with, at once and without asking; None where only
    the server can say (part is paid, cash is rounded, a product is gone).
    """

    cart: Cart | None
    open_carts: tuple[CartSummary, ...]
    due: Due | None = None

    @property
    def others(self) -> tuple[CartSummary, ...]:
        """The parked ones: those with something in them that are not on this screen."""
        shown = self.cart.id if self.cart else ""
        return tuple(one for one in self.open_carts if one.id != shown and one.pieces)


@blueprint.post("/carts")
def park() -> AnyResponse:
    """POST /carts: keep the cart for later and start another."""
    return answer_cart(carts.new_cart(here(), browser()))


@blueprint.get("/carts/<cart_id>")
def cart(cart_id: str) -> AnyResponse:
    """GET /carts/<cart_id>: show a cart, on this screen from now on."""
    return answer_cart(carts.resume(here(), browser(), _cart_id(cart_id)))


@blueprint.post("/carts/<cart_id>/resume")
def resume(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/resume: go on with a parked cart."""
    return answer_cart(carts.resume(here(), browser(), cart_id))


@blueprint.post("/carts/<cart_id>/lines/<int:number>")
def add(cart_id: str, number: int) -> AnyResponse:
    """POST /carts/<cart_id>/lines/<number>: one more of a product; the same `tap` counts once."""
    form = request.form
    wanted = Wanted(form.get("note", ""), form.get("price", ""), oversell=browser().may_oversell)
    return answer_cart(carts.add(here(), _cart_id(cart_id), number, form.get("tap"), wanted))


@blueprint.post("/carts/<cart_id>/line/<int:key>/more")
def add_to_line(cart_id: str, key: int) -> AnyResponse:
    """POST /carts/<cart_id>/line/<key>/more: one more on a line; the same `tap` counts once."""
    tap = request.form.get("tap")
    return answer_cart(
        carts.add_to_line(here(), cart_id, key, tap, oversell=browser().may_oversell)
    )


@blueprint.post("/carts/<cart_id>/line/<int:key>/quantity")
def set_quantity(cart_id: str, key: int) -> AnyResponse:
    """POST /carts/<cart_id>/line/<key>/quantity: set `qty`, typed on `version` of the cart."""
    form = request.form
    version = form.get("version", type=int)
    changed = carts.set_quantity(
        here(), cart_id, key, form.get("qty", ""), version, oversell=browser().may_oversell
    )
    return answer_cart(changed)


@blueprint.post("/carts/<cart_id>/empty")
def empty(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/empty: take everything out; undo brings it back."""
    return answer_cart(carts.empty(here(), cart_id))


@blueprint.post("/carts/<cart_id>/undo")
def undo(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/undo: take the last change back."""
    return answer_cart(carts.undo(here(), cart_id))


def view_of(shown: Cart) -> CartView:
    """Give the column with a cart in it."""
    others = tuple(carts.open_carts(here(), shown.till))
    return CartView(shown, others, _plain_due(shown) if shown.lines else None)


def view_without_cart() -> CartView:
    """Give the column after paying: empty, and the parked carts."""
    return CartView(None, tuple(carts.open_carts(here(), browser().till or "")))


def _cart_id(named: str) -> str:
    return carts.active_cart(here(), browser()).id if named == ACTIVE else named


def answer_cart(changed: Cart) -> AnyResponse:
    """Answer with the cart column as it is now."""
    show_buyer(here(), browser(), changed.id, "cart")
    if not wants_fragment():
        return go(url_for("selling.page"))
    view = view_of(changed)
    return make_response(render_template("till/selling/_cart.html", view=view, oob=False))


def _plain_due(shown: Cart) -> Due | None:
    try:
        found = due(here(), shown.id)
    except (DiscountNotApprovedError, ProductGoneError):
        return None
    is_plain = found.rest_rp > 0 and not found.payments and not found.rounding_rp
    return found if is_plain and found.methods[0].kind == CASH else None
