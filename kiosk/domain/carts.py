"""Carts: what a buyer is about to pay, priced line by line.

A cart's total is the sum of its lines in any order, each less its part of the offers and
discounts. Nothing is paid here.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from kiosk.domain.discounts import GivenDiscount
from kiosk.domain.lines import CartLine, count_units
from kiosk.domain.money import Rupiah
from kiosk.domain.offers import Offer
from kiosk.domain.pricing import Pricing, price
from kiosk.errors import N_, KioskError

MOST_LINES: Final = 120


class CartFullError(KioskError):
    """A cart would have more lines than one receipt takes."""

    def __init__(self) -> None:
        super().__init__(
            N_("An order takes %(most)d lines. Pay this one and start another."), most=MOST_LINES
        )


class CartEmptyError(KioskError):
    """There is nothing to pay."""

    def __init__(self) -> None:
        super().__init__(N_("The order is empty. Tap a product first."))


@dataclass(frozen=True, slots=True)
class Cart:
    """A buyer's cart; its id becomes the sale's id when it is paid.

    `last_key` is the last key given to a line, `discount` one on the whole cart, `offers`
    those that its goods may fall under.
    """

    id: str
    till: str
    label: str
    version: int
    lines: tuple[CartLine, ...]
    last_key: int = 0
    name: str = ""
    discount: GivenDiscount | None = None
    offers: tuple[Offer, ...] = ()
    pricing: Pricing = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "pricing", price(self.lines, self.discount, self.offers))

    @property
    def total_rp(self) -> Rupiah:
        """What is due, before any rounding of cash."""
        return self.pricing.total_rp

    @property
    def pieces(self) -> int:
        """How many pieces; a line of goods by weight counts as one."""
        return count_units((line.qty, line.product.unit) for line in self.lines)

    def line(self, key: int) -> CartLine | None:
        """Give the line of this key, or None where it was taken out."""
        return next((line for line in self.lines if line.key == key), None)

    def with_line(self, changed: CartLine) -> "Cart":
        """Give the cart with another line in the place of the one of its key."""
        lines = (changed if line.key == changed.key else line for line in self.lines)
        return replace(self, lines=tuple(lines))

    def without_line(self, key: int) -> "Cart":
        """Give the cart without the line of this key."""
        return replace(self, lines=tuple(line for line in self.lines if line.key != key))

    def stalls(self) -> list[str]:
        """Name the stalls whose goods are in the cart, in order of appearance."""
        return list(dict.fromkeys(line.product.stall for line in self.lines))
