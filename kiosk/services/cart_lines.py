"""One line of a cart, changed as a whole: quantity, note, price and discount."""

from dataclasses import dataclass, field, replace

from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import Product
from kiosk.domain.lines import CartLine, parse_quantity, read_note
from kiosk.domain.money import Rupiah, parse_rupiah
from kiosk.services.browsers import Browser
from kiosk.services.cart_errors import ProductGoneError
from kiosk.services.carts import change, check_version, line_of, open_cart
from kiosk.services.discounts import DiscountForm, approver_of, read_form, refuse_unapproved, rules
from kiosk.services.installation import Installation
from kiosk.storage import catalogue


@dataclass(frozen=True, slots=True)
class LineForm:
    """A line as typed: pieces or grams, an open price in rupiah ('' for the catalogue's)."""

    qty: str
    note: str = ""
    price: str = ""
    discount: DiscountForm = field(default_factory=DiscountForm)


@dataclass(frozen=True, slots=True)
class LineAsked:
    """A line of an open cart, with the reasons for a discount to choose from."""

    cart: Cart
    line: CartLine
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CartAsked:
    """An open cart, with the reasons for a discount to choose from."""

    cart: Cart
    reasons: tuple[str, ...]


def ask_line(here: Installation, cart_id: str, key: int) -> LineAsked:
    """Give a line to be changed; raises CartUnknownError, CartPaidError, LineGoneError."""
    with here.db.read() as connection:
        cart = open_cart(connection, cart_id)
        return LineAsked(cart, line_of(cart, key), rules(connection).reasons)


def ask_cart(here: Installation, cart_id: str) -> CartAsked:
    """Give a cart to be discounted; raises CartUnknownError, CartPaidError."""
    with here.db.read() as connection:
        return CartAsked(open_cart(connection, cart_id), rules(connection).reasons)


def ask_product(here: Installation, number: int) -> Product:
    """Give a product whose price is to be typed; raises ProductGoneError."""
    with here.db.read() as connection:
        product = catalogue.product_on_sale(connection, number)
        if product is None:
            raise ProductGoneError("")
        return product


def change_line(
    here: Installation,
    browser: Browser,
    cart_id: str,
    place: tuple[int, int | None],
    form: LineForm,
) -> Cart:
    """Change the line of a key, as it stood in a version (`place`); 0 pieces take it out.

    Raises CartChangedError, LineGoneError, QuantityError, NoteTooLongError, what is wrong
    with an amount, DiscountNotApprovedError, a wrong PIN, SoldOutError and
    NotEnoughLeftError; then nothing has changed.
    """
    key, version = place
    approver = approver_of(here, browser, form.discount.approval)
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        check_version(cart, version)
        line = line_of(cart, key)
        qty = parse_quantity(form.qty, line.product.unit)
        if qty == 0:
            return change(connection, cart, cart.without_line(key), None)
        changed = replace(
            line,
            qty=qty,
            note=read_note(form.note),
            own_price_rp=_read_price(line, form.price),
            discount=read_form(form.discount, line.discount, approver),
        )
        after = cart.with_line(changed)
        refuse_unapproved(connection, after, changed.discount)
        return change(connection, cart, after, None, oversell=approver is not None)


def choose_price(
    here: Installation, cart_id: str, key: int, version: int | None, *, keep: bool
) -> Cart:
    """Keep the price a line was begun with, or take the catalogue's of now; undo takes it back.

    Raises CartChangedError, LineGoneError. Where no price has changed nothing happens.
    """
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        check_version(cart, version)
        line = line_of(cart, key)
        if keep and line.price_before_rp is None:
            return cart
        chosen = line.keeping_price() if keep else line.taking_price()
        return cart if chosen == line else change(connection, cart, cart.with_line(chosen), None)


def _read_price(line: CartLine, typed: str) -> Rupiah | None:
    """Read an open price; a product without one keeps the catalogue's."""
    if not line.product.open_price or not typed.strip():
        return line.own_price_rp
    return parse_rupiah(typed)
