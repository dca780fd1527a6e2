"""Discounts given by hand: rupiah or per cent off a line or a cart, why, and who bears them.

A discount never takes more than there is. What a cashier may give by herself is the
organiser's limit; above it somebody who approves puts her name to it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from kiosk.domain.entries import Operator
from kiosk.domain.money import Rupiah, format_amount, parse_rupiah
from kiosk.errors import N_, KioskError

# Per cent are kept in basis points: 12.5 % is 1,250.
WHOLE: Final = 10_000
BASIS_POINTS_A_PER_CENT: Final = 100

# A discount is borne by the stall whose goods it lowers, or by the campaign.
Bearer = Literal["stall", "bazaar"]
BEARERS: Final = ("stall", "bazaar")
LONGEST_REASON: Final = 60
MOST_REASONS: Final = 12

_PER_CENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))?\s*%?")


class DiscountNotUnderstoodError(KioskError):
    """What was typed is no share of a price."""

    def __init__(self, text: str) -> None:
        self.text = text[:40]
        super().__init__(
            N_(
                "“%(text)s” is not so many per cent. Type a number above 0 and up to 100, such as"
                " 10 or 12,5; for an amount of money choose Rp."
            ),
            text=self.text,
        )


class NoDiscountError(DiscountNotUnderstoodError):
    """A discount of no rupiah."""

    def __init__(self) -> None:
        self.text = "0"
        KioskError.__init__(
            self, N_("A discount takes off Rp1 or more. Leave the field empty for no discount.")
        )


class DiscountReasonError(KioskError):
    """A discount without a reason, or with one that no receipt has room for."""

    def __init__(self, length: int) -> None:
        self.length = length
        super().__init__(
            N_("Say why in at most %(most)d letters: choose a reason or type one."),
            most=LONGEST_REASON,
        )


@dataclass(frozen=True, slots=True)
class GivenDiscount:
    """Rupiah, or basis points of what is left to pay; `approved_by` where somebody did."""

    amount_rp: Rupiah | None
    basis_points: int | None
    reason: str
    borne_by: Bearer
    approved_by: Operator | None = None

    def __post_init__(self) -> None:
        if (self.amount_rp is None) == (self.basis_points is None):
            raise ValueError("a discount is in rupiah or in basis points")
        if self.amount_rp is not None and self.amount_rp < 1:
            raise NoDiscountError
        if self.basis_points is not None and not 1 <= self.basis_points <= WHOLE:
            raise DiscountNotUnderstoodError(format_per_cent(self.basis_points))
        if not 1 <= len(self.reason) <= LONGEST_REASON:
            raise DiscountReasonError(len(self.reason))

    def of(self, left_rp: Rupiah) -> Rupiah:
        """Give what it takes off `left_rp` (≥ 0): never more; half a rupiah goes up."""
        if self.amount_rp is not None:
            return min(self.amount_rp, left_rp)
        return Rupiah((left_rp * (self.basis_points or 0) + WHOLE // 2) // WHOLE)

    @property
    def size(self) -> str:
        """How much, as typed: `12,5 %` or `5.000`."""
        if self.amount_rp is not None:
            return format_amount(self.amount_rp)
        return format_per_cent(self.basis_points or 0)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one discount takes off: `amount_rp` of `base_rp`."""

    discount: GivenDiscount
    base_rp: Rupiah
    amount_rp: Rupiah


@dataclass(frozen=True, slots=True)
class DiscountLimit:
    """The most that needs no approval; a None measures nothing, 0 lets nothing through."""

    amount_rp: Rupiah | None
    basis_points: int | None

    def to_approve(self, taken: Iterable[Taken]) -> list[GivenDiscount]:
        """List the discounts of a cart that somebody has yet to approve.

        Each is held against both measures; in rupiah all of one cart together count, so
        that ten small ones are not a way around.
        """
        waiting = [one for one in taken if one.discount.approved_by is None]
        if self.amount_rp is not None and sum(one.amount_rp for one in waiting) > self.amount_rp:
            return [one.discount for one in waiting]
        return [one.discount for one in waiting if self._is_over(one)]

    def _is_over(self, one: Taken) -> bool:
        return self.basis_points is not None and (
            one.amount_rp * WHOLE > one.base_rp * self.basis_points
        )


@dataclass(frozen=True, slots=True)
class DiscountRules:
    """What the organiser says of discounts: reasons to choose from, and the limit."""

    reasons: tuple[str, ...]
    limit: DiscountLimit


# Until an organiser says otherwise; the words go onto receipts, so they are Indonesian.
USUAL_RULES: Final = DiscountRules(
    reasons=("Langganan", "Kurang sempurna", "Habiskan stok", "Hadiah"),
    limit=DiscountLimit(amount_rp=Rupiah(50_000), basis_points=2_000),
)


def rules_as_json(rules: DiscountRules) -> dict[str, Any]:
    """Give the rules as a bundle has them."""
    return {
        "reasons": list(rules.reasons),
        "limit_rp": rules.limit.amount_rp,
        "limit_basis_points": rules.limit.basis_points,
    }


def read_rules(said: Mapping[str, Any] | None) -> DiscountRules:
    """Read the rules as a bundle has them; where none are said they are the usual ones."""
    if not said:
        return USUAL_RULES
    return DiscountRules(
        reasons=tuple(said["reasons"]) or USUAL_RULES.reasons,
        limit=DiscountLimit(said["limit_rp"], said["limit_basis_points"]),
    )


def read_discount(typed: str, *, is_per_cent: bool, reason: str, borne_by: Bearer) -> GivenDiscount:
    """Read a discount as typed: `10`, `12,5 %`, or an amount in rupiah.

    Raises DiscountNotUnderstoodError, DiscountReasonError and what `parse_rupiah` raises.
    """
    reason = " ".join(reason.split())
    if is_per_cent:
        return GivenDiscount(None, _read_per_cent(typed), reason, borne_by)
    return GivenDiscount(parse_rupiah(typed), None, reason, borne_by)


def format_per_cent(basis_points: int) -> str:
    """Write basis points as per cent: `10 %`, `12,5 %`."""
    whole, rest = divmod(basis_points, BASIS_POINTS_A_PER_CENT)
    fraction = f",{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{fraction} %"


def _read_per_cent(typed: str) -> int:
    match = _PER_CENT.fullmatch(typed.strip())
    if match is None or not typed.isascii():
        raise DiscountNotUnderstoodError(typed)
    return int(match[1]) * BASIS_POINTS_A_PER_CENT + int((match[2] or "").ljust(2, "0"))
