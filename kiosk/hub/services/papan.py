"""The boards: the public scoreboard (*papan*), and named figures for evening board and tables.

The scoreboard holds only what may be public: three numbers, by event, and the products of
the hour; no vendor's figures, no person's name.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.domain.money import ZERO, Rupiah, format_rupiah
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.storage.added import list_added
from kiosk.hub.storage.campaigns import Campaign, find_campaign, list_campaigns
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.imports import Counted, figures_by
from kiosk.hub.storage.products import list_products
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import list_places, list_vendors

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


# --- Named figures, for the evening board and the tables ------------------------

GROUPS: Final = ("channel", "event", "vendor", "kecamatan", "product", "category", "hour")
# A group's column in the roll-ups, where it is not the group's own name.
_COLUMNS: Final = {"kecamatan": "vendor"}


@dataclass(frozen=True, slots=True)
class NamedFigures:
    """A group's totals; `key` is an id or a code, '' for what belongs to none.

    `name` is empty where only the page has words for it: a channel, or what has no key.
    """

    key: str
    name: str
    counted: Counted


def campaign_total(store: Store, campaign_id: str) -> Counted:
    """Give a campaign's totals over everything."""
    with store.read() as connection:
        return sum(figures_by(connection, campaign_id, ()).values(), Counted())


def named_figures(
    store: Store, campaign_id: str, group: str, *, event: str | None = None
) -> list[NamedFigures]:
    """Give a campaign's totals by one of `GROUPS`, the largest omzet first."""
    with store.read() as connection:
        found = figures_by(connection, campaign_id, (_COLUMNS.get(group, group),), event=event)
        names = _names(connection, campaign_id, group)
        if group == "kecamatan":
            homes = {one.id: one.kecamatan for one in list_vendors(connection, campaign_id)}
            found = _joined(found, lambda vendor: homes.get(vendor, ""))
        if group == "product":
            same = {
                one.id: product
                for product, many in list_added(connection, campaign_id).items()
                for one in many
            }
            found = _joined(found, lambda product: same.get(product, product))
    rows = [NamedFigures(key, names.get(key, ""), counted) for (key,), counted in found.items()]
    return sorted(rows, key=lambda row: (-row.counted.omzet_rp, row.name, row.key))


def _joined(
    by_key: Mapping[tuple[str, ...], Counted], key_of: Callable[[str], str]
) -> dict[tuple[str, ...], Counted]:
    """Add totals up under other keys: vendors where they come from, products that are one."""
    found: defaultdict[tuple[str, ...], Counted] = defaultdict(Counted)
    for (key,), counted in by_key.items():
        found[key_of(key),] += counted
    return found


def _names(connection: Connection, campaign_id: str, group: str) -> dict[str, str]:
    """Give the names that the store knows for a group's keys."""
    if group == "event":
        return {event.id: event.name for event in list_events(connection, campaign_id)}
    if group == "vendor":
        return {vendor.id: vendor.name for vendor in list_vendors(connection, campaign_id)}
    if group == "product":
        return {product.id: product.label for product in list_products(connection, campaign_id)}
    if group == "kecamatan":
        return {place.code: place.name for place in list_places(connection)}
    return {}
