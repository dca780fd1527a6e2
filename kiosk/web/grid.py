"""The product grid as the page shows it: tiles with short numbers, classes and search words.

A page with 1,000 products must stay small, so a tile names its category and stall by a
number and its colour by a class of the style sheet. Variants of one product share a tile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from flask_babel import gettext as _

from kiosk.domain.catalogue import Product
from kiosk.domain.money import format_amount
from kiosk.domain.stock import StockLevel
from kiosk.domain.variants import variant_order
from kiosk.services.catalogue import Grid

EDGES: Final = 12
# Between a variant's facts, and between variants: no name holds them.
_FACTS_APART: Final = "\t"
_VARIANTS_APART: Final = "\n"


@dataclass(frozen=True, slots=True)
class Tile:
    """One product with its variants: `category` and `stall` are places in the grid's lists.

    `first` is its first variant's number. `number` and `sku` are what a tap adds; where it
    opens a sheet, they are empty and `variants` has each one's number, words and SKU. `quick` is the tile's place among
    the quick keys, 0 for none.
    """

    first: int
    number: int
    name: str
    sku: str
    variants: str
    words: str
    price: str
    category: int
    stall: int
    stall_name: str
    edge: int
    quick: int
    is_out: bool
    stock: str


@dataclass(frozen=True, slots=True)
class GridView:
    """The grid; where there is one stall only, tiles do not name it.

    `goods` names the products on sale, `seen` these and what is left of them.
    """

    event: str
    categories: tuple[str, ...]
    stalls: tuple[str, ...]
    tiles: tuple[Tile, ...]
    best_first: bool
    goods: str
    seen: str

    @property
    def has_stalls(self) -> bool:
        """Say whether stalls need telling apart."""
        return len(self.stalls) > 1


def lay_out(grid: Grid, *, best_first: bool = False) -> GridView:
    """Turn the catalogue of a till into tiles, each where its first variant stands."""
    families: dict[tuple[str, str, str], list[Product]] = {}
    for product in grid.products:
        families.setdefault(product.family, []).append(product)
    stalls = {stall.id: place for place, stall in enumerate(grid.stalls)}
    categories = {category: place for place, category in enumerate(grid.categories)}
    quick = {number: place for place, number in enumerate(grid.quick, start=1)}
    names = tuple(stall.name for stall in grid.stalls)
    return GridView(
        event=grid.event.name,
        categories=grid.categories,
        stalls=names,
        tiles=tuple(
            _tile(
                sorted(family, key=lambda one: variant_order(one.variant)),
                categories[family[0].category],
                stalls[family[0].stall],
                names,
                min((quick[one.number] for one in family if one.number in quick), default=0),
                grid.levels,
            )
            for family in families.values()
        ),
        best_first=best_first,
        goods=grid.goods,
        seen=seen_name(grid.goods, grid.levels),
    )


def seen_name(goods: str, levels: Mapping[int, StockLevel]) -> str:
    """Give a short name for what a grid shows, to tell whether it would show something else."""
    return f"{crc32(repr((goods, sorted(levels.items()))).encode()):x}"


def _tile(
    family: list[Product],
    category: int,
    stall: int,
    stalls: tuple[str, ...],
    quick: int,
    known: Mapping[int, StockLevel],
) -> Tile:
    first = family[0]
    levels = [known.get(one.number) for one in family]
    opens = len(family) > 1 or bool(first.choices)
    return Tile(
        first=first.number,
        number=0 if opens else first.number,
        name=first.name if len(family) > 1 else first.label,
        sku="" if opens else first.sku,
        variants=_VARIANTS_APART.join(_search_facts(one) for one in family) if opens else "",
        words=" · ".join(one.variant for one in family) if len(family) > 1 else "",
        price=price_of(family),
        category=category,
        stall=stall,
        stall_name=stalls[stall] if len(stalls) > 1 else "",
        edge=stall % EDGES,
        quick=quick,
        is_out=all(level is not None and level.is_out for level in levels),
        stock=stock_words(levels),
    )


def _search_facts(product: Product) -> str:
    return _FACTS_APART.join((str(product.number), product.variant, product.sku))


def price_of(family: list[Product]) -> str:
    """Write a price, or the lowest and the highest of several."""
    prices = sorted({product.price_rp for product in family})
    text = "–".join(format_amount(price) for price in (prices[0], *prices[1:][-1:]))
    return f"{text}/kg" if family[0].unit == "g" else text


def stock_words(levels: list[StockLevel | None]) -> str:
    """Say of a tile that it is sold out, or how few are left; '' where nothing need be said."""
    known = [level for level in levels if level is not None]
    if len(known) < len(levels):
        return ""
    there = [level for level in known if not level.is_out]
    words: str = ""
    if not there:
        words = _("SOLD OUT")
    elif all(level.is_low for level in there):
        words = _("%(left)s left", left=format_amount(sum(level.left or 0 for level in there)))
    return words
