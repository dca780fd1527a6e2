"""Stock at a till: how many are left of what is counted, and what is sold out.

A count never stands in the way of a sale that is being paid; it only warns while ringing up.
Goods that nobody counts can be switched off by hand.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.domain.catalogue import Unit
from kiosk.errors import N_, KioskError

USUAL_LOW_PIECES: Final = 5
USUAL_LOW_GRAMS: Final = 500

# What `stock_moved` says: goods that came, that were counted, that their stall took back;
# and the switch for goods that nobody counts.
MOVES: Final = ("received", "counted", "taken_back", "sold_out", "on_sale_again")
COUNTED_MOVES: Final = frozenset({"received", "counted", "taken_back"})


class SoldOutError(KioskError):
    """A product is sold out, as counted or as somebody said."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            N_("“%(name)s” is sold out. A coordinator can sell it anyway: press it longer."),
            name=name,
        )


class NotEnoughLeftError(KioskError):
    """Fewer are left than the order would hold."""

    def __init__(self, name: str, left: int, unit: Unit) -> None:
        self.name, self.left = name, left
        message = (
            N_(
                "Only %(left)s g are left of “%(name)s”. Count again on the stock page, or open"
                " its line: a coordinator can sell it anyway."
            )
            if unit == "g"
            else N_(
                "Only %(left)s are left of “%(name)s”. Count again on the stock page, or open"
                " its line: a coordinator can sell it anyway."
            )
        )
        super().__init__(message, left=left, name=name)


@dataclass(frozen=True, slots=True)
class StockLevel:
    """What is known of one product's stock; `left` in pieces or grams, None is not counted.

    `left` falls below 0 where more was sold than had been counted.
    """

    left: int | None
    low_at: int
    switched_off: bool

    @property
    def is_out(self) -> bool:
        """Whether nothing is left, or somebody said so."""
        return self.switched_off or (self.left is not None and self.left <= 0)

    @property
    def is_low(self) -> bool:
        """Whether a few are left."""
        return not self.is_out and self.left is not None and self.left <= self.low_at

    def check(self, name: str, qty: int, unit: Unit) -> None:
        """Raise SoldOutError or NotEnoughLeftError where an order cannot hold `qty`."""
        if self.is_out:
            raise SoldOutError(name)
        if self.left is not None and qty > self.left:
            raise NotEnoughLeftError(name, self.left, unit)


def low_at(low_stock: int | None, unit: Unit) -> int:
    """Give the number left at which a tile says so: the product's own, or the usual one."""
    if low_stock is not None:
        return low_stock
    return USUAL_LOW_GRAMS if unit == "g" else USUAL_LOW_PIECES
