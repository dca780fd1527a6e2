"""Stalls' phones: they begin numbered carts with their stall's goods and take no money.

A phone has no drawer and needs no shift. Its cart belongs to no till until a cashier opens
it by its number; goods of several stalls' phones may go on one number.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.domain.carts import Cart, CartEmptyError
from kiosk.domain.catalogue import Stall, Till
from kiosk.domain.lines import count_units
from kiosk.domain.money import Rupiah
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.cart_errors import CartUnknownError, LineGoneError, NotThisStallsError
from kiosk.services.carts import open_another, open_cart, put_aside
from kiosk.services.installation import Installation
from kiosk.services.queue import cart_called
from kiosk.storage import browsers, carts, catalogue, queue, sales
from kiosk.storage.database import Connection

# A cart that no till has had yet.
NO_TILL: Final = ""


class PhoneTakesNoMoneyError(KioskError):
    """A stall's phone asked for what only a till does."""

    status = 403

    def __init__(self) -> None:
        super().__init__(N_("A stall's phone only writes orders down. Pay at the cashier's."))


class StallUnknownError(KioskError):
    """A form names a stall that this installation does not have."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such stall here. Choose one from the list."))


@dataclass(frozen=True, slots=True)
class PhoneOrder:
    """A cart as the phone that filled it sees it.

    `state` is `filling`, `waiting`, `at_till`, `paid` or `gone`; `till` names who has it.
    """

    id: str
    number: int
    state: str
    till: str
    pieces: int
    total_rp: Rupiah


def stalls(here: Installation) -> list[Stall]:
    """List the stalls that sell something here."""
    with here.db.read() as connection:
        selling = {product.stall for product in catalogue.products_on_sale(connection, None)}
        return [stall for stall in catalogue.stalls(connection).values() if stall.id in selling]


def assign_stall(here: Installation, browser: Browser, stall_id: str) -> None:
    """Make a browser the phone of a stall; raises StallUnknownError.

    A vendor of another stall is signed out by that.
    """
    if stall_id not in {stall.id for stall in stalls(here)}:
        raise StallUnknownError
    with here.db.write() as connection:
        put_aside(here, connection, browser)
        operator = browser.operator
        stays = operator.id if operator and operator.writes_for(stall_id) else None
        facts = {"till": None, "stall": stall_id, "cart": None, "operator": stays}
        browsers.change(connection, browser.id, facts)


def stall_of(here: Installation, browser: Browser) -> Stall:
    """Give the stall whose phone this is; raises StallUnknownError."""
    with here.db.read() as connection:
        found = catalogue.stalls(connection).get(browser.stall or "")
    if found is None:
        raise StallUnknownError
    return found


def as_till(stall: Stall) -> Till:
    """Give a stall as a till without a drawer, for the goods it may sell."""
    return Till(NO_TILL, stall.name, stall.id)


def phone_cart(here: Installation, browser: Browser) -> Cart:
    """Give the cart a phone fills, beginning one where there is none."""
    with here.db.write() as connection:
        found = carts.cart(connection, browser.cart) if browser.cart else None
        if found and found[1] == "open":
            return found[0]
        cart_id = queue.free_cart(connection, NO_TILL) or open_another(here, connection, NO_TILL)
        browsers.change(connection, browser.id, {"cart": cart_id})
        return open_cart(connection, cart_id)


def join(here: Installation, browser: Browser, typed: str) -> Cart:
    """Add to the open cart of a number or name; it stays where it is.

    Raises NoSuchOrderError, SeveralOrdersError.
    """
    cart_id = cart_called(here, typed)
    with here.db.write() as connection:
        put_aside(here, connection, browser)
        browsers.change(connection, browser.id, {"cart": cart_id})
        return open_cart(connection, cart_id)


def send(here: Installation, browser: Browser) -> str:
    """Let go of a phone's cart, so that it waits for a cashier; gives its id.

    Raises CartUnknownError where the phone has none, CartEmptyError.
    """
    with here.db.write() as connection:
        if browser.cart is None:
            raise CartUnknownError
        if not open_cart(connection, browser.cart).lines:
            raise CartEmptyError
        put_aside(here, connection, browser)
        browsers.change(connection, browser.id, {"cart": None})
        return browser.cart


def check_goods(here: Installation, browser: Browser, product_number: int) -> None:
    """Raise NotThisStallsError where a phone taps goods that are not its stall's."""
    if browser.stall is None:
        return
    with here.db.read() as connection:
        product = catalogue.product_on_sale(connection, product_number)
    if product is not None and product.stall != browser.stall:
        raise NotThisStallsError(product.label)


def check_line(here: Installation, browser: Browser, cart_id: str, key: int) -> None:
    """Raise NotThisStallsError where a phone changes a line of another stall."""
    if browser.stall is None:
        return
    with here.db.read() as connection:
        line = open_cart(connection, cart_id).line(key)
    if line is None:
        raise LineGoneError
    if line.product.stall != browser.stall:
        raise NotThisStallsError(line.product.label)


def order(here: Installation, cart_id: str) -> PhoneOrder:
    """Say what became of a cart; raises CartUnknownError for one that never was or is gone."""
    with here.db.read() as connection:
        mark = queue.mark(connection, cart_id)
        if mark is None:
            raise CartUnknownError
        sold = sales.sale(connection, cart_id)
        if sold is not None:
            units = count_units((line.qty, line.unit) for line in sold.sale.lines)
            return PhoneOrder(cart_id, mark.number, "paid", "", units, sold.sale.total_rp)
        cart = open_cart(connection, cart_id)
        state, till = _where(connection, cart_id)
        return PhoneOrder(cart_id, mark.number, state, till, cart.pieces, cart.total_rp)


def _where(connection: Connection, cart_id: str) -> tuple[str, str]:
    tills, phones = queue.screens(connection, cart_id)
    if tills:
        return "at_till", ", ".join(tills)
    return ("filling", "") if phones else ("waiting", "")
