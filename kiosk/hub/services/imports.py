"""Counting a marketplace's file: what it would do is shown first, and done when it is taken.

Taking the same orders again brings them up to date and adds nothing twice. Reading a file
is another matter: see `import_reading`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import Clock, stamp, stamp_utc
from kiosk.hub.marketplaces import (
    Export,
    Figures,
    Order,
    RowProblem,
    sementara,
)
from kiosk.hub.marketplaces.stored import from_stored
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.import_plans import Listing, Plan, PlannedOrder, plan_import
from kiosk.hub.services.matching import make_matcher
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.imports import (
    Counted,
    Import,
    KnownOrder,
    delete_dry_run,
    figures_by,
    find_import,
    find_reading,
    is_kept,
    known_orders,
    list_imports,
    mark_taken,
)
from kiosk.hub.storage.matches import read_matches
from kiosk.hub.storage.orders import (
    OnlineLine,
    OnlineOrder,
    drop_orders,
    lock_orders,
    replace_orders,
)
from kiosk.hub.storage.products import list_products
from kiosk.hub.storage.store import Store

MOST_PROBLEMS_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A total by event and channel, before and after taking a file."""

    event: str
    channel: str
    before: Counted
    after: Counted


@dataclass(frozen=True, slots=True)
class DryRun:
    """A file that was read, and what taking it would do."""

    entry: Import
    plan: Plan
    sementara: Figures
    changes: list[Change]
    problems: Sequence[RowProblem]
    more_problems: int
    left_out_rows: int

    @property
    def counted(self) -> Counted:
        """What the file's orders would count."""
        return self.plan.counted

    @property
    def outside(self) -> list[PlannedOrder]:
        """Give the counted orders that no online window holds."""
        return self.plan.outside

    @property
    def updated(self) -> int:
        """Count the orders that the hub knows already and that would be brought up to date."""
        return len(self.plan.of_fate("updated"))

    @property
    def matched(self) -> list[Listing]:
        """Give the listings that have a product, or of which the vendor alone is known."""
        return [one for one in self.plan.listings if one.product or one.how == "vendor"]

    @property
    def unmatched(self) -> list[Listing]:
        """Give the listings of which nobody has said anything yet."""
        return [one for one in self.plan.listings if not one.product and one.how != "vendor"]


def campaign_imports(store: Store, campaign_id: str) -> list[Import]:
    """Give a campaign's files, the last one first."""
    with store.read() as connection:
        return list_imports(connection, campaign_id)


def open_import(store: Store, campaign_id: str, import_id: str) -> Import:
    """Give one file's row; raises NotFoundError."""
    with store.read() as connection:
        entry = find_import(connection, import_id)
    if entry is None or entry.campaign != campaign_id:
        raise NotFoundError
    return entry


def is_import_kept(store: Store, entry: Import) -> bool:
    """Say whether what was read of a file is kept, so that it can be undone."""
    with store.read() as connection:
        return is_kept(connection, entry.id)


def dry_run(store: Store, entry: Import) -> DryRun:
    """Say what taking a waiting file would do now, with the matches there are now."""
    with store.read() as connection:
        export = kept_export(connection, entry)
        plan = _plan(connection, entry, export)
        before = figures_by(connection, entry.campaign, ("event", "channel"))
    changes = [
        Change(key[0], key[1], before.get(key, Counted()), before.get(key, Counted()) + change)
        for key, change in sorted(plan.changes().items())
        if change != Counted()
    ]
    return DryRun(
        entry,
        plan,
        sementara(planned.order for planned in plan.taken),
        changes,
        export.problems[:MOST_PROBLEMS_SHOWN],
        max(0, len(export.problems) - MOST_PROBLEMS_SHOWN),
        sum(not problem.counted for problem in export.problems),
    )


def take_import(store: Store, clock: Clock, by: str, entry: Import) -> Plan:
    """Count a waiting file: its orders replace what was known of them.

    A file that somebody else took or dropped meanwhile raises NotFoundError.
    """
    with store.read() as connection:
        export = kept_export(connection, entry)

    def take(connection: Connection) -> Plan:
        # Planned anew under the write lock: another file may have been taken meanwhile.
        lock_orders(connection)
        if not mark_taken(connection, entry.id, clock.now()):
            raise NotFoundError
        plan = _plan(connection, entry, export)
        store_orders(connection, entry, plan)
        audit_import(connection, clock, by, "file counted", entry)
        return plan

    return store.retrying(take)


def drop_import(store: Store, clock: Clock, by: str, entry: Import) -> None:
    """Let a waiting file go; one that was counted stays, and raises NotFoundError."""
    with store.begin() as connection:
        if not delete_dry_run(connection, entry.id):
            raise NotFoundError
        audit_import(connection, clock, by, "file dropped", entry)


def store_orders(connection: Connection, entry: Import, plan: Plan) -> None:
    """Write the orders a plan takes; the same order from another export makes way."""
    for planned in plan.taken:
        if planned.twin is not None:
            drop_orders(connection, entry.campaign, planned.twin.source, [planned.twin.order_id])
    replace_orders(
        connection,
        entry.campaign,
        entry.id,
        entry.source,
        [_online_order(planned, entry) for planned in plan.taken],
    )


def _online_order(planned: PlannedOrder, entry: Import) -> OnlineOrder:
    order = planned.order
    return OnlineOrder(
        order_id=order.order_id,
        channel=order.channel,
        invoice_number=order.invoice_number or None,
        state=order.state,
        status=order.status,
        paid_at=stamp_utc(planned.moment) if planned.moment else None,
        event=planned.event,
        as_of=stamp_utc(entry.as_of),
        shop=entry.shop,
        lines=tuple(
            OnlineLine(
                n=line.n,
                product=line.product,
                vendor=line.vendor,
                category=line.category,
                name=line.name,
                sku=line.key,
                units=line.counted.units,
                omzet_rp=line.counted.omzet_rp,
                units_final=line.counted.units_final,
                omzet_final_rp=line.counted.omzet_final_rp,
            )
            for line in planned.lines
        ),
    )


def kept_export(connection: Connection, entry: Import) -> Export:
    """Give what was read of a file; raises NotFoundError where it is not kept."""
    try:
        return from_stored(find_reading(connection, entry.id))
    except LookupError:
        raise NotFoundError from None


def plan_against(
    connection: Connection, entry: Import, orders: Iterable[Order], known: Iterable[KnownOrder]
) -> Plan:
    """Plan some of a file's orders with today's matches and windows, against orders that are known."""
    matcher = make_matcher(
        read_matches(connection, entry.campaign, entry.source),
        list_products(connection, entry.campaign),
        entry.shop,
    )
    return plan_import(entry, orders, list_events(connection, entry.campaign), matcher, known)


def _plan(connection: Connection, entry: Import, export: Export) -> Plan:
    return plan_against(connection, entry, export.orders, known_orders(connection, entry.campaign))


def audit_import(connection: Connection, clock: Clock, by: str, action: str, entry: Import) -> None:
    """Write into the trail what was done with a file."""
    audit(
        connection,
        clock,
        by=by,
        action=action,
        subject=entry.id,
        facts={
            "file": entry.file_name,
            "sha256": entry.file_sha256,
            "orders": entry.orders,
            "as_of": stamp(entry.as_of),
            "shop": entry.shop,
        },
    )
