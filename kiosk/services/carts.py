"""Ringing up: opening, filling, parking and emptying carts.

Carts are shared: two browsers on one cart see the same rows. A tap counts once however
often it is sent; a typed quantity names the version it was typed on.
"""

from dataclasses import dataclass, replace
from typing import Final

from kiosk.clock import stamp
from kiosk.domain.carts import MOST_LINES, Cart, CartFullError
from kiosk.domain.catalogue import Product
from kiosk.domain.lines import (
    CartLine,
    count_units,
    parse_quantity,
    read_note,
    step_of,
)
from kiosk.domain.money import parse_rupiah
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.shelf import refuse_beyond_stock
from kiosk.services.tills import shift_of, till_of
from kiosk.storage import browsers, cart_payments, carts, catalogue
from kiosk.storage.carts import OpenCart
from kiosk.storage.database import Connection

LONGEST_TAP = 64


class CartUnknownError(KioskError):
    """An address names a cart that is not there."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is no such order here. Go back to the till and start one."))


class CartPaidError(KioskError):
    """The cart was paid already: it is a sale and changes no more."""

    status = 409

    def __init__(self, sale_id: str) -> None:
        self.sale_id = sale_id
        super().__init__(N_("This order is already paid. Start the next one."))


class CartBeingPaidError(KioskError):
    """Part of the cart is already paid, so its goods stay as they are."""

    def __init__(self) -> None:
        super().__init__(
            N_("Part of this order is already paid. Finish it, or take that payment back first.")
        )


class CartChangedError(KioskError):
    """The cart was changed elsewhere since this page showed it."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            N_("This order was changed on another screen. Look at it again, then repeat.")
        )


class ProductGoneError(KioskError):
    """A product is no longer on sale."""

    def __init__(self, name: str) -> None:
        self.name = name
        message = (
            N_("“%(name)s” is no longer on sale. Take it out of the order.")
            if name
            else N_("This product is no longer on sale. Choose another.")
        )
        super().__init__(message, name=name)


class NotThisStallsError(KioskError):
    """A stall's own till was asked for another stall's goods."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            N_("“%(name)s” is another stall's. This till sells its own stall's goods only."),
            name=name,
        )


class PriceNeededError(KioskError):
    """A product has an open price, and none was typed."""

    def __init__(self, cart_id: str, product: Product, note: str) -> None:
        self.cart_id = cart_id
        self.number = product.number
        self.note = note
        super().__init__(N_("Type the price of “%(name)s”."), name=product.label)


class LineGoneError(KioskError):
    """A line of a cart that was taken out meanwhile."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            N_("This line is no longer in the order. Look at the order again, then repeat.")
        )


class NothingToUndoError(KioskError):
    """No change of this cart is remembered."""

    def __init__(self) -> None:
        super().__init__(N_("There is nothing to take back in this order."))


@dataclass(frozen=True, slots=True)
class CartSummary:
    """An open cart in the queue."""

    id: str
    label: str
    pieces: int
    opened_at: str


def active_cart(here: Installation, browser: Browser) -> Cart:
    """Give the cart a browser works on, opening one where there is none.

    Raises NoTillError, NoOpenShiftError.
    """
    with here.db.read() as connection:
        till = till_of(connection, browser)
        shift_of(connection, till)
        found = carts.cart(connection, browser.cart) if browser.cart else None
    if found and found[1] == "open" and found[0].till == till.id:
        return found[0]
    return new_cart(here, browser)


def new_cart(here: Installation, browser: Browser) -> Cart:
    """Start another cart; the one before stays open under its label.

    An empty one that nobody else has open is used again before a new one is made.
    """
    with here.db.write() as connection:
        till = till_of(connection, browser)
        shift_of(connection, till)
        empty = next(
            (cart for cart in carts.open_carts(connection, till.id) if _is_free(connection, cart)),
            None,
        )
        cart_id = empty.id if empty else here.clock.new_id()
        if empty is None:
            carts.open_cart(connection, cart_id, till.id, stamp(here.clock.now()))
        browsers.change(connection, browser.id, {"cart": cart_id})
        return open_cart(connection, cart_id)


def resume(here: Installation, browser: Browser, cart_id: str) -> Cart:
    """Go on with an open cart; raises CartUnknownError, CartPaidError."""
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        browsers.change(connection, browser.id, {"cart": cart.id})
        return cart


def open_carts(here: Installation, till_id: str) -> list[CartSummary]:
    """List a till's open carts by label."""
    with here.db.read() as connection:
        return summaries(connection, till_id)


def summaries(connection: Connection, till_id: str) -> list[CartSummary]:
    """List a till's open carts within a transaction."""
    return [
        CartSummary(
            id=cart.id,
            label=cart.label,
            pieces=count_units(cart.lines),
            opened_at=cart.opened_at,
        )
        for cart in carts.open_carts(connection, till_id)
    ]


def unpaid(connection: Connection, till_id: str) -> list[Cart]:
    """List a till's open carts with something in them, priced."""
    ids = [cart.id for cart in carts.open_carts(connection, till_id) if cart.lines]
    return [open_cart(connection, cart_id) for cart_id in ids]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes with a tap: a note, and the price typed where a product's is open.

    `oversell` takes also what is sold out.
    """

    note: str = ""
    price: str = ""
    oversell: bool = False


PLAIN: Final = Wanted()


def add(
    here: Installation,
    cart_id: str,
    product_number: int,
    tap: str | None,
    wanted: Wanted = PLAIN,
) -> Cart:
    """Put one more of a product into a cart (100 g of goods by weight).

    It goes on the line of that product so noted and priced, or begins one. The same `tap`
    counts once. Raises ProductGoneError, NotThisStallsError, PriceNeededError,
    CartFullError, QuantityError, NoteTooLongError, SoldOutError, NotEnoughLeftError and what
    is wrong with an amount.
    """
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        if _is_counted(connection, cart, tap):
            return cart
        product = catalogue.product_on_sale(connection, product_number)
        if product is None:
            raise ProductGoneError("")
        _refuse_other_stalls(connection, cart, product)
        note = read_note(wanted.note)
        if product.open_price and not wanted.price.strip():
            raise PriceNeededError(cart.id, product, note)
        own_price_rp = parse_rupiah(wanted.price) if product.open_price else None
        line = next((line for line in cart.lines if line.takes(product, note, own_price_rp)), None)
        if line is not None:
            after = cart.with_line(replace(line, qty=line.qty + step_of(product.unit)))
        elif len(cart.lines) == MOST_LINES:
            raise CartFullError
        else:
            begun = CartLine(cart.last_key + 1, product, step_of(product.unit), note, own_price_rp)
            after = replace(cart, lines=(*cart.lines, begun))
        return change(connection, cart, after, tap, oversell=wanted.oversell)


def add_to_line(
    here: Installation, cart_id: str, key: int, tap: str | None, *, oversell: bool = False
) -> Cart:
    """Put one more (100 g of goods by weight) on a line; the same `tap` counts once.

    `oversell` takes also what is sold out. Raises LineGoneError, QuantityError,
    SoldOutError, NotEnoughLeftError.
    """
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        if _is_counted(connection, cart, tap):
            return cart
        line = line_of(cart, key)
        more = replace(line, qty=line.qty + step_of(line.product.unit))
        return change(connection, cart, cart.with_line(more), tap, oversell=oversell)


def set_quantity(
    here: Installation,
    cart_id: str,
    key: int,
    typed: str,
    version: int | None,
    *,
    oversell: bool = False,
) -> Cart:
    """Set how many (or how many grams) a line holds, as typed; 0 takes it out.

    `oversell` takes also what is sold out. Raises CartChangedError where `version` is no
    longer the cart's, LineGoneError, QuantityError, SoldOutError, NotEnoughLeftError.
    """
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        check_version(cart, version)
        line = line_of(cart, key)
        qty = parse_quantity(typed, line.product.unit)
        after = cart.with_line(replace(line, qty=qty)) if qty else cart.without_line(key)
        return change(connection, cart, after, None, oversell=oversell)


def empty(here: Installation, cart_id: str) -> Cart:
    """Take everything out of a cart; undo brings it back."""
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        emptied = replace(cart, lines=(), discount=None)
        return change(connection, cart, emptied, None) if cart.lines else cart


def undo(here: Installation, cart_id: str) -> Cart:
    """Take back a cart's last change; raises NothingToUndoError."""
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        _refuse_while_paying(connection, cart)
        if not carts.take_back_change(connection, cart):
            raise NothingToUndoError
        return open_cart(connection, cart_id)


def open_cart(connection: Connection, cart_id: str) -> Cart:
    """Give an open cart within a transaction; raises CartUnknownError, CartPaidError."""
    found = carts.cart(connection, cart_id)
    if found is None:
        raise CartUnknownError
    cart, state = found
    if state != "open":
        raise CartPaidError(cart.id)
    return cart


def check_version(cart: Cart, version: int | None) -> None:
    """Raise CartChangedError where what was typed was typed on another version."""
    if version is not None and version != cart.version:
        raise CartChangedError


def line_of(cart: Cart, key: int) -> CartLine:
    """Give a line of a cart; raises LineGoneError."""
    line = cart.line(key)
    if line is None:
        raise LineGoneError
    return line


def change(
    connection: Connection, cart: Cart, after: Cart, tap: str | None, *, oversell: bool = False
) -> Cart:
    """Give an open cart other content within a transaction.

    `oversell` takes also what is sold out. Raises CartBeingPaidError, SoldOutError,
    NotEnoughLeftError.
    """
    _refuse_while_paying(connection, cart)
    if not oversell:
        refuse_beyond_stock(connection, cart.lines, after.lines)
    carts.replace_content(connection, cart, after, tap[:LONGEST_TAP] if tap else None)
    return open_cart(connection, cart.id)


def _refuse_other_stalls(connection: Connection, cart: Cart, product: Product) -> None:
    stall = catalogue.stall_of_till(connection, cart.till)
    if stall is not None and stall != product.stall:
        raise NotThisStallsError(product.label)


def _is_free(connection: Connection, cart: OpenCart) -> bool:
    return not cart.lines and not browsers.has_open(connection, cart.id)


def _is_counted(connection: Connection, cart: Cart, tap: str | None) -> bool:
    return bool(tap) and carts.tap_is_known(connection, cart.id, str(tap)[:LONGEST_TAP])


def _refuse_while_paying(connection: Connection, cart: Cart) -> None:
    if cart_payments.payments(connection, cart.id):
        raise CartBeingPaidError
