"""Carts: what a buyer is about to pay, priced line by line.

A cart's total is the sum of its lines in any order. Nothing is paid here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.domain.catalogue import GRAMS_PER_KG, Product, Unit
from kiosk.domain.money import Rupiah, format_amount, total
from kiosk.errors import N_, KioskError

MOST_PIECES: Final = 999
MOST_GRAMS: Final = 99_999
MOST_LINES: Final = 120


class QuantityError(KioskError):
    """A quantity that nobody sells."""

    def __init__(self, text: str, unit: Unit = "pcs") -> None:
        self.text = text[:40]
        most = format_amount(MOST_GRAMS if unit == "g" else MOST_PIECES)
        message = (
            N_("“%(text)s” is not a weight. Type whole grams, from 0 to %(most)s.")
            if unit == "g"
            else N_("“%(text)s” is not a quantity. Type whole pieces, from 0 to %(most)s.")
        )
        super().__init__(message, text=self.text, most=most)


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
class CartLine:
    """One product in a cart: `qty` in pieces, or in grams where the product's unit is `g`."""

    n: int
    product: Product
    qty: int
    note: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.qty <= most_of(self.product.unit):
            raise QuantityError(str(self.qty), self.product.unit)

    @property
    def gross_rp(self) -> Rupiah:
        """What the line costs before any discount."""
        return line_price(self.product.price_rp, self.qty, self.product.unit)


@dataclass(frozen=True, slots=True)
class Cart:
    """A buyer's cart; its id becomes the sale's id when it is paid."""

    id: str
    till: str
    label: str
    version: int
    lines: tuple[CartLine, ...]

    @property
    def total_rp(self) -> Rupiah:
        """What is due, before any rounding of cash."""
        return total(line.gross_rp for line in self.lines)

    @property
    def pieces(self) -> int:
        """How many pieces; a line of goods by weight counts as one."""
        return count_units((line.qty, line.product.unit) for line in self.lines)

    def stalls(self) -> list[str]:
        """Name the stalls whose goods are in the cart, in order of appearance."""
        return list(dict.fromkeys(line.product.stall for line in self.lines))


def most_of(unit: Unit) -> int:
    """Give the largest quantity of one line."""
    return MOST_GRAMS if unit == "g" else MOST_PIECES


def parse_quantity(text: str, unit: Unit) -> int:
    """Read a typed quantity, 0 (take it out) to the most; raises QuantityError."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 6):  # noqa: PLR2004 - 99,999 g and a zero
        raise QuantityError(text, unit)
    if int(text) > most_of(unit):
        raise QuantityError(text, unit)
    return int(text)


def line_price(price_rp: Rupiah, qty: int, unit: Unit) -> Rupiah:
    """Price a line: pieces × price, or grams × price per kilogram, half a rupiah going up."""
    if unit == "g":
        return Rupiah((price_rp * qty + GRAMS_PER_KG // 2) // GRAMS_PER_KG)
    return Rupiah(price_rp * qty)


def count_units(lines: Iterable[tuple[int, str]]) -> int:
    """Count units as the campaign does: pieces, and one for each line of goods by weight."""
    return sum(1 if unit == "g" else qty for qty, unit in lines)
