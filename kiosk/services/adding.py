"""Adding a product at the bazaar: sold at once on all browsers, told to the hub."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from kiosk.domain.barcodes import read_barcode
from kiosk.domain.catalogue import Product, Stall
from kiosk.domain.money import parse_rupiah
from kiosk.domain.operators import NotAllowedError, StaffMember
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.own_stalls import own_stalls
from kiosk.services.recording import record
from kiosk.services.tills import NotSignedInError, till_of
from kiosk.storage import catalogue
from kiosk.storage.database import Connection

LONGEST_NAME: Final = 80
LONGEST_CATEGORY: Final = 60
_SKU_DIGITS: Final = 8


class ProductNameError(KioskError):
    """A new product has no name, or a name that no tile shows."""

    field = "name"

    def __init__(self) -> None:
        super().__init__(
            N_("Type the product's name, at most %(most)d letters."), most=LONGEST_NAME
        )


class PriceMissingError(KioskError):
    """A new product would be given away."""

    field = "price"

    def __init__(self) -> None:
        super().__init__(
            N_("Type the price. What costs nothing is added by the organiser, not at the till.")
        )


class CategoryError(KioskError):
    """A new product has no category, or a very long one."""

    field = "category"

    def __init__(self) -> None:
        super().__init__(N_("Type the category, at most %(most)d letters."), most=LONGEST_CATEGORY)


class StallChoiceError(KioskError):
    """A new product is given to no stall that its adder looks after."""

    field = "stall"

    def __init__(self) -> None:
        super().__init__(N_("Choose the stall from the list."))


class BarcodeTakenError(KioskError):
    """Another product on sale has the barcode."""

    field = "barcode"

    def __init__(self, code: str, product: str) -> None:
        self.code, self.product = code, product
        super().__init__(
            N_("“%(product)s” already has the barcode %(code)s. Scan it to sell it."),
            product=product,
            code=code,
        )


@dataclass(frozen=True, slots=True)
class NewProduct:
    """A product as it was typed."""

    name: str
    price: str
    stall: str
    category: str
    barcode: str


@dataclass(frozen=True, slots=True)
class AddingFacts:
    """What a form for a new product offers: stalls and categories, the likeliest first."""

    stalls: tuple[Stall, ...]
    categories: tuple[str, ...]


def may_add(here: Installation, browser: Browser) -> bool:
    """Say whether who is signed in may add a product at this till."""
    with here.db.read() as connection:
        return bool(own_stalls(connection, browser))


def adding_facts(here: Installation, browser: Browser) -> AddingFacts:
    """Give what may be chosen; raises NotAllowedError, NotSignedInError."""
    with here.db.read() as connection:
        stalls = _allowed(connection, browser)
        sold = catalogue.products_on_sale(connection, None)
    own = {stall.id for stall in stalls}
    categories = Counter(one.category for one in sold if one.stall in own)
    return AddingFacts(tuple(stalls), tuple(name for name, _ in categories.most_common()))


def add_product(here: Installation, browser: Browser, typed: NewProduct) -> Product:
    """Add a product of a stall that the operator looks after.

    Raises NotAllowedError, NotSignedInError, ProductNameError, PriceMissingError,
    CategoryError, StallChoiceError, what is wrong with the price or the barcode, BarcodeTakenError.
    """
    name, category = _clean(typed.name), _clean(typed.category)
    with here.db.write() as connection:
        stalls = {stall.id for stall in _allowed(connection, browser)}
        if not 1 <= len(name) <= LONGEST_NAME:
            raise ProductNameError
        price_rp = parse_rupiah(typed.price)
        if not price_rp:
            raise PriceMissingError
        if typed.stall not in stalls:
            raise StallChoiceError
        if not 1 <= len(category) <= LONGEST_CATEGORY:
            raise CategoryError
        barcode = read_barcode(typed.barcode)
        holders = catalogue.products_by_code(connection, barcode, None) if barcode else []
        if holders:
            raise BarcodeTakenError(barcode, holders[0].label)
        product = here.clock.new_id()
        added = {
            "id": product,
            "stall": typed.stall,
            "sku": f"BZR-{product[-_SKU_DIGITS:].upper()}",
            "name": name,
            "variant": "",
            "category": category,
            "price_rp": price_rp,
            "unit": "pcs",
            "barcode": barcode,
        }
        record(
            here,
            connection,
            "catalogue_changed",
            {"what": "product_added", "product": added},
            by=_operator(browser).operator,
            till=till_of(connection, browser).id,
        )
        return next(
            one for one in catalogue.products_on_sale(connection, typed.stall) if one.id == product
        )


def _allowed(connection: Connection, browser: Browser) -> list[Stall]:
    _operator(browser)
    stalls = own_stalls(connection, browser)
    if not stalls:
        raise NotAllowedError
    return stalls


def _operator(browser: Browser) -> StaffMember:
    if browser.operator is None:
        raise NotSignedInError
    return browser.operator


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
