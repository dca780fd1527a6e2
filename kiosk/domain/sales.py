"""Sales: a cart that was paid, balanced to the last rupiah.

A `Sale` that does not balance cannot be built. Each stall's share is fixed here, at the
moment of sale; settlement later sums what was fixed. Rounding belongs to the campaign
and to no stall.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kiosk.domain.carts import Cart, CartEmptyError
from kiosk.domain.catalogue import BAZAAR, Stall, Unit
from kiosk.domain.money import ZERO, Rupiah, total
from kiosk.domain.payments import Payment

BASIS_POINTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A line as sealed: names and prices included, so that it reads without a catalogue."""

    n: int
    product: str
    sku: str
    name: str
    variant: str
    category: str
    stall: str
    qty: int
    unit: Unit
    price_rp: Rupiah
    discount_rp: Rupiah
    total_rp: Rupiah
    note: str

    @property
    def gross_rp(self) -> Rupiah:
        """What the line cost before its discount."""
        return Rupiah(self.total_rp + self.discount_rp)


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount on one line, and who bears it: a stall's id or `bazaar`."""

    line: int
    amount_rp: Rupiah
    borne_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Share:
    """What a sale brings one stall, fixed for ever; `rule` names how commission was found."""

    stall: str
    gross_rp: Rupiah
    discount_rp: Rupiah
    commission_rp: Rupiah
    net_rp: Rupiah
    rule: str


class SaleUnbalancedError(ValueError):
    """A sale whose lines, rounding and payments do not agree: never sealed."""


@dataclass(frozen=True, slots=True)
class Sale:
    """A paid cart: Σ line totals + rounding = total = Σ payments, or it does not exist."""

    id: str
    number: str
    event: str
    shift: str
    lines: tuple[SaleLine, ...]
    discounts: tuple[Discount, ...]
    shares: tuple[Share, ...]
    rounding_rp: Rupiah
    total_rp: Rupiah
    payments: tuple[Payment, ...]
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.lines:
            raise CartEmptyError
        lines_rp = total(line.total_rp for line in self.lines)
        if self.rounding_rp > 0 or lines_rp + self.rounding_rp != self.total_rp:
            raise SaleUnbalancedError("lines and rounding do not make the total")
        if total(payment.amount_rp for payment in self.payments) != self.total_rp:
            raise SaleUnbalancedError("payments do not make the total")
        if total(share.gross_rp for share in self.shares) != total(
            line.gross_rp for line in self.lines
        ):
            raise SaleUnbalancedError("shares do not make the lines")
        self._check_discounts()

    def _check_discounts(self) -> None:
        """Hold the discounts against the lines they lower and the shares that bear them."""
        of_lines: Counter[int] = Counter()
        of_bearers: Counter[str] = Counter()
        for discount in self.discounts:
            of_lines[discount.line] += discount.amount_rp
            of_bearers[discount.borne_by] += discount.amount_rp
        if of_lines != Counter({line.n: line.discount_rp for line in self.lines}):
            raise SaleUnbalancedError("discounts do not make what is taken off the lines")
        if any(share.discount_rp != of_bearers[share.stall] for share in self.shares):
            raise SaleUnbalancedError("discounts do not make what the shares bear")

    @property
    def change_rp(self) -> Rupiah:
        """The cash the buyer had coming: change, and what was given back."""
        return total(Rupiah(part.change_rp or 0) for part in self.payments)

    def as_body(self) -> dict[str, Any]:
        """Give the body of its `sale` entry; the entry's id is the sale's id."""
        return {
            "number": self.number,
            "event": self.event,
            "shift": self.shift,
            "lines": [_flat(line) for line in self.lines],
            "discounts": [_flat(discount) for discount in self.discounts],
            "shares": [_flat(share) for share in self.shares],
            "rounding_rp": self.rounding_rp,
            "total_rp": self.total_rp,
            "payments": [payment.as_json() for payment in self.payments],
            "flags": list(self.flags),
        }


def _flat(part: SaleLine | Discount | Share) -> dict[str, Any]:
    """Give a part's fields by name; they are flat, and `asdict` is slow."""
    return {name: getattr(part, name) for name in part.__slots__}


def seal_lines(cart: Cart) -> tuple[SaleLine, ...]:
    """Fix a cart's lines with the names and prices of this moment; raises CartEmptyError."""
    if not cart.lines:
        raise CartEmptyError
    return tuple(
        SaleLine(
            n=n,
            product=line.product.id,
            sku=line.product.sku,
            name=line.product.name,
            variant=line.product.variant,
            category=line.product.category,
            stall=line.product.stall,
            qty=line.qty,
            unit=line.product.unit,
            price_rp=line.price_rp,
            discount_rp=priced.discount_rp,
            total_rp=priced.total_rp,
            note=line.note,
        )
        for n, (line, priced) in enumerate(
            zip(cart.lines, cart.pricing.lines, strict=True), start=1
        )
    )


def seal_discounts(cart: Cart) -> tuple[Discount, ...]:
    """Fix what was taken off each line, by whom it is borne and why."""
    return tuple(
        Discount(n, one.amount_rp, one.borne_by, one.reason)
        for n, priced in enumerate(cart.pricing.lines, start=1)
        for one in priced.reductions
    )


def fix_shares(
    lines: Iterable[SaleLine], discounts: Iterable[Discount], stalls: Mapping[str, Stall]
) -> tuple[Share, ...]:
    """Fix what each stall gets, stalls in order of appearance.

    A discount lowers the share of the stall that bears it; one borne by the bazaar lowers
    nobody's. Commission is taken of what is left, rounded down in the stall's favour.
    """
    gross: dict[str, Rupiah] = {}
    for line in lines:
        gross[line.stall] = Rupiah(gross.get(line.stall, 0) + line.gross_rp)
    borne: dict[str, Rupiah] = {}
    for discount in discounts:
        if discount.borne_by != BAZAAR:
            borne[discount.borne_by] = Rupiah(borne.get(discount.borne_by, 0) + discount.amount_rp)
    return tuple(
        _share(stall, gross_rp, borne.get(stall, ZERO), stalls.get(stall))
        for stall, gross_rp in gross.items()
    )


def _share(stall: str, gross_rp: Rupiah, discount_rp: Rupiah, terms: Stall | None) -> Share:
    basis_points = terms.commission_basis_points if terms else 0
    commission_rp = Rupiah((gross_rp - discount_rp) * basis_points // BASIS_POINTS)
    return Share(
        stall=stall,
        gross_rp=gross_rp,
        discount_rp=discount_rp,
        commission_rp=commission_rp,
        net_rp=Rupiah(gross_rp - discount_rp - commission_rp),
        rule=f"{basis_points}/{BASIS_POINTS}",
    )
