"""Curation: products and vendors ranked over the last events, and what is proposed of each.

What sells stays, what does not needs help. A proposal says why; accepting one takes a product
off sale, or puts a vendor on the list of those who need help, and can be taken back.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.domain.money import Rupiah
from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.curation_rule import (
    HELP,
    AtEvent,
    Judgement,
    Rule,
    check_rule,
    judge,
    rule_of,
)
from kiosk.hub.services.products import write_product
from kiosk.hub.services.trail import differences
from kiosk.hub.storage import curation as rows
from kiosk.hub.storage.added import list_added
from kiosk.hub.storage.curation import Accepted
from kiosk.hub.storage.events import EventPlan, list_events
from kiosk.hub.storage.imports import Counted, figures_by
from kiosk.hub.storage.products import CampaignProduct, find_product, list_products
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import Vendor, list_vendors

PRODUCTS: Final = "products"
VENDORS: Final = "vendors"
_BAZAAR: Final = "bazaar"


class NothingToAcceptError(KioskError):
    """A proposal is no longer made, or was accepted already."""

    def __init__(self) -> None:
        super().__init__(N_("This is not proposed any more. Look at the ranking once more."))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A product or a vendor in the ranking: what each event saw, the judgement, the decision.

    `seen` is by event id; an event that is not in it had nothing of her or of it on sale.
    """

    key: str
    vendor: str
    name: str
    seller: str
    category: str
    omzet_rp: Rupiah
    seen: Mapping[str, AtEvent]
    judgement: Judgement
    accepted: Accepted | None

    @property
    def can_be_accepted(self) -> bool:
        """Whether there is something to do about it that was not done yet."""
        return self.judgement.proposal == HELP and self.accepted is None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking by one rule over some events, the first of them first."""

    rule: Rule
    events: list[EventPlan]
    rows: list[Ranked]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What was sold at each event, and what ran out there."""

    events: list[EventPlan]
    # By event, vendor and product.
    sold: Mapping[tuple[str, str, str], Counted]
    ran_out: frozenset[tuple[str, str]]
    products: Mapping[str, CampaignProduct]
    vendors: Mapping[str, Vendor]


def ranking(store: Store, clock: Clock, campaign_id: str, kind: str) -> Ranking:
    """Rank a campaign's products or vendors, the largest omzet first."""
    with store.read() as connection:
        rule = rule_of(rows.find_rule(connection, campaign_id))
        ground = _ground(store, connection, clock, campaign_id, rule)
        accepted = {
            one.product or one.vendor: one
            for one in rows.standing_decisions(connection, campaign_id)
        }
    made = _products if kind == PRODUCTS else _vendors
    found = made(ground, rule, accepted)
    found.sort(key=lambda row: (-row.omzet_rp, row.name.casefold(), row.key))
    return Ranking(rule, ground.events, found)


def save_rule(store: Store, clock: Clock, by: str, campaign_id: str, rule: Rule) -> None:
    """Write a campaign's rule; raises what `check_rule` raises."""
    check_rule(rule)
    with store.begin() as connection:
        before = rule_of(rows.find_rule(connection, campaign_id))
        rows.write_rule(connection, campaign_id, asdict(rule))
        audit(
            connection,
            clock,
            by=by,
            action="curation rule changed",
            subject=campaign_id,
            facts={"changes": differences(before, rule)},
        )


def accept(store: Store, clock: Clock, by: str, campaign_id: str, row: Ranked, reason: str) -> str:
    """Do what is proposed of a product or a vendor and give the decision's id.

    A product goes off sale, a vendor onto the list of those who need help. Raises
    NothingToAcceptError.
    """
    if not row.can_be_accepted:
        raise NothingToAcceptError
    is_product = row.key != row.vendor
    one = Accepted(
        clock.new_id(), campaign_id, row.vendor, row.key if is_product else "",
        row.judgement.proposal, reason, clock.now(), by,
    )  # fmt: skip

    def step(connection: Connection) -> str:
        if is_product:
            _put_on_sale(connection, clock, by, row.key, active=False)
        rows.insert_decision(connection, one)
        facts = {"name": row.name, "reason": reason}
        audit(connection, clock, by=by, action="curation accepted", subject=row.key, facts=facts)
        return one.id

    return store.retrying(step)


def take_back(store: Store, clock: Clock, by: str, campaign_id: str, decision_id: str) -> None:
    """Undo an accepted proposal; one that was undone stays so. Raises NotFoundError."""

    def step(connection: Connection) -> None:
        standing = rows.standing_decisions(connection, campaign_id)
        one = next((one for one in standing if one.id == decision_id), None)
        if one is None or not rows.take_back(connection, decision_id, by, clock.now()):
            raise NotFoundError
        if one.product:
            _put_on_sale(connection, clock, by, one.product, active=True)
        subject = one.product or one.vendor
        facts = {"reason": one.reason}
        audit(connection, clock, by=by, action="curation taken back", subject=subject, facts=facts)

    store.retrying(step)


def _put_on_sale(
    connection: Connection, clock: Clock, by: str, product_id: str, *, active: bool
) -> None:
    product = find_product(connection, product_id)
    if product is None:
        raise NotFoundError
    write_product(connection, clock, by, replace(product, active=active))


def _ground(
    store: Store, connection: Connection, clock: Clock, campaign_id: str, rule: Rule
) -> _Ground:
    """Gather the last events that are over and had sales, with all that a judgement needs."""
    now = clock.now()
    same = {
        one.id: product
        for product, many in list_added(connection, campaign_id).items()
        for one in many
    }
    sold: defaultdict[tuple[str, str, str], Counted] = defaultdict(Counted)
    at_bazaar: defaultdict[tuple[str, str], int] = defaultdict(int)
    found = figures_by(connection, campaign_id, ("event", "vendor", "product", "channel"))
    for (event, vendor, product, channel), counted in found.items():
        sold[event, vendor, same.get(product, product)] += counted
        at_bazaar[event, same.get(product, product)] += counted.units if channel == _BAZAAR else 0
    with_sales = {event for (event, _vendor, _product), counted in sold.items() if counted.units}
    over = [one for one in list_events(connection, campaign_id) if one.bazaar_end <= now]
    events = [one for one in over if one.id in with_sales][: rule.events][::-1]
    goods = {one.id: one for one in list_products(connection, campaign_id)}
    brought = {
        (event, product)
        for (event, product), units in at_bazaar.items()
        if product in goods and goods[product].stock and units >= (goods[product].stock or 0)
    }
    # Entries hold everybody's goods; only those are asked about that may be seen.
    with store.scoped(None).read() as whole:
        told = rows.ran_out(whole, [event.id for event in events])
    empty = {(event, same.get(product, product)) for event, product in told} | brought
    return _Ground(
        events,
        sold,
        frozenset(one for one in empty if one[1] in goods),
        goods,
        {one.id: one for one in list_vendors(connection, campaign_id)},
    )


def _products(ground: _Ground, rule: Rule, accepted: Mapping[str, Accepted]) -> list[Ranked]:
    """Judge each product by the pieces it sold at the events that had its vendor."""
    present = {(event, vendor) for (event, vendor, _one), sold in ground.sold.items() if sold.units}
    found = []
    for product in ground.products.values():
        decision = accepted.get(product.id)
        if not product.active and decision is None:
            continue
        seen, omzet_rp = {}, 0
        for event in ground.events:
            sold = ground.sold.get((event.id, product.vendor, product.id), Counted())
            out = (event.id, product.id) in ground.ran_out
            if sold.units or out or (event.id, product.vendor) in present:
                seen[event.id] = AtEvent(max(sold.units, 0), out)
                omzet_rp += sold.omzet_rp
        judgement = judge(list(seen.values()), rule.keep_units, rule.help_units, rule)
        seller = ground.vendors[product.vendor].name if product.vendor in ground.vendors else ""
        found.append(
            Ranked(
                product.id, product.vendor, product.label, seller, product.category,
                Rupiah(omzet_rp), seen, judgement, decision,
            )
        )  # fmt: skip
    return found


def _vendors(ground: _Ground, rule: Rule, accepted: Mapping[str, Accepted]) -> list[Ranked]:
    """Judge each vendor by her omzet at the events where she sold anything."""
    omzet: defaultdict[tuple[str, str], int] = defaultdict(int)
    goods: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for (event, seller, product), sold in ground.sold.items():
        if sold.units:
            omzet[event, seller] += sold.omzet_rp
            goods[event, seller].append((event, product) in ground.ran_out)
    found = []
    for vendor in ground.vendors.values():
        decision = accepted.get(vendor.id)
        if not vendor.active and decision is None:
            continue
        seen = {
            event.id: AtEvent(
                omzet[event.id, vendor.id],
                # She ran out where at least half of what she sold did.
                2 * sum(goods[event.id, vendor.id]) >= len(goods[event.id, vendor.id]),
            )
            for event in ground.events
            if (event.id, vendor.id) in omzet
        }
        judgement = judge(list(seen.values()), rule.keep_omzet_rp, rule.help_omzet_rp, rule)
        total = Rupiah(sum(one.amount for one in seen.values()))
        found.append(
            Ranked(vendor.id, vendor.id, vendor.name, "", "", total, seen, judgement, decision)
        )
    return found
