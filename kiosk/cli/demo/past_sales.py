"""What a bazaar of 2021 sold: which baskets, when, at which till, and how they were paid.

Pure, and the same for the same `Random`. How it comes into a journal is `past_bazaars`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from kiosk.cli.demo.baskets import Basket, deal
from kiosk.cli.demo.products import PRODUCTS
from kiosk.cli.demo.program import DemoEvent, DemoInstallation, Target, at_hour
from kiosk.cli.demo.solver import draw
from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import BAZAAR, Product, Stall
from kiosk.domain.lines import CartLine
from kiosk.domain.money import Rupiah, quick_cash
from kiosk.domain.payments import Payment
from kiosk.domain.qris import read_static

FRIDAY: Final = 4
# Sales by hour from 8 to 16; on a Friday stalls pause for prayer and the queue comes after it.
_HOURS: Final = tuple(range(8, 17))
_BUSY: Final = (5, 9, 12, 12, 10, 13, 12, 10, 7)
_BUSY_ON_FRIDAYS: Final = (6, 10, 13, 7, 1, 19, 15, 10, 7)
_METHODS: Final = (("cash", "qris", "transfer"), (54, 37, 9))

SOLD: Final = tuple(product for product in PRODUCTS if product.sells)


@dataclass(frozen=True, slots=True)
class PlannedSale:
    """A basket (place in `SOLD` → pieces) at a till of an installation."""

    at: datetime
    installation: str
    till: str
    basket: Basket
    method: str


def sold_baskets(rng: Random, target: Target) -> list[Basket]:
    """Draw baskets of goods that come to exactly the target; raises TargetError."""
    prices = [product.price_rp for product in SOLD]
    weights = [product.sells for product in SOLD]
    return deal(rng, draw(rng, prices, weights, target.units, target.omzet_rp))


def plan_bazaar(
    rng: Random, event: DemoEvent, installations: Sequence[DemoInstallation]
) -> list[PlannedSale]:
    """Spread the event's sales over its days, machines and tills, in order of time."""
    if event.bazaar is None:
        return []
    tills = [(machine.id, code) for machine in installations for code, _ in machine.tills]
    planned = []
    for basket in sold_baskets(rng, event.bazaar):
        machine, till = rng.choice(tills)
        at = _moment(rng, rng.choice(event.days))
        method = rng.choices(*_METHODS)[0]
        planned.append(PlannedSale(at, machine, till, basket, method))
    return sorted(planned, key=lambda sale: sale.at)


def _moment(rng: Random, day: date) -> datetime:
    busy = _BUSY_ON_FRIDAYS if day.weekday() == FRIDAY else _BUSY
    hour = rng.choices(_HOURS, busy)[0]
    # Nobody is served in the last minutes of the day: the drawers are being counted.
    return at_hour(day, hour) + timedelta(seconds=rng.randrange(55 * 60))


def cart_of(sale: PlannedSale, sale_id: str, by_sku: Mapping[str, Product]) -> Cart:
    """Give the cart that was paid."""
    lines = (
        CartLine(n, by_sku[SOLD[place].sku], pieces)
        for n, (place, pieces) in enumerate(sale.basket.items(), start=1)
    )
    return Cart(sale_id, sale.till, "", 1, tuple(lines))


def payment_of(
    rng: Random, cart: Cart, method: str, stalls: Mapping[str, Stall], bazaar_qris: str
) -> Payment:
    """Pay a cart in one: cash with notes that buyers have, QRIS to the one stall if it has a code."""
    due_rp = cart.total_rp
    if method == "cash":
        tendered_rp = _tendered(rng, due_rp)
        return Payment(
            1, "cash", BAZAAR, due_rp, tendered_rp, change_rp=Rupiah(tendered_rp - due_rp)
        )
    if method == "qris":
        own = [stalls[stall] for stall in cart.stalls() if stalls[stall].qris]
        payee = own[0] if own and len(cart.stalls()) == 1 else None
        payload = payee.qris if payee and payee.qris else bazaar_qris
        nmid = read_static(payload).nmid
        payee_id = payee.id if payee else BAZAAR
        return Payment(1, "qris", payee_id, due_rp, nmid=nmid, state="claimed")
    return Payment(1, method, BAZAAR, due_rp, reference=f"{rng.randrange(10**6):06d}")


def _tendered(rng: Random, due_rp: Rupiah) -> Rupiah:
    """Say what a buyer hands over: now and then the exact sum, else the next notes up."""
    sums = quick_cash(due_rp)
    return rng.choices(sums, range(len(sums) + 1, 1, -1))[0]
