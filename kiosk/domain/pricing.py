"""Pricing: what a cart's lines come to after offers and discounts, to the last rupiah.

The order is fixed: offers, then a line's own discount on what is left of it, then the
cart's on what is left of all, shared over the lines by largest remainder. The rounding
of cash comes after all of it and is no part of a price.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kiosk.domain.catalogue import BAZAAR
from kiosk.domain.discounts import Bearer, DiscountLimit, GivenDiscount, Taken
from kiosk.domain.entries import Operator
from kiosk.domain.lines import CartLine
from kiosk.domain.money import Rupiah, share_out, total
from kiosk.domain.offers import Offer, OfferUse, apply_offers

Source = Literal["offer", "line", "cart"]


@dataclass(frozen=True, slots=True)
class Reduction:
    """What one offer or discount takes off one line; `borne_by` is a stall's id or `bazaar`."""

    source: Source
    amount_rp: Rupiah
    borne_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line, what is taken off it and what is left to pay for it."""

    line: CartLine
    reductions: tuple[Reduction, ...]

    def __post_init__(self) -> None:
        if self.total_rp < 0 or any(one.amount_rp <= 0 for one in self.reductions):
            raise ValueError(f"line {self.line.key} would cost {self.total_rp}")

    @property
    def discount_rp(self) -> Rupiah:
        """All that is taken off."""
        return total(one.amount_rp for one in self.reductions)

    @property
    def total_rp(self) -> Rupiah:
        """What is left to pay for the line."""
        return Rupiah(self.line.gross_rp - self.discount_rp)

    @property
    def before_cart_rp(self) -> Rupiah:
        """What the line comes to for its own sake, before its part of the cart's discount."""
        return Rupiah(self.line.gross_rp - total(one.amount_rp for one in self.own))

    @property
    def own(self) -> tuple[Reduction, ...]:
        """What is taken off this line for its own sake: all but its part of the cart's."""
        return tuple(one for one in self.reductions if one.source != "cart")


@dataclass(frozen=True, slots=True)
class Pricing:
    """A cart's lines priced; `taken` is what each discount given by hand came to."""

    lines: tuple[PricedLine, ...]
    uses: tuple[OfferUse, ...]
    taken: tuple[Taken, ...]

    @property
    def gross_rp(self) -> Rupiah:
        """What all costs before anything is taken off."""
        return total(priced.line.gross_rp for priced in self.lines)

    @property
    def total_rp(self) -> Rupiah:
        """What is due, before any rounding of cash."""
        return total(priced.total_rp for priced in self.lines)

    @property
    def cart_discount_rp(self) -> Rupiah:
        """What the discount on the whole cart came to."""
        return total(
            one.amount_rp
            for priced in self.lines
            for one in priced.reductions
            if one.source == "cart"
        )

    @property
    def approved_by(self) -> Operator | None:
        """Who approved a discount; of several the one for the largest amount."""
        approved = [one for one in self.taken if one.discount.approved_by]
        largest = max(approved, key=lambda one: one.amount_rp, default=None)
        return largest.discount.approved_by if largest else None

    def of_stall(self, stall: str) -> Rupiah:
        """Add up what the buyer pays for one stall's goods."""
        return total(priced.total_rp for priced in self.lines if priced.line.product.stall == stall)

    def to_approve(self, limit: DiscountLimit) -> list[GivenDiscount]:
        """List the discounts that somebody has yet to approve."""
        return limit.to_approve(self.taken)


def price(
    lines: Sequence[CartLine], discount: GivenDiscount | None, offers: Iterable[Offer]
) -> Pricing:
    """Price a cart's lines; offers are looked at only where there are any."""
    by_key: dict[int, list[Reduction]] = {line.key: [] for line in lines}
    left = {line.key: line.gross_rp for line in lines}
    taken: list[Taken] = []

    def take(line: CartLine, source: Source, amount_rp: Rupiah, bearer: Bearer, why: str) -> None:
        if amount_rp:
            payer = line.product.stall if bearer == "stall" else BAZAAR
            by_key[line.key].append(Reduction(source, amount_rp, payer, why))
            left[line.key] = Rupiah(left[line.key] - amount_rp)

    uses = apply_offers(lines, offers)
    saved = [(use.offer, key, amount_rp) for use in uses for key, amount_rp in use.savings]
    for offer, key, amount_rp in saved:
        line = next(line for line in lines if line.key == key)
        take(line, "offer", amount_rp, offer.borne_by, offer.name)
    for line in lines:
        if line.discount:
            base_rp, amount_rp = left[line.key], line.discount.of(left[line.key])
            taken.append(Taken(line.discount, base_rp, amount_rp))
            take(line, "line", amount_rp, line.discount.borne_by, line.discount.reason)
    if discount and lines:
        rest = [left[line.key] for line in lines]
        amount_rp = discount.of(total(rest))
        taken.append(Taken(discount, total(rest), amount_rp))
        for line, part_rp in zip(lines, share_out(amount_rp, rest), strict=True):
            take(line, "cart", part_rp, discount.borne_by, discount.reason)
    return Pricing(
        tuple(PricedLine(line, tuple(by_key[line.key])) for line in lines), uses, tuple(taken)
    )
