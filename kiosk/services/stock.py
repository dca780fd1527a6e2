"""Stock: goods that come, are counted, go back to their stall, or are said to be sold out."""

from dataclasses import dataclass

from kiosk.domain.catalogue import Product, Stall
from kiosk.domain.counts import read_count
from kiosk.domain.operators import NotAllowedError
from kiosk.domain.stock import COUNTED_MOVES, MOVES, StockLevel
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.cart_errors import ProductGoneError
from kiosk.services.installation import Installation
from kiosk.services.own_stalls import own_stalls
from kiosk.services.recording import record
from kiosk.services.tills import operator_of, till_of
from kiosk.storage import catalogue, stock


class MoveUnknownError(KioskError):
    """A form says something of stock that nobody knows."""

    def __init__(self) -> None:
        super().__init__(N_("Press one of the buttons beside the count."))


class NotCountedError(KioskError):
    """Goods are to be taken back of which nobody knows how many there are."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(N_("Count “%(name)s” first, then take some back."), name=name)


@dataclass(frozen=True, slots=True)
class StockRow:
    """A product and what is known of its stock."""

    product: Product
    level: StockLevel | None


@dataclass(frozen=True, slots=True)
class StockPage:
    """One stall's goods, and the stalls one may look at."""

    stalls: tuple[Stall, ...]
    stall: Stall
    rows: tuple[StockRow, ...]


def stock_page(here: Installation, browser: Browser, stall_id: str) -> StockPage:
    """Give a stall's goods with what is left; the first stall where none is asked for.

    Raises NotSignedInError, NotAllowedError.
    """
    with here.db.read() as connection:
        operator_of(browser)
        stalls = own_stalls(connection, browser)
        if not stalls:
            raise NotAllowedError
        stall = next((one for one in stalls if one.id == stall_id), stalls[0])
        levels = stock.levels(connection)
        rows = tuple(
            StockRow(product, levels.get(product.number))
            for product in catalogue.products_on_sale(connection, stall.id)
        )
    return StockPage(tuple(stalls), stall, rows)


def move(here: Installation, browser: Browser, number: int, what: str, qty: str) -> StockRow:
    """Seal that stock moved; `qty` is typed for goods that come, are counted or go back.

    Raises NotSignedInError, NotAllowedError, ProductGoneError, MoveUnknownError,
    NotCountedError, CountError.
    """
    with here.db.write() as connection:
        operator = operator_of(browser)
        product = catalogue.product_on_sale(connection, number)
        if product is None:
            raise ProductGoneError("")
        if product.stall not in {stall.id for stall in own_stalls(connection, browser)}:
            raise NotAllowedError
        if what not in MOVES:
            raise MoveUnknownError
        level = stock.level(connection, number)
        if what == "taken_back" and (level is None or level.left is None):
            raise NotCountedError(product.label)
        body: dict[str, object] = {"product": product.id, "move": what}
        if what in COUNTED_MOVES:
            body["qty"] = read_count(qty)
        till = till_of(connection, browser).id
        record(here, connection, "stock_moved", body, by=operator, till=till)
        return StockRow(product, stock.level(connection, number))
