"""Matching: what a marketplace's listing is among the campaign's products.

In this order: what an organiser said before, a product whose SKU is the marketplace's SKU
id, a product whose SKU is the seller's. A name is only ever a suggestion.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.domain.money import Rupiah
from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces import OrderLine
from kiosk.hub.services.accounts import audit
from kiosk.hub.storage.imports import rewrite_orders
from kiosk.hub.storage.matches import (
    Match,
    count_unmatched,
    forget_match,
    list_matches,
    list_unmatched,
    listing_names,
    save_match,
)
from kiosk.hub.storage.orders import OnlineLine, OnlineOrder, lock_orders
from kiosk.hub.storage.products import CampaignProduct, find_product, list_products
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import find_vendor, list_vendors

How = Literal["remembered", "sku_id", "seller_sku", "vendor", "unmatched"]

# Cells hold no tabs (see marketplaces.cells.clean), so the parts cannot run together.
_SEPARATOR: Final = "\t"
_LEAST_LIKENESS: Final = 60
# From here on, in per cent, a suggestion is filled in for a person to confirm.
_SURE_LIKENESS: Final = 80


def listing_key(line: OrderLine) -> str:
    """Name what is matched once: SKU id and variation, else seller SKU, else the names."""
    return _SEPARATOR.join(line.listing)


def listing_name(line: OrderLine) -> str:
    """Write a listing as a person knows it: its name, and its variation if it says one."""
    if not line.variation or line.variation.casefold() == "default":
        return line.product_name
    return f"{line.product_name} · {line.variation}"


class MatchUnknownError(KioskError):
    """A form matches a listing to a product or vendor that the campaign does not have."""

    def __init__(self) -> None:
        super().__init__(N_("Choose a product or a vendor of this campaign from the list."))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product whose name is like a listing's; `per_cent` says how much."""

    product: CampaignProduct
    per_cent: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A listing to match, what its counted lines are worth, and products that sound alike."""

    source: str
    key: str
    name: str
    units: int
    omzet_rp: Rupiah
    suggestions: list[Suggestion]

    @property
    def sure(self) -> str:
        """Give the product that is filled in, '' where none is clearly the likeliest."""
        sure = [one for one in self.suggestions if one.per_cent >= _SURE_LIKENESS]
        if not sure or any(one.per_cent == sure[0].per_cent for one in sure[1:]):
            return ""
        return sure[0].product.id


@dataclass(frozen=True, slots=True)
class RememberedMatch:
    """A listing and what it was said to be, both as a person knows them.

    `product` is '' where only the vendor is known, and `vendor` where the product is.
    """

    source: str
    key: str
    name: str
    product: str
    vendor: str


NOT_SAID: Final = Match("", "")


@dataclass(frozen=True, slots=True)
class Matcher:
    """All that is known to match one source's lines with.

    `shop` is the vendor whose file it is: hers is what no product is known for.
    """

    remembered: Mapping[str, Match]
    products: Mapping[str, CampaignProduct]
    by_sku: Mapping[str, CampaignProduct]
    shop: str = ""

    def find(self, line: OrderLine) -> tuple[CampaignProduct | None, How]:
        """Give a line's product and how it was found."""
        said = self.remembered.get(listing_key(line), NOT_SAID)
        if said.product in self.products:
            return self.products[said.product], "remembered"
        if said.vendor:
            return None, "vendor"
        for sku, how in ((line.marketplace_sku_id, "sku_id"), (line.seller_sku, "seller_sku")):
            product = self.by_sku.get(sku.casefold()) if sku else None
            if product is not None:
                return product, how  # type: ignore[return-value] # the literals above
        return None, "unmatched"

    def vendor_of(self, line: OrderLine) -> str:
        """Give whose a line without a product is, '' where nobody knows."""
        return self.remembered.get(listing_key(line), NOT_SAID).vendor or self.shop


def make_matcher(
    remembered: Mapping[str, Match], products: Sequence[CampaignProduct], shop: str = ""
) -> Matcher:
    """Make the matcher of a campaign's source, or of a file from one vendor's shop."""
    return Matcher(
        remembered,
        {product.id: product for product in products},
        {product.sku.casefold(): product for product in products},
        shop,
    )


def suggest(name: str, products: Sequence[CampaignProduct], most: int = 3) -> list[Suggestion]:
    """Give the products whose names are most like a listing's, the likeliest first."""
    # Loaded only here: a hub that matches nothing never pays for it.
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415

    labels = [product.label for product in products]
    found = process.extract(
        name,
        labels,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        limit=most,
        score_cutoff=_LEAST_LIKENESS,
    )
    # A name that is only a part of the other is alike, and not the same: every word counts.
    suggestions = [
        Suggestion(
            products[place],
            int(fuzz.token_sort_ratio(name, label, processor=utils.default_process)),
        )
        for label, _likeness, place in found
    ]
    return sorted(suggestions, key=lambda one: -one.per_cent)


def choices(
    products: Sequence[CampaignProduct], listings: Iterable[tuple[str, str, str, int, Rupiah]]
) -> list[Choice]:
    """Give listings (source, key, name, units, omzet) with the products that sound alike."""
    active = [product for product in products if product.active]
    return [
        Choice(source, key, name, units, omzet_rp, suggest(name, active))
        for source, key, name, units, omzet_rp in listings
    ]


def unmatched_choices(
    store: Store, campaign_id: str, products: Sequence[CampaignProduct]
) -> list[Choice]:
    """Give the counted listings without a product, the largest omzet first."""
    with store.read() as connection:
        found = list_unmatched(connection, campaign_id)
    return choices(
        products, [(one.source, one.key, one.name, one.units, one.omzet_rp) for one in found]
    )


def count_unmatched_listings(store: Store, campaign_id: str) -> int:
    """Count the counted listings without a product."""
    with store.read() as connection:
        return count_unmatched(connection, campaign_id)


def remembered_matches(store: Store, campaign_id: str) -> list[RememberedMatch]:
    """Give every remembered match of a campaign, by the listing's name."""
    with store.read() as connection:
        matches = list_matches(connection, campaign_id)
        names = listing_names(connection, campaign_id)
        products = {product.id: product for product in list_products(connection, campaign_id)}
        vendors = {vendor.id: vendor.name for vendor in list_vendors(connection, campaign_id)}
    found = [
        RememberedMatch(
            match.source,
            match.key,
            names.get((match.source, match.key), " · ".join(match.key.split(_SEPARATOR)[1:])),
            products[match.product].label if match.product else "",
            vendors.get(match.vendor, ""),
        )
        for match in matches
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def remember_matches(
    store: Store, clock: Clock, by: str, campaign_id: str, matches: Sequence[Match]
) -> str:
    """Remember what listings are, and count under it what was imported before.

    Gives the batch by which `forget_batch` undoes all of it. Raises MatchUnknownError, then
    remembering none of them.
    """
    batch = clock.new_id()

    def remember(connection: Connection) -> None:
        lock_orders(connection)
        for match in matches:
            said = _checked(connection, campaign_id, replace(match, batch=batch))
            save_match(connection, campaign_id, said)
            _count_under(connection, campaign_id, said)
            _audit(connection, clock, by, "listing matched", campaign_id, said)

    store.retrying(remember)
    return batch


def _checked(connection: Connection, campaign_id: str, match: Match) -> Match:
    """Give a match that the campaign can hold; raises MatchUnknownError."""
    found = (
        find_product(connection, match.product)
        if match.product
        else find_vendor(connection, match.vendor)
    )
    if found is None or found.campaign != campaign_id or not match.key:
        raise MatchUnknownError
    return match


def forget(store: Store, clock: Clock, by: str, campaign_id: str, source: str, key: str) -> None:
    """Forget what a listing was said to be; what it counted has no product again."""
    store.retrying(
        lambda connection: _forget(connection, clock, by, campaign_id, Match(source, key))
    )


def forget_batch(store: Store, clock: Clock, by: str, campaign_id: str, batch: str) -> int:
    """Forget all that was remembered in one go; gives how many listings that were."""

    def let_go(connection: Connection) -> int:
        matches = list_matches(connection, campaign_id, batch) if batch else []
        for match in matches:
            _forget(connection, clock, by, campaign_id, match)
        return len(matches)

    return store.retrying(let_go)


def _forget(connection: Connection, clock: Clock, by: str, campaign_id: str, match: Match) -> None:
    lock_orders(connection)
    forget_match(connection, campaign_id, match.source, match.key)
    _count_under(connection, campaign_id, Match(match.source, match.key))
    _audit(connection, clock, by, "match forgotten", campaign_id, match)


def _count_under(connection: Connection, campaign_id: str, said: Match) -> None:
    """Count every stored line of a listing as was said of it."""
    product = find_product(connection, said.product) if said.product else None

    def matched(line: OnlineLine, shop: str) -> OnlineLine:
        if line.sku != said.key:
            return line
        if product is None:
            return replace(line, product="", vendor=said.vendor or shop, category="")
        return replace(line, product=product.id, vendor=product.vendor, category=product.category)

    def change(_source: str, order: OnlineOrder) -> OnlineOrder:
        return replace(order, lines=tuple(matched(line, order.shop) for line in order.lines))

    rewrite_orders(connection, campaign_id, change, listing=(said.source, said.key))


def _audit(
    connection: Connection, clock: Clock, by: str, action: str, campaign_id: str, match: Match
) -> None:
    audit(
        connection,
        clock,
        by=by,
        action=action,
        subject=campaign_id,
        facts={
            "source": match.source,
            "listing": match.key,
            "product": match.product,
            "vendor": match.vendor,
        },
    )
