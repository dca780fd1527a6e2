"""Carts: what a buyer is about to pay, priced line by line.

A cart's total is the sum of its lines in any order. Nothing is paid here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.domain.catalogue import GRAMS_PER_KG, Product, Unit
from kiosk.domain.money import Rupiah, format_amount, total
from kiosk.errors import N_, KioskError

MOST_PIECES: Final = 999
MOST_GRAMS: Final = 99_999
MOST_LINES: Final = 120
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

    def __post_init__(self) -> None:
        if not 1 <= self.qty <= most_of(self.product.unit):
            raise QuantityError(str(self.qty), self.product.unit)

    @property
    def price_rp(self) -> Rupiah:
        """What a piece or a kilogram costs on this line."""
        return self.product.price_rp if self.own_price_rp is None else self.own_price_rp

    @property
    def price_before_rp(self) -> Rupiah | None:
        """The price when the line was begun, where the catalogue has changed it since."""
        is_as_seen = self.own_price_rp is not None or self.seen_price_rp == self.product.price_rp
        return None if is_as_seen else self.seen_price_rp

    @property
    def gross_rp(self) -> Rupiah:
        """What the line costs before any discount."""
        return line_price(self.price_rp, self.qty, self.product.unit)

    def takes(self, product: Product, note: str, own_price_rp: Rupiah | None) -> bool:
        """Say whether one more of this product, so noted and priced, belongs on this line."""
        return (self.product.number, self.note, self.own_price_rp) == (
            product.number,
            note,
            own_price_rp,
        )


@dataclass(frozen=True, slots=True)
class Cart:
    """A buyer's cart; its id becomes the sale's id when it is paid."""

    id: str
    till: str
    label: str
    version: int
    lines: tuple[CartLine, ...]
    last_key: int = 0

    @property
    def total_rp(self) -> Rupiah:
        """What is due, before any rounding of cash."""
        return total(line.gross_rp for line in self.lines)

    @property
    def pieces(self) -> int:
        """How many pieces; a line of goods by weight counts as one."""
        return count_units((line.qty, line.product.unit) for line in self.lines)

    def line(self, key: int) -> CartLine | None:
        """Give the line of this key, or None where it was taken out."""
        return next((line for line in self.lines if line.key == key), None)

    def stalls(self) -> list[str]:
        """Name the stalls whose goods are in the cart, in order of appearance."""
        return list(dict.fromkeys(line.product.stall for line in self.lines))


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
