"""The product grid as the page shows it: tiles with short numbers, classes and search words.

A page with 1,000 products must stay small, so a tile names its category and stall by a
number and its colour by a class of the style sheet.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.domain.money import format_amount
from kiosk.services.catalogue import Grid

EDGES: Final = 12


@dataclass(frozen=True, slots=True)
class Tile:
    """One product: `category` and `stall` are places in the grid's lists."""

    number: int
    name: str
    sku: str
    price: str
    category: int
    stall: int
    stall_name: str
    edge: int


@dataclass(frozen=True, slots=True)
class GridView:
    """The grid; where there is one stall only, tiles do not name it."""

    event: str
    categories: tuple[str, ...]
    stalls: tuple[str, ...]
    tiles: tuple[Tile, ...]

    @property
    def has_stalls(self) -> bool:
        """Say whether stalls need telling apart."""
        return len(self.stalls) > 1


def lay_out(grid: Grid) -> GridView:
    """Turn the catalogue of a till into tiles."""
    stalls = {stall.id: place for place, stall in enumerate(grid.stalls)}
    categories = {category: place for place, category in enumerate(grid.categories)}
    names = tuple(stall.name for stall in grid.stalls)
    return GridView(
        event=grid.event.name,
        categories=grid.categories,
        stalls=names,
        tiles=tuple(
            Tile(
                number=product.number,
                name=product.label,
                sku=product.sku,
                price=_price(product.price_rp, product.unit),
                category=categories[product.category],
                stall=stalls[product.stall],
                stall_name=names[stalls[product.stall]] if len(names) > 1 else "",
                edge=stalls[product.stall] % EDGES,
            )
            for product in grid.products
        ),
    )


def _price(price_rp: int, unit: str) -> str:
    return f"{format_amount(price_rp)}/kg" if unit == "g" else format_amount(price_rp)
