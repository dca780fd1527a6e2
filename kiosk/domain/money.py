"""Money: whole rupiah, and the few sums that must never lose one.

Amounts are `Rupiah`, an int. There is no smaller unit, so nothing here rounds unless
its name says so, and what is shared out adds up to what there was.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NewType

from kiosk.errors import N_, KioskError

Rupiah = NewType("Rupiah", int)

ZERO = Rupiah(0)

# The largest amount a person may type: above it a slipped key is likelier than a sale.
LARGEST_AMOUNT = Rupiah(1_000_000_000)

# Notes and coins in circulation, largest first (Bank Indonesia).
NOTES = tuple(Rupiah(n) for n in (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000))
COINS = tuple(Rupiah(n) for n in (1_000, 500, 200, 100))
PIECES = tuple(dict.fromkeys((*NOTES, *COINS)))

_TYPED = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,00|,-)?", re.IGNORECASE)


class AmountNotUnderstoodError(KioskError):
    """What was typed is not an amount in rupiah."""

    def __init__(self, text: str) -> None:
        self.text = text[:40]
        super().__init__(
            N_("“%(text)s” is not an amount. Type rupiah in digits, for example 25.000."),
            text=self.text,
        )


class AmountTooLargeError(KioskError):
    """What was typed is more than a till will ever take."""

    def __init__(self, text: str) -> None:
        self.text = text[:40]
        super().__init__(
            N_("“%(text)s” is more than %(most)s. Check the zeros."),
            text=self.text,
            most=format_rupiah(LARGEST_AMOUNT),
        )


def total(amounts: Iterable[Rupiah]) -> Rupiah:
    """Add up amounts; nothing adds up to Rp0."""
    return Rupiah(sum(amounts))


def format_amount(amount: int) -> str:
    """Write an amount or a count with dots between thousands: `-1.234.567`."""
    return f"{amount:,}".replace(",", ".")


def format_rupiah(amount: int) -> str:
    """Write an amount as a person reads it: `Rp12.500`, `-Rp500`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{format_amount(abs(amount))}"


def parse_rupiah(text: str) -> Rupiah:
    """Read an amount a person typed: `12500`, `12.500`, `Rp12.500`, `12.500,00`.

    Raises AmountNotUnderstoodError for anything else (signs and letters included) and
    AmountTooLargeError above `LARGEST_AMOUNT`.
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None or not text.isascii():
        raise AmountNotUnderstoodError(text)
    digits = match[1].replace(".", "")
    if len(digits) > len(str(LARGEST_AMOUNT)) or int(digits) > LARGEST_AMOUNT:
        raise AmountTooLargeError(text)
    return Rupiah(int(digits))


def share_out(amount: Rupiah, weights: Sequence[int]) -> list[Rupiah]:
    """Share `amount` in proportion to `weights` (≥ 0), to the last rupiah.

    Largest remainder; of equal remainders the earlier weight goes first. The parts add
    up to `amount` exactly. Where every weight is 0 the first takes all; of no weights
    there are no parts, so a non-zero amount raises ValueError.
    """
    if not weights:
        if amount:
            raise ValueError("an amount cannot be shared among nobody")
        return []
    if amount < 0:
        return [Rupiah(-part) for part in share_out(Rupiah(-amount), weights)]
    whole = sum(weights)
    if whole == 0:
        return [amount, *(ZERO for _ in weights[1:])]
    parts = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
    for i in by_remainder[: amount - sum(parts)]:
        parts[i] += 1
    return [Rupiah(part) for part in parts]


def round_cash_down(amount: Rupiah, step: int) -> Rupiah:
    """Give the rounding (≤ 0) that brings `amount` down to a multiple of `step` rupiah.

    Only cash is rounded, and only for fractions not in circulation (Permendag 35/2013
    art. 6(3)); a step of 0 or 1 rounds nothing.
    """
    return Rupiah(-(amount % step)) if step > 1 else ZERO


def quick_cash(due: Rupiah, *, most: int = 5) -> list[Rupiah]:
    """Say which sums a buyer is likely to hand over for `due`, smallest first.

    The exact amount, where money in circulation can make it; sums that take fewer pieces
    than any smaller one (85.000 in four notes, 90.000 in three, 100.000 in one); and the
    single larger notes. No sum holds a note or coin that could stay in the purse.
    """
    if due <= 0:
        return []
    found = []
    fewest: int = due
    for sum_ in sorted(_rounded_up(due)):
        count, smallest = cash_pieces(sum_)
        is_likely = count < fewest or sum_ % NOTES[1] == 0 or sum_ in NOTES
        if is_likely and (sum_ == due or sum_ - smallest < due):
            found.append(sum_)
            fewest = min(fewest, count)
    return found[:most]


def cash_pieces(amount: Rupiah) -> tuple[int, Rupiah]:
    """Say how few notes and coins make `amount`, and the smallest of them.

    `amount` is a positive multiple of the smallest coin.
    """
    count = 0
    smallest = left = amount
    for kind in PIECES:
        many, rest = divmod(left, kind)
        if many:
            smallest = kind
        count += many
        left = Rupiah(rest)
    return count, smallest


def _rounded_up(due: Rupiah) -> set[Rupiah]:
    """Round `due` up to each kind of money there is, and add the single larger notes."""
    return {Rupiah(-(-due // kind) * kind) for kind in PIECES} | {
        note for note in NOTES if note > due
    }
