"""Named figures: a campaign's totals by channel, event, place, vendor, product and so on.

They are read from the roll-ups, whose keys are ids; what a group is made of (the vendors
of a kecamatan, the ids under which tills sold one product) is looked up when asked, so
that a vendor who moves takes her figures along.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from kiosk.hub.storage.added import list_added
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.imports import Counted, figures_by
from kiosk.hub.storage.products import list_products
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import kept_vendors, list_places, list_vendors

GROUPS: Final = (
    "channel",
    "event",
    "vendor",
    "kecamatan",
    "kelurahan",
    "binaan",
    "product",
    "category",
    "hour",
)
_OF_VENDORS: Final = frozenset({"kecamatan", "kelurahan", "binaan"})
# The key of what was sold by a vendor who is known, as a product that nobody knows yet.
ONLY_VENDOR_KNOWN: Final = "only-vendor-known"


@dataclass(frozen=True, slots=True)
class Grouping:
    """How figures come under a group's keys: by a column of the roll-ups, some under another.

    `of` says under which key a value comes. A value it lacks comes under itself, or with
    `only_of` under none, whose key is ''. Products have a second column: what belongs to
    none of them is told apart by whether its vendor is known.
    """

    column: str
    of: Mapping[str, str]
    only_of: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the columns whose values `key_of` takes, in this order."""
        return ("product", "vendor") if self.column == "product" else (self.column,)

    def key_of(self, value: str, beside: str = "") -> str:
        """Give the key under which a value of the column comes, with that of a second one."""
        key = self.of.get(value, "" if self.only_of else value)
        return ONLY_VENDOR_KNOWN if beside and not key else key

    def values(self, key: str) -> frozenset[str] | None:
        """Give the values that come under a key, None where only each value itself can tell."""
        if self.only_of and not key:
            return None
        if key == ONLY_VENDOR_KNOWN:
            key = ""
        own = () if self.only_of or key in self.of else (key,)
        return frozenset({*own, *(value for value, under in self.of.items() if under == key)})


@dataclass(frozen=True, slots=True)
class NamedFigures:
    """A group's totals; `key` is an id or a code, '' for what belongs to none.

    `name` is empty where only the page has words for it: a channel, or what has no key.
    """

    key: str
    name: str
    counted: Counted


def campaign_total(store: Store, campaign_id: str, event: str | None = None) -> Counted:
    """Give a campaign's totals over everything, or one event's."""
    with store.read() as connection:
        return sum(figures_by(connection, campaign_id, (), event=event).values(), Counted())


def named_figures(
    store: Store, campaign_id: str, group: str, *, event: str | None = None
) -> list[NamedFigures]:
    """Give a campaign's totals by one of `GROUPS`, the largest omzet first."""
    with store.read() as connection:
        grouping = grouping_of(connection, campaign_id, group)
        found = figures_by(connection, campaign_id, grouping.columns, event=event)
        names = names_of(connection, campaign_id, group)
    sums: defaultdict[str, Counted] = defaultdict(Counted)
    for values, counted in found.items():
        sums[grouping.key_of(*values)] += counted
    rows = [NamedFigures(key, names.get(key, ""), counted) for key, counted in sums.items()]
    return sorted(rows, key=lambda row: (-row.counted.omzet_rp, row.name, row.key))


def grouping_of(connection: Connection, campaign_id: str, group: str) -> Grouping:
    """Give how one of `GROUPS` is made of the roll-ups' columns."""
    if group in _OF_VENDORS:
        homes = {one.id: getattr(one, group) for one in list_vendors(connection, campaign_id)}
        for gone, kept in kept_vendors(connection).items():
            homes[gone] = homes.get(kept, "")
        return Grouping("vendor", homes, only_of=True)
    if group == "vendor":
        return Grouping("vendor", kept_vendors(connection))
    if group == "product":
        added = list_added(connection, campaign_id)
        same = {one.id: product for product, many in added.items() for one in many}
        return Grouping("product", same)
    return Grouping(group, {})


def names_of(connection: Connection, campaign_id: str, group: str) -> dict[str, str]:
    """Give the names that the store knows for a group's keys."""
    if group == "event":
        return {event.id: event.name for event in list_events(connection, campaign_id)}
    if group == "vendor":
        return {vendor.id: vendor.name for vendor in list_vendors(connection, campaign_id)}
    if group == "product":
        return {product.id: product.label for product in list_products(connection, campaign_id)}
    if group in {"kecamatan", "kelurahan"}:
        return {place.code: place.name for place in list_places(connection)}
    return {}
