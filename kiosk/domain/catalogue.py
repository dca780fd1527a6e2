"""The catalogue: what a bundle brings down for one event, as values.

Stalls, products, tills and staff are what the hub says they are; a till adds only the
short number by which it names a product in an address.
"""

from dataclasses import dataclass
from typing import Final, Literal

from kiosk.domain.barcodes import internal_code
from kiosk.domain.discounts import USUAL_RULES, DiscountRules
from kiosk.domain.methods import STANDARD, Method
from kiosk.domain.money import Rupiah

Unit = Literal["pcs", "g"]
UNITS: Final = ("pcs", "g")
GRAMS_PER_KG: Final = 1000

# Who is paid by a code, a transfer or a card: a stall, or the bazaar for all of them.
BAZAAR: Final = "bazaar"


@dataclass(frozen=True, slots=True)
class Event:
    """A bazaar: the hours of its windows are the hub's business, its name everyone's."""

    id: str
    campaign: str
    name: str
    place: str
    qris: str | None
    cash_rounding_rp: int
    methods: tuple[Method, ...] = STANDARD
    discounts: DiscountRules = USUAL_RULES


@dataclass(frozen=True, slots=True)
class Stall:
    """One vendor's stall; its id is the vendor's id.

    `qris` is her own static payload; with `qris_fills` the amount is put into it.
    `transfer_account` is what a buyer needs to transfer money to her, '' for none.
    """

    id: str
    name: str
    vendor: str
    kelurahan: str
    qris: str | None
    commission_basis_points: int
    shop_url: str = ""
    qris_fills: bool = False
    transfer_account: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """Something sold: `price_rp` is per piece, or per kilogram where `unit` is `g`.

    `stock` is how many (pieces or grams) its stall brings, None where nobody counts; at
    `low_stock` left the tile says so, None standing for the usual number.
    """

    number: int
    id: str
    stall: str
    sku: str
    name: str
    variant: str
    category: str
    price_rp: Rupiah
    unit: Unit
    barcode: str = ""
    choices: tuple[str, ...] = ()
    stock: int | None = None
    low_stock: int | None = None
    open_price: bool = False

    @property
    def family(self) -> tuple[str, str, str]:
        """What variants of one product have in common; they share a tile."""
        return self.stall, self.name.casefold(), self.category

    @property
    def scan_code(self) -> str:
        """The code a scanner finds it by: its own, else that of its label."""
        return self.barcode or internal_code(self.id)

    @property
    def label(self) -> str:
        """Name and variant as on a tile and a receipt."""
        return f"{self.name} {self.variant}" if self.variant else self.name


@dataclass(frozen=True, slots=True)
class Till:
    """One cash drawer; `id` is its code and the head of its receipt numbers (`K03`)."""

    id: str
    name: str
    stall: str | None
