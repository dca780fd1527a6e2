"""The public scoreboard (*papan*).

It holds only what may be public: three numbers, by event, and the products of
the hour; no vendor's figures, no person's name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.domain.money import ZERO, Rupiah, format_rupiah
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.storage.campaigns import Campaign, find_campaign, list_campaigns
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.imports import figures_by
from kiosk.hub.storage.products import list_products
from kiosk.hub.storage.store import Store

MOST_PRODUCTS: Final = 5
MOST_EVENTS: Final = 5
_MILLION: Final = 1_000_000
_MILLIARD: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Score:
    """The three numbers: omzet and units (sementara), and how many vendors sold something."""

    omzet_rp: Rupiah
    units: int
    vendors: int


@dataclass(frozen=True, slots=True)
class EventScore:
    """An event's three numbers."""

    name: str
    score: Score


@dataclass(frozen=True, slots=True)
class ProductOfTheHour:
    """What sold best in the last two hours of the clock, in units."""

    name: str
    units: int


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """All that the scoreboard shows, as of an instant."""

    campaign: str
    name: str
    total: Score
    events: list[EventScore]
    products: list[ProductOfTheHour]
    at: datetime


def as_spoken(amount: Rupiah) -> str:
    """Say an amount as the press does, cut down to one decimal: `Rp105 juta`, `Rp1,2 miliar`.

    Below a million it is the amount itself.
    """
    if amount < _MILLION:
        return format_rupiah(amount)
    size, word = (_MILLIARD, "miliar") if amount >= _MILLIARD else (_MILLION, "juta")
    whole, tenth = divmod(amount * 10 // size, 10)
    return f"Rp{whole},{tenth} {word}" if tenth else f"Rp{whole} {word}"


def newest_scoreboard(store: Store, clock: Clock) -> Scoreboard | None:
    """Give the newest campaign's scoreboard, None where there is no campaign."""
    with store.read() as connection:
        campaigns = list_campaigns(connection)
        return _scoreboard(connection, campaigns[0], clock.now()) if campaigns else None


def scoreboard(store: Store, clock: Clock, campaign_id: str) -> Scoreboard:
    """Give one campaign's scoreboard; raises NotFoundError."""
    with store.read() as connection:
        campaign = find_campaign(connection, campaign_id)
        if campaign is None:
            raise NotFoundError
        return _scoreboard(connection, campaign, clock.now())


def _scoreboard(connection: Connection, campaign: Campaign, now: datetime) -> Scoreboard:
    events = list_events(connection, campaign.id)[:MOST_EVENTS]
    return Scoreboard(
        campaign.id,
        campaign.name,
        _score(connection, campaign.id, None),
        [EventScore(event.name, _score(connection, campaign.id, event.id)) for event in events],
        _products_of_the_hour(connection, campaign.id, now),
        now,
    )


def _score(connection: Connection, campaign_id: str, event: str | None) -> Score:
    by_vendor = figures_by(connection, campaign_id, ("vendor",), event=event)
    return Score(
        Rupiah(sum((figures.omzet_rp for figures in by_vendor.values()), ZERO)),
        sum(figures.units for figures in by_vendor.values()),
        sum(bool(vendor) and figures.units > 0 for (vendor,), figures in by_vendor.items()),
    )


def _products_of_the_hour(
    connection: Connection, campaign_id: str, now: datetime
) -> list[ProductOfTheHour]:
    """Add up this hour of the clock and the one before, so that a full hour never looks empty."""
    units: dict[str, int] = {}
    for moment in (now, now - timedelta(hours=1)):
        found = figures_by(connection, campaign_id, ("product",), hour=f"{moment:%Y-%m-%dT%H}")
        for (product,), figures in found.items():
            units[product] = units.get(product, 0) + figures.units
    names = {product.id: product.label for product in list_products(connection, campaign_id)}
    best = sorted(
        (
            (names[product], count)
            for product, count in units.items()
            if product in names and count > 0
        ),
        key=lambda one: (-one[1], one[0]),
    )
    return [ProductOfTheHour(name, count) for name, count in best[:MOST_PRODUCTS]]
