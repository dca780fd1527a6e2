"""Orders as a marketplace's export tells them, and the two ways to count them.

No buyer is in here: names, phones, addresses, usernames and messages are dropped on
reading. Shipping, fees and vouchers on the whole order are in no figure.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from kiosk.domain.money import ZERO, Rupiah, total

# A known kind of export, or the name of a marketplace whose columns were mapped by hand.
Source = str
Channel = str
State = Literal["unpaid", "paid", "completed", "cancelled", "unknown"]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One row of an order: what was bought, before and after what came back.

    `omzet_rp` and `seller_omzet_rp` are for all `quantity` pieces, as the file gives them;
    `refunded_rp` is money given back although no piece came back. The `net_` figures are
    what is left, and the only ones to add up.
    """

    n: int  # ordinal within the order, from 1: identical lines are separate sales
    state: State
    marketplace_sku_id: str
    seller_sku: str
    product_name: str
    variation: str
    quantity: int
    returned_quantity: int
    unit_price_rp: Rupiah
    omzet_rp: Rupiah  # what the buyer paid for the goods
    seller_omzet_rp: Rupiah  # before discount, less the seller's own discount
    refunded_rp: Rupiah = ZERO

    def __post_init__(self) -> None:
        if not 0 <= self.returned_quantity <= self.quantity or self.quantity < 1:
            raise ValueError(f"{self.returned_quantity} of {self.quantity} pieces cannot come back")
        if min(self.omzet_rp, self.seller_omzet_rp, self.refunded_rp) < 0:
            raise ValueError("a line's figures are never negative")

    @property
    def listing(self) -> tuple[str, str, str]:
        """Say what to match to a product once: SKU id and variation, else the names."""
        name = self.marketplace_sku_id or self.seller_sku or self.product_name
        kind = "sku_id" if self.marketplace_sku_id else "seller_sku" if self.seller_sku else "name"
        return kind, name, self.variation

    @property
    def net_units(self) -> int:
        """Count the pieces that stayed with the buyer."""
        return self.quantity - self.returned_quantity

    @property
    def net_omzet_rp(self) -> Rupiah:
        """Say what the buyer paid for the pieces that stayed."""
        return self._net(self.omzet_rp)

    @property
    def net_seller_omzet_rp(self) -> Rupiah:
        """Say what the seller recognises for the pieces that stayed."""
        return self._net(self.seller_omzet_rp)

    def _net(self, amount: Rupiah) -> Rupiah:
        """Take off ⌊amount · returned / quantity⌋, as a till's refund does, and money given back."""
        returned_rp = amount * self.returned_quantity // self.quantity
        return Rupiah(max(0, amount - returned_rp - self.refunded_rp))


@dataclass(frozen=True, slots=True)
class Order:
    """One order; every value here is the order's own and counts once, however many rows it had."""

    source: Source
    channel: Channel
    order_id: str
    invoice_number: str
    status: str  # in the export's own words
    state: State
    created_at: dt.datetime | None
    paid_at: dt.datetime | None
    completed_at: dt.datetime | None
    cancelled_at: dt.datetime | None
    refund_rp: Rupiah  # as the file says; a note, never taken off twice (see OrderLine)
    cod: bool
    lines: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something for a person to look at, in the row and column they see in the spreadsheet.

    `counted` says whether the row is in the orders all the same. An order of unknown
    status is among the orders but in no figure.
    """

    row: int
    column: str
    text: str
    reason: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Export:
    """A whole file: `source_version` is the signature of its column names, `as_of` its newest time."""

    source: Source
    source_version: str
    orders: tuple[Order, ...]
    problems: tuple[RowProblem, ...]
    as_of: dt.datetime | None
    row_count: int  # rows below the header that hold anything


@dataclass(frozen=True, slots=True)
class Figures:
    """Orders by distinct id, units in pieces, omzet as buyers paid and as sellers recognise it."""

    orders: int = 0
    units: int = 0
    omzet_rp: Rupiah = ZERO
    seller_omzet_rp: Rupiah = ZERO


def is_sementara(line: OrderLine) -> bool:
    """Say whether a line is paid and not cancelled."""
    return line.state in ("paid", "completed")


def is_final(line: OrderLine) -> bool:
    """Say whether a line is completed."""
    return line.state == "completed"


def sementara(orders: Iterable[Order]) -> Figures:
    """Count what is paid and not cancelled, less what is known to have come back."""
    return _figures(orders, is_sementara)


def final(orders: Iterable[Order]) -> Figures:
    """Count what is completed, less what came back."""
    return _figures(orders, is_final)


def _figures(orders: Iterable[Order], counts: Callable[[OrderLine], bool]) -> Figures:
    """Add up the lines that count; an order counts once if one of its lines does."""
    kept = [lines for order in orders if (lines := [line for line in order.lines if counts(line)])]
    every = [line for lines in kept for line in lines]
    return Figures(
        orders=len(kept),
        units=sum(line.net_units for line in every),
        omzet_rp=total(line.net_omzet_rp for line in every),
        seller_omzet_rp=total(line.net_seller_omzet_rp for line in every),
    )


def combined_state(states: Iterable[State]) -> State:
    """Say an order's state from its lines': one unknown line makes it unknown.

    Cancelled lines are passed over while others are left; completed only if all of those
    are, and paid as soon as one of them is.
    """
    found = set(states)
    if "unknown" in found or not found:
        return "unknown"
    alive = found - {"cancelled"}
    if not alive:
        return "cancelled"
    return alive.pop() if len(alive) == 1 else "paid"
