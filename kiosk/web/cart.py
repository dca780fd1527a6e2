"""The cart column: taps, quantities, undo.

Every change answers with the cart fragment alone, which is small; the grid beside it
never moves. `active` stands for the cart this browser works on, opened when there is none.
What one screen changes the others learn by asking for news.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.domain.carts import Cart
from kiosk.domain.payments import CASH
from kiosk.services import carts, phones
from kiosk.services.approvals import may_oversell
from kiosk.services.cart_errors import ProductGoneError
from kiosk.services.carts import Wanted
from kiosk.services.discounts import DiscountNotApprovedError
from kiosk.services.displays import show_buyer
from kiosk.services.paying import Due, due_of
from kiosk.web.approval import read_approval
from kiosk.web.context import browser, go, here
from kiosk.webtools.pages import wants_fragment

blueprint = Blueprint("cart", __name__)

ACTIVE = "active"
# In one request; a page sends fewer (see static/js/till/sending.js).
MOST_TAPS = 50


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart as the column shows it; `cart` is None until the first tap.

    `due` is what the pay panel opens with, at once and without asking; None where only
    the server can say (part is paid, cash is rounded, a product is gone). `parts` is how
    many payments of a split were taken.
    """

    cart: Cart | None
    due: Due | None = None
    parts: int = 0

    @property
    def seen(self) -> str:
        """Name this state of the cart, as `news` compares it."""
        return seen_as(self.cart.version, self.parts) if self.cart else ""


def seen_as(version: int, parts: int) -> str:
    """Name a cart's state: its version, and how many parts of it are paid."""
    return f"{version}-{parts}"


@blueprint.get("/carts/<cart_id>")
def cart(cart_id: str) -> AnyResponse:
    """GET /carts/<cart_id>: show a cart as it is now."""
    return answer_cart(carts.shown_cart(here(), cart_named(cart_id)))


@blueprint.post("/carts/<cart_id>/lines/<int:number>")
def add(cart_id: str, number: int) -> AnyResponse:
    """POST /carts/<cart_id>/lines/<number>: one more of a product; each id in `tap` counts once."""
    named, form = cart_named(cart_id), request.form
    phones.check_goods(here(), browser(), number)
    oversell = may_oversell(here(), browser(), read_approval(form))
    wanted = Wanted(form.get("note", ""), form.get("price", ""), oversell=oversell)
    return answer_cart(_each_tap(lambda tap: carts.add(here(), named, number, tap, wanted)))


@blueprint.post("/carts/<cart_id>/line/<int:key>/more")
def add_to_line(cart_id: str, key: int) -> AnyResponse:
    """POST /carts/<cart_id>/line/<key>/more: one more on a line; each id in `tap` counts once."""
    oversell = browser().may_oversell
    phones.check_line(here(), browser(), cart_id, key)
    return answer_cart(
        _each_tap(lambda tap: carts.add_to_line(here(), cart_id, key, tap, oversell=oversell))
    )


@blueprint.post("/carts/<cart_id>/line/<int:key>/quantity")
def set_quantity(cart_id: str, key: int) -> AnyResponse:
    """POST /carts/<cart_id>/line/<key>/quantity: set `qty`, typed on `version` of the cart."""
    typed, oversell = request.form.get("qty", ""), browser().may_oversell
    phones.check_line(here(), browser(), cart_id, key)
    return answer_cart(
        carts.set_quantity(here(), cart_id, key, typed, _version(), oversell=oversell)
    )


@blueprint.post("/carts/<cart_id>/empty")
def empty(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/empty: take everything out of `version`; undo brings it back."""
    return answer_cart(carts.empty(here(), cart_id, _version()))


@blueprint.post("/carts/<cart_id>/undo")
def undo(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/undo: take the last change of `version` back."""
    return answer_cart(carts.undo(here(), cart_id, _version()))


@blueprint.post("/carts/<cart_id>/redo")
def redo(cart_id: str) -> AnyResponse:
    """POST /carts/<cart_id>/redo: make the change again that was taken back last."""
    return answer_cart(carts.redo(here(), cart_id, _version()))


def view_of(shown: Cart) -> CartView:
    """Give the column with a cart in it."""
    if not shown.lines:
        return CartView(shown)
    try:
        found = due_of(here(), shown)
    except (DiscountNotApprovedError, ProductGoneError):
        return CartView(shown)
    is_plain = found.rest_rp > 0 and not found.payments and not found.rounding_rp
    is_plain = is_plain and found.methods[0].kind == CASH
    return CartView(shown, found if is_plain else None, len(found.payments))


def view_without_cart() -> CartView:
    """Give the column after paying: empty."""
    return CartView(None)


def answer_cart(changed: Cart) -> AnyResponse:
    """Show a cart: as the fragment alone, or on the page it stands on; to its buyer too."""
    show_buyer(here(), browser(), changed.id, "cart")
    if not wants_fragment():
        return go(url_for("selling.page"))
    return make_response(render_column(view_of(changed)))


def render_column(view: CartView) -> str:
    """Render the cart's fragment, for a till or for a stall's phone."""
    area = "phone" if browser().stall else "selling"
    return render_template(f"till/{area}/_cart.html", view=view, oob=False)


def cart_named(named: str) -> str:
    """Give the id of a cart in an address; `active` is the one this browser works on."""
    if named != ACTIVE:
        return named
    begin = phones.phone_cart if browser().stall else carts.active_cart
    return begin(here(), browser()).id


def _each_tap(count: Callable[[str | None], Cart]) -> Cart:
    """Count every tap of the form in turn, each a change of its own; one without an id once."""
    first, *more = request.form.get("tap", "").split()[:MOST_TAPS] or [""]
    changed = count(first or None)
    for tap in more:
        changed = count(tap)
    return changed


def _version() -> int | None:
    return request.form.get("version", type=int)
