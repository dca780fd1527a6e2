"""The product grid: what a till may sell, and the event it sells for."""

from dataclasses import dataclass

from kiosk.domain.catalogue import Event, Product, Stall, Till
from kiosk.services.installation import Installation
from kiosk.services.recording import NotSetUpError
from kiosk.storage import catalogue


@dataclass(frozen=True, slots=True)
class Grid:
    """Products with the categories and stalls they come under, in the bundle's order."""

    event: Event
    campaign_name: str
    installation_name: str
    categories: tuple[str, ...]
    stalls: tuple[Stall, ...]
    products: tuple[Product, ...]


def grid(here: Installation, till: Till) -> Grid:
    """Give what a till sells: a stall's own till only its goods. Raises NotSetUpError."""
    with here.db.read() as connection:
        frame = catalogue.catalogue(connection)
        if frame is None:
            raise NotSetUpError
        products = tuple(catalogue.products_on_sale(connection, till.stall))
        stalls = catalogue.stalls(connection)
    sold = {product.stall for product in products}
    return Grid(
        event=frame.event,
        campaign_name=frame.campaign_name,
        installation_name=frame.installation_name,
        categories=tuple(dict.fromkeys(product.category for product in products)),
        stalls=tuple(stall for stall in stalls.values() if stall.id in sold),
        products=products,
    )


def stalls(here: Installation) -> list[Stall]:
    """List the bazaar's stalls in the bundle's order."""
    with here.db.read() as connection:
        return list(catalogue.stalls(connection).values())


def is_set_up(here: Installation) -> bool:
    """Say whether a catalogue has come down."""
    with here.db.read() as connection:
        return catalogue.catalogue(connection) is not None
