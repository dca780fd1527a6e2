"""The product grid: what a till may sell, what is left of it, and the event it sells for."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.catalogue import Event, Product, Stall, Till
from kiosk.domain.stock import StockLevel
from kiosk.services.installation import Installation
from kiosk.services.recording import NotSetUpError
from kiosk.storage import catalogue, quick_keys, stock


@dataclass(frozen=True, slots=True)
class Grid:
    """Products with the categories and stalls they come under, in the order of their tiles.

    `levels` and `quick` name products by their short numbers; `goods` is another word
    whenever other products are on sale.
    """

    event: Event
    campaign_name: str
    installation_name: str
    categories: tuple[str, ...]
    stalls: tuple[Stall, ...]
    products: tuple[Product, ...]
    levels: Mapping[int, StockLevel]
    quick: tuple[int, ...]
    goods: str


def grid(here: Installation, till: Till, *, best_first: bool = False) -> Grid:
    """Give what a till sells: a stall's own till only its goods.

    In the bundle's order, or with what sold most today first. Raises NotSetUpError.
    """
    with here.db.read() as connection:
        frame = catalogue.catalogue(connection)
        if frame is None:
            raise NotSetUpError
        products = tuple(catalogue.products_on_sale(connection, till.stall))
        stalls = catalogue.stalls(connection)
        levels = stock.levels(connection)
        quick = tuple(quick_keys.quick_keys(connection, till.id))
        goods = catalogue.goods_on_sale(connection, till.stall)
        sales = catalogue.sold_on(connection, today(here)) if best_first else {}
    sold = {product.stall for product in products}
    return Grid(
        event=frame.event,
        campaign_name=frame.campaign_name,
        installation_name=frame.installation_name,
        categories=tuple(dict.fromkeys(product.category for product in products)),
        stalls=tuple(stall for stall in stalls.values() if stall.id in sold),
        products=tuple(sorted(products, key=lambda one: -sales.get(one.number, 0))),
        levels=levels,
        quick=quick,
        goods=goods,
    )


def seen_now(here: Installation, till: Till) -> tuple[str, Mapping[int, StockLevel]]:
    """Give what a grid is compared by: `Grid.goods` and `Grid.levels`, without laying it out."""
    with here.db.read() as connection:
        return catalogue.goods_on_sale(connection, till.stall), stock.levels(connection)


def today(here: Installation) -> str:
    """Give the day of shifts that are opened now."""
    return here.clock.now().date().isoformat()


def stalls(here: Installation) -> list[Stall]:
    """List the bazaar's stalls in the bundle's order."""
    with here.db.read() as connection:
        return list(catalogue.stalls(connection).values())


def is_set_up(here: Installation) -> bool:
    """Say whether a catalogue has come down."""
    with here.db.read() as connection:
        return catalogue.catalogue(connection) is not None
