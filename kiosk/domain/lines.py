"""Lines of a cart: some of a product, its price, and the quantities that are sold.

A line knows what it costs before offers and discounts; those are `pricing`'s business.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kiosk.domain.catalogue import GRAMS_PER_KG, Product, Unit
from kiosk.domain.discounts import GivenDiscount
from kiosk.domain.money import Rupiah, format_amount
from kiosk.errors import N_, KioskError

MOST_PIECES: Final = 999
MOST_GRAMS: Final = 99_999
LONGEST_NOTE: Final = 120
GRAMS_A_TAP: Final = 100


_DOTTED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")


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


class NoteTooLongError(KioskError):
    """A note that no receipt has room for."""

    def __init__(self, length: int) -> None:
        self.length = length
        super().__init__(
            N_("A note takes at most %(most)d letters. Say it shorter."), most=LONGEST_NOTE
        )


@dataclass(frozen=True, slots=True)
class CartLine:
    """Some of a product in a cart: `qty` in pieces, or in grams where its unit is `g`.

    `key` names the line as long as the cart is open and is never used again in it.
    `own_price_rp` was agreed at the till; `seen_price_rp` is the catalogue's price when
    the line was begun, None where that is now.
    """

    key: int
    product: Product
    qty: int
    note: str = ""
    own_price_rp: Rupiah | None = None
    seen_price_rp: Rupiah | None = None
    discount: GivenDiscount | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.qty <= most_of(self.product.unit):
            raise QuantityError(str(self.qty), self.product.unit)

    @property
    def price_rp(self) -> Rupiah:
        """What a piece or a kilogram costs on this line."""
        return self.product.price_rp if self.own_price_rp is None else self.own_price_rp

    @property
    def is_price_agreed(self) -> bool:
        """Say whether its price was agreed on the spot, not taken from any catalogue."""
        return self.own_price_rp is not None and self.product.open_price

    @property
    def price_before_rp(self) -> Rupiah | None:
        """The price when the line was begun, where the catalogue has changed it since."""
        is_as_seen = self.own_price_rp is not None or self.seen_price_rp == self.product.price_rp
        return None if is_as_seen else self.seen_price_rp

    @property
    def kept_for_rp(self) -> Rupiah | None:
        """The catalogue's price, where an earlier one was kept on this line instead."""
        is_kept = self.own_price_rp is not None and not self.is_price_agreed
        return self.product.price_rp if is_kept else None

    def keeping_price(self) -> "CartLine":
        """Give the line at the price that it was begun with, whatever the catalogue says now."""
        return replace(self, own_price_rp=self.price_before_rp)

    def taking_price(self) -> "CartLine":
        """Give the line at the catalogue's price of now, which then has been seen."""
        own = self.own_price_rp if self.product.open_price else None
        return replace(self, own_price_rp=own, seen_price_rp=self.product.price_rp)

    @property
    def gross_rp(self) -> Rupiah:
        """What the line costs before any discount."""
        return line_price(self.price_rp, self.qty, self.product.unit)

    def takes(self, product: Product, note: str, own_price_rp: Rupiah | None) -> bool:
        """Say whether one more of this product, so noted and priced, belongs on this line."""
        return self.discount is None and (self.product.number, self.note, self.own_price_rp) == (
            product.number,
            note,
            own_price_rp,
        )


def most_of(unit: Unit) -> int:
    """Give the largest quantity of one line."""
    return MOST_GRAMS if unit == "g" else MOST_PIECES


def step_of(unit: Unit) -> int:
    """Give how much one tap adds: a piece, or 100 g."""
    return GRAMS_A_TAP if unit == "g" else 1


def read_note(text: str) -> str:
    """Read a typed note as one line; raises NoteTooLongError."""
    note = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if len(note) > LONGEST_NOTE:
        raise NoteTooLongError(len(note))
    return note


def parse_quantity(text: str, unit: Unit) -> int:
    """Read a typed quantity, `1250` or `1.250`, 0 (take it out) to the most.

    Raises QuantityError.
    """
    text = text.strip()
    if _DOTTED.fullmatch(text):
        text = text.replace(".", "")
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
