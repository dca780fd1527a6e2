"""Plans of imports: what taking a file would do to every one of its orders; nothing is written.

The page that shows a dry run and the step that takes it read the same plan, so they cannot
disagree. Omzet is what buyers paid for the goods; shipping and fees are in no figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from kiosk.domain.money import ZERO
from kiosk.hub.marketplaces import LAYOUTS, Order, OrderLine, is_final, is_sementara
from kiosk.hub.services.events import event_at
from kiosk.hub.services.matching import How, Matcher, listing_key, listing_name
from kiosk.hub.storage.events import EventPlan
from kiosk.hub.storage.imports import Counted, Import, KnownOrder

# What becomes of an order when the file is taken.
Fate = Literal["new", "updated", "older", "elsewhere", "other_shop"]
TAKEN: Final = frozenset({"new", "updated"})


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line as it would be stored: its product if it has one, and what it counts."""

    n: int
    key: str
    name: str
    product: str
    vendor: str
    category: str
    how: How
    counted: Counted


@dataclass(frozen=True, slots=True)
class PlannedOrder:
    """An order as it would be stored, under an event or '' for none, and its fate.

    `moment` is its time of payment, or of completion where a COD order has no other;
    `twin` is the same order as another export told it, if the hub has it.
    """

    order: Order
    event: str
    moment: datetime | None
    fate: Fate
    twin: KnownOrder | None
    known: KnownOrder | None
    lines: tuple[PlannedLine, ...]

    @property
    def counted(self) -> Counted:
        """What all its lines count."""
        return sum((line.counted for line in self.lines), Counted())


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing of the file, how it is matched, and what its counted lines are worth."""

    key: str
    name: str
    how: How
    product: str
    lines: int
    counted: Counted


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking a file would do."""

    orders: tuple[PlannedOrder, ...]

    def of_fate(self, fate: Fate) -> list[PlannedOrder]:
        """Give the orders of one fate."""
        return [planned for planned in self.orders if planned.fate == fate]

    @property
    def taken(self) -> list[PlannedOrder]:
        """Give the orders that would be stored."""
        return [planned for planned in self.orders if planned.fate in TAKEN]

    @property
    def counted(self) -> Counted:
        """What the file's orders would count."""
        return sum((planned.counted for planned in self.taken), Counted())

    @property
    def outside(self) -> list[PlannedOrder]:
        """Give the counted orders that no event's online window holds."""
        return [order for order in self.taken if not order.event and order.counted != Counted()]

    def in_state(self, state: str) -> int:
        """Count the orders in a state (`cancelled`, `unpaid`, `unknown`)."""
        return sum(planned.order.state == state for planned in self.orders)

    @property
    def listings(self) -> list[Listing]:
        """Give what the counted lines sold: unmatched first, then by omzet."""
        groups: defaultdict[str, list[PlannedLine]] = defaultdict(list)
        for planned in self.taken:
            for line in planned.lines:
                if line.counted != Counted():
                    groups[line.key].append(line)
        found = [
            Listing(
                key,
                lines[0].name,
                lines[0].how,
                lines[0].product,
                len(lines),
                sum((line.counted for line in lines), Counted()),
            )
            for key, lines in groups.items()
        ]
        return sorted(found, key=lambda one: (bool(one.product), -one.counted.omzet_rp, one.key))

    def changes(self) -> dict[tuple[str, str], Counted]:
        """Say by (event, channel) what taking the file would add, or take off."""
        changes: defaultdict[tuple[str, str], Counted] = defaultdict(Counted)
        for planned in self.taken:
            changes[planned.event, planned.order.channel] += planned.counted
            for before in (planned.known, planned.twin):
                if before is not None:
                    changes[before.event, before.channel] += -before.counted
        return dict(changes)


def plan_import(
    entry: Import,
    orders: Iterable[Order],
    events: Sequence[EventPlan],
    matcher: Matcher,
    known: Iterable[KnownOrder],
) -> Plan:
    """Say of orders of a file what taking it would do; nothing is written."""
    same: dict[str, KnownOrder] = {}
    twins: dict[str, KnownOrder] = {}
    for order in known:
        if order.source == entry.source:
            same[order.order_id] = order
        elif order.invoice_number:
            twins[order.invoice_number] = order
    free_goods = {event.id for event in events if event.counts_free_goods}
    return Plan(
        tuple(
            _plan_order(order, entry, events, matcher, same, twins, free_goods) for order in orders
        )
    )


def _plan_order(
    order: Order,
    entry: Import,
    events: Sequence[EventPlan],
    matcher: Matcher,
    same: Mapping[str, KnownOrder],
    twins: Mapping[str, KnownOrder],
    free_goods: set[str],
) -> PlannedOrder:
    known = same.get(order.order_id)
    twin = twins.get(order.invoice_number) if order.invoice_number else None
    moment = moment_of(order)
    event = event_at(events, moment) if moment else None
    event_id = event.id if event else ""
    fate: Fate = "new" if known is None else "updated"
    if known is not None and _is_of_another_shop(known, entry):
        fate = "other_shop"
    elif known is not None and known.as_of > entry.as_of:
        fate = "older"
    elif twin is not None and twin.as_of >= entry.as_of:
        fate = "elsewhere"
    lines = tuple(_plan_line(line, matcher, event_id in free_goods) for line in order.lines)
    return PlannedOrder(order, event_id, moment, fate, twin, known, lines)


def _is_of_another_shop(known: KnownOrder, entry: Import) -> bool:
    """Tell two shops that number their orders alike; marketplaces number over all shops."""
    is_marketplace = any(layout.source == entry.source for layout in LAYOUTS)
    return not is_marketplace and "" not in (known.shop, entry.shop) and known.shop != entry.shop


def moment_of(order: Order) -> datetime | None:
    """Give the time that decides an order's event: paid, or completed for COD without one."""
    return order.paid_at or (order.completed_at if order.state == "completed" else None)


def _plan_line(line: OrderLine, matcher: Matcher, counts_free: bool) -> PlannedLine:  # noqa: FBT001 - asked once per event, not by a person
    product, how = matcher.find(line)
    units = line.net_units if line.unit_price_rp or line.omzet_rp or counts_free else 0
    counted = Counted(
        units if is_sementara(line) else 0,
        line.net_omzet_rp if is_sementara(line) else ZERO,
        units if is_final(line) else 0,
        line.net_omzet_rp if is_final(line) else ZERO,
    )
    return PlannedLine(
        line.n,
        listing_key(line),
        listing_name(line),
        product.id if product else "",
        product.vendor if product else matcher.vendor_of(line),
        product.category if product else "",
        how,
        counted,
    )
