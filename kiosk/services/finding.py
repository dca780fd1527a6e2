"""Finding goods: one product with its variants, and the quick keys of a till."""

from dataclasses import dataclass

from kiosk.domain.catalogue import Product, Till
from kiosk.domain.stock import StockLevel
from kiosk.domain.variants import variant_order
from kiosk.services.browsers import Browser
from kiosk.services.cart_errors import ProductGoneError
from kiosk.services.installation import Installation
from kiosk.services.tills import till_of
from kiosk.storage import catalogue, quick_keys, stock
from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant to choose, with what is known of its stock."""

    product: Product
    level: StockLevel | None


@dataclass(frozen=True, slots=True)
class Goods:
    """What one tile stands for: variants by the catalogue's order, and their free choices."""

    variants: tuple[Choice, ...]
    choices: tuple[str, ...]
    is_quick: bool

    @property
    def first(self) -> Product:
        """The product that gives its name, its stall and its number to all."""
        return self.variants[0].product


def goods(here: Installation, browser: Browser, number: int) -> Goods:
    """Give a product with the variants beside it; raises ProductGoneError, NoTillError."""
    with here.db.read() as connection:
        till = till_of(connection, browser)
        asked = _on_sale_at(connection, till, number)
        family = [
            product
            for product in catalogue.products_on_sale(connection, asked.stall)
            if product.family == asked.family
        ]
        family.sort(key=lambda one: variant_order(one.variant))
        pinned = quick_keys.quick_keys(connection, till.id)
        return Goods(
            variants=tuple(
                Choice(product, stock.level(connection, product.number)) for product in family
            ),
            choices=tuple(dict.fromkeys(word for one in family for word in one.choices)),
            is_quick=any(product.number in pinned for product in family),
        )


def numbers_by_digits(here: Installation, digits: str) -> list[int]:
    """List the short numbers of products whose barcode holds the digits; all of none."""
    with here.db.read() as connection:
        return catalogue.barcodes_with(connection, digits) if digits else []


def pin(here: Installation, browser: Browser, number: int) -> None:
    """Keep a product at hand at this till; raises ProductGoneError, NoTillError."""
    with here.db.write() as connection:
        till = till_of(connection, browser)
        quick_keys.pin(connection, till.id, _on_sale_at(connection, till, number).number)


def unpin(here: Installation, browser: Browser, number: int) -> None:
    """Take a product and its variants from this till's quick keys; raises NoTillError."""
    with here.db.write() as connection:
        till = till_of(connection, browser)
        asked = _on_sale_at(connection, till, number)
        for product in catalogue.products_on_sale(connection, asked.stall):
            if product.family == asked.family:
                quick_keys.unpin(connection, till.id, product.number)


def _on_sale_at(connection: Connection, till: Till, number: int) -> Product:
    product = catalogue.product_on_sale(connection, number)
    if product is None or till.stall not in {None, product.stall}:
        raise ProductGoneError("")
    return product
