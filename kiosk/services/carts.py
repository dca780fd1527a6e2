"""Ringing up: opening, filling, parking and emptying carts.

Carts are shared: two browsers on one cart see the same rows. A tap counts once however
often it is sent; a typed quantity names the version it was typed on.
"""

from dataclasses import dataclass, replace
from typing import Final

from kiosk.clock import stamp
from kiosk.domain.carts import MOST_LINES, Cart, CartEmptyError, CartFullError
from kiosk.domain.catalogue import Product
from kiosk.domain.lines import (
    CartLine,
    parse_quantity,
    read_note,
    step_of,
)
from kiosk.domain.money import parse_rupiah
from kiosk.domain.queue import next_number, read_name
from kiosk.services.browsers import Browser
from kiosk.services.cart_errors import (
    CartBeingPaidError,
    CartChangedError,
    CartHeldError,
    CartPaidError,
    CartUnknownError,
    LineGoneError,
    NothingToRedoError,
    NothingToUndoError,
    NotThisStallsError,
    PriceNeededError,
    ProductGoneError,
)
from kiosk.services.installation import Installation
from kiosk.services.shelf import refuse_beyond_stock
from kiosk.services.tills import shift_of, till_of
from kiosk.storage import browsers, cart_changes, cart_payments, carts, catalogue, queue
from kiosk.storage.database import Connection

LONGEST_TAP = 64


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


def new_cart(here: Installation, browser: Browser, name: str = "") -> Cart:
    """Start another cart; the one before stays open under its number, and the name typed.

    An empty one that nobody else has open is used again before a new one is made. Raises
    NoTillError, NoOpenShiftError, NameTooLongError, CartEmptyError where a name is typed for
    an order with nothing in it.
    """
    with here.db.write() as connection:
        till = till_of(connection, browser)
        shift_of(connection, till)
        if name.strip():
            if not browser.cart or not carts.is_filled(connection, browser.cart):
                raise CartEmptyError
            queue.name(connection, browser.cart, read_name(name))
        put_aside(here, connection, browser)
        cart_id = queue.free_cart(connection, till.id) or open_another(here, connection, till.id)
        browsers.change(connection, browser.id, {"cart": cart_id})
        return open_cart(connection, cart_id)


def open_another(here: Installation, connection: Connection, till_id: str) -> str:
    """Make an empty cart under the next free number of the installation; gives its id."""
    number = next_number(queue.last_number(connection), queue.numbers_taken(connection))
    cart_id = here.clock.new_id()
    carts.open_cart(connection, cart_id, till_id, number, stamp(here.clock.now()))
    return cart_id


def put_aside(here: Installation, connection: Connection, browser: Browser) -> None:
    """Note when a browser left the cart it worked on."""
    if browser.cart:
        queue.put_aside(connection, browser.cart, stamp(here.clock.now()))


def shown_cart(here: Installation, cart_id: str) -> Cart:
    """Give an open cart as it is; raises CartUnknownError, CartPaidError."""
    with here.db.read() as connection:
        return open_cart(connection, cart_id)


def resume(here: Installation, browser: Browser, cart_id: str) -> Cart:
    """Go on with an open cart at this browser's till, wherever it was before.

    Raises CartUnknownError, CartPaidError, CartHeldError where part of it was paid at
    another till, NotThisStallsError at a stall's own till.
    """
    with here.db.write() as connection:
        till = till_of(connection, browser)
        cart = open_cart(connection, cart_id)
        for line in cart.lines:
            if till.stall not in (None, line.product.stall):
                raise NotThisStallsError(line.product.label)
        if cart.till != till.id:
            if cart_payments.payments(connection, cart.id):
                raise CartHeldError(_till_name(connection, cart.till))
            queue.move(connection, cart.id, till.id)
        if browser.cart != cart.id:
            put_aside(here, connection, browser)
            browsers.change(connection, browser.id, {"cart": cart.id})
        return open_cart(connection, cart.id)


def unpaid(connection: Connection, till_id: str) -> list[Cart]:
    """List a till's open carts with something in them, priced."""
    return [
        open_cart(connection, cart_id) for cart_id, _ in carts.filled_carts(connection, till_id)
    ]


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
            begun = CartLine(
                key=cart.last_key + 1,
                product=product,
                qty=step_of(product.unit),
                note=note,
                own_price_rp=own_price_rp,
                seen_price_rp=product.price_rp,
            )
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


def empty(here: Installation, cart_id: str, version: int | None = None) -> Cart:
    """Take everything out of a cart; undo brings it back. Raises CartChangedError."""
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        check_version(cart, version)
        emptied = replace(cart, lines=(), discount=None)
        return change(connection, cart, emptied, None) if cart.lines else cart


def undo(here: Installation, cart_id: str, version: int | None = None) -> Cart:
    """Take back a cart's last change; raises NothingToUndoError, CartChangedError."""
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        check_version(cart, version)
        _refuse_while_paying(connection, cart)
        if not carts.take_back_change(connection, cart):
            raise NothingToUndoError
        return open_cart(connection, cart_id)


def redo(here: Installation, cart_id: str, version: int | None = None) -> Cart:
    """Make the change again that was taken back last.

    Raises NothingToRedoError, CartChangedError.
    """
    with here.db.write() as connection:
        cart = open_cart(connection, cart_id)
        check_version(cart, version)
        _refuse_while_paying(connection, cart)
        if not carts.make_again(connection, cart):
            raise NothingToRedoError
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


def _till_name(connection: Connection, till_id: str) -> str:
    known = {till.id: till.name for till in catalogue.tills(connection)}
    return known.get(till_id, till_id)


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
    return carts.replace_content(connection, cart, after, tap[:LONGEST_TAP] if tap else None)


def _refuse_other_stalls(connection: Connection, cart: Cart, product: Product) -> None:
    stall = catalogue.stall_of_till(connection, cart.till)
    if stall is not None and stall != product.stall:
        raise NotThisStallsError(product.label)


def _is_counted(connection: Connection, cart: Cart, tap: str | None) -> bool:
    return bool(tap) and cart_changes.tap_is_known(connection, cart.id, str(tap)[:LONGEST_TAP])


def _refuse_while_paying(connection: Connection, cart: Cart) -> None:
    if cart_payments.payments(connection, cart.id):
        raise CartBeingPaidError
