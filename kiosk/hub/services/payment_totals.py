"""Totals by way to pay: what came by each, confirmed apart from claimed.

Money, not omzet: rounding of cash is off it, and what was given back; change that buyers
left is in no figure of the hub.
"""

from dataclasses import dataclass

from kiosk.domain.money import Rupiah
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.rollups import payment_sums
from kiosk.hub.storage.store import Store


@dataclass(frozen=True, slots=True)
class PaymentTotal:
    """What came by one method in one state (`final`, `claimed`, `never_received`).

    `name` is the organiser's own, empty for the kind's usual word.
    """

    method: str
    name: str
    state: str
    payments: int
    amount_rp: Rupiah


def payment_totals(store: Store, campaign_id: str, event: str | None = None) -> list[PaymentTotal]:
    """Give a campaign's payments, or one event's, by method and state."""
    with store.read() as connection:
        sums = payment_sums(connection, campaign_id, event)
        names = {
            one.code: one.name
            for plan in reversed(list_events(connection, campaign_id))
            for one in plan.methods
            if one.name
        }
    return [
        PaymentTotal(method, names.get(method, ""), state, payments, Rupiah(amount_rp))
        for method, state, payments, amount_rp in sums
        if payments or amount_rp
    ]
