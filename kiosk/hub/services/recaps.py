"""The recap over a campaign's events: one row an event, as offices report it."""

from dataclasses import dataclass

from kiosk.domain.money import Rupiah
from kiosk.hub.storage.events import EventPlan, list_events
from kiosk.hub.storage.imports import Counted, figures_by
from kiosk.hub.storage.store import Store


@dataclass(frozen=True, slots=True)
class RecapRow:
    """An event and what it came to; `event` is None for what is outside every window.

    `vendors` and `products` are how many sold something; `channels` is omzet by channel.
    """

    event: EventPlan | None
    vendors: int
    products: int
    counted: Counted
    channels: dict[str, Rupiah]


def recap(store: Store, campaign_id: str) -> list[RecapRow]:
    """Give a campaign's events in the order of their bazaars, then what is in none."""
    with store.read() as connection:
        events = list_events(connection, campaign_id)
        found = figures_by(connection, campaign_id, ("event", "channel", "vendor", "product"))
    rows = [_row(event, event.id, found) for event in reversed(events)]
    outside = _row(None, "", found)
    return rows if outside.counted == Counted() else [*rows, outside]


def _row(event: EventPlan | None, event_id: str, found: dict[tuple[str, ...], Counted]) -> RecapRow:
    mine = {key[1:]: counted for key, counted in found.items() if key[0] == event_id}
    channels: dict[str, Rupiah] = {}
    units: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for (channel, *parts), counted in mine.items():
        channels[channel] = Rupiah(channels.get(channel, 0) + counted.omzet_rp)
        for sums, part in zip(units, parts, strict=True):
            sums[part] = sums.get(part, 0) + counted.units
    vendors, products = (sum(bool(key) and n > 0 for key, n in sums.items()) for sums in units)
    return RecapRow(event, vendors, products, sum(mine.values(), Counted()), channels)
