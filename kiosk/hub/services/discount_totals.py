"""Totals of discounts: what sales took off their prices, who bears it and why.

As given at the sale: what came back later is in no line here. Omzet is after discounts.
"""

from collections import defaultdict
from dataclasses import dataclass

from kiosk.domain.catalogue import BAZAAR
from kiosk.domain.money import Rupiah
from kiosk.hub.storage.rollups import discount_sums
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import kept_vendors, list_vendors


@dataclass(frozen=True, slots=True)
class DiscountTotal:
    """What one bearer gave for one reason; `vendor` is her name, None for the campaign."""

    bearer: str
    vendor: str | None
    reason: str
    times: int
    amount_rp: Rupiah


def discount_totals(
    store: Store, campaign_id: str, event: str | None = None
) -> list[DiscountTotal]:
    """Give a campaign's discounts, or one event's, the largest first."""
    with store.read() as connection:
        sums = discount_sums(connection, campaign_id, event)
        names = {vendor.id: vendor.name for vendor in list_vendors(connection, campaign_id)}
        kept = kept_vendors(connection)
    by_bearer: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for bearer, reason, times, amount in sums:
        found = by_bearer[kept.get(bearer, bearer), reason]
        found[0] += times
        found[1] += amount
    totals = [
        DiscountTotal(
            bearer,
            None if bearer == BAZAAR else names.get(bearer, bearer),
            reason,
            times,
            Rupiah(amount),
        )
        for (bearer, reason), (times, amount) in by_bearer.items()
        if times or amount
    ]
    return sorted(totals, key=lambda one: (-one.amount_rp, one.vendor or "", one.reason))
