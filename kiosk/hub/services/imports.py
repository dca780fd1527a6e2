"""Importing: an export is read and shown first, and counted only when it is taken.

The file itself is never kept, since it names buyers: what waits as a dry run is what was
read of it. Taking the same orders again brings them up to date and adds nothing twice.
"""

import hashlib
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import Clock, stamp, stamp_utc
from kiosk.errors import N_
from kiosk.hub.marketplaces import (
    Export,
    Figures,
    Limits,
    Order,
    RowProblem,
    read_export_steps,
    sementara,
)
from kiosk.hub.marketplaces.stored import from_stored, to_stored
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.column_mappings import mapped_layouts
from kiosk.hub.services.import_plans import Listing, Plan, PlannedOrder, plan_import
from kiosk.hub.services.matching import make_matcher
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.imports import (
    Counted,
    Import,
    KnownOrder,
    delete_dry_run,
    describe_dry_run,
    figures_by,
    find_import,
    find_reading,
    find_same_file,
    insert_import,
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
from kiosk.hub.storage.vendors import find_vendor

IMPORT_LIMITS: Final = Limits(file_bytes=64 << 20, unpacked_bytes=768 << 20, rows=150_000)
MOST_PROBLEMS_SHOWN: Final = 200
_LONGEST_NAME: Final = 120


class FileTakenError(FieldError):
    """The very same file was counted before."""

    field = "file"

    def __init__(self, file_name: str, at: datetime) -> None:
        self.file_name = file_name
        super().__init__(
            N_("This very file was counted on %(at)s, as %(name)s. Choose a newer export."),
            at=f"{at:%d-%m-%Y %H.%M} WIB",
            name=file_name,
        )


class AsOfInFutureError(FieldError):
    """A file is said to be as of a time that has not come: it would outdo every later file."""

    field = "as_of"

    def __init__(self) -> None:
        super().__init__(N_("This lies in the future. Say when the file was exported."))


class ShopUnknownError(FieldError):
    """A form names a shop that the campaign does not have."""

    field = "shop"

    def __init__(self) -> None:
        super().__init__(N_("Choose a vendor of this campaign, or several vendors."))


class NoOrdersError(FieldError):
    """A file is an export and holds no order at all."""

    field = "file"

    def __init__(self, file_name: str) -> None:
        super().__init__(
            N_("%(name)s holds no orders. Export a period that has some."), name=file_name
        )


class NothingReadableError(FieldError):
    """Not one row of a file could be read; the first says why."""

    field = "file"

    def __init__(self, file_name: str, problem: RowProblem) -> None:
        self.file_name = file_name
        self.problem = problem
        super().__init__(
            N_("No row of %(name)s could be read. Row %(row)s, “%(column)s”: %(reason)s"),
            name=file_name,
            row=problem.row,
            column=problem.column,
            reason=problem.reason,
        )


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


def short_name(file_name: str) -> str:
    """Give a file's name without its folders, cut where no honest one ends."""
    return file_name.replace("\\", "/").rpartition("/")[2][:_LONGEST_NAME] or "export"


def read_file_in(
    store: Store, clock: Clock, by: str, campaign_id: str, file_name: str, data: bytes
) -> Import:
    """Read an uploaded file and keep it as a dry run; nothing of it counts yet.

    The same bytes twice give the dry run that is waiting already. Raises FileTakenError
    where they were counted, NoOrdersError, NothingReadableError, and what `read_export`
    raises.
    """
    return finish(read_file_steps(store, clock, by, campaign_id, file_name, data))


def finish(steps: Generator[int, None, Import]) -> Import:
    """Go through the steps of reading to their end, and give what came of them."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            entry: Import = end.value
            return entry


def read_file_steps(
    store: Store, clock: Clock, by: str, campaign_id: str, file_name: str, data: bytes
) -> Generator[int, None, Import]:
    """Do what `read_file_in` does, giving now and then how many rows are read.

    Let go between two steps it has stored nothing.
    """
    name = short_name(file_name)
    digest = hashlib.sha256(data).hexdigest()
    with store.read() as connection:
        mapped = mapped_layouts(connection)
    export = yield from read_export_steps(name, data, IMPORT_LIMITS, mapped)
    if not export.orders:
        left_out = [problem for problem in export.problems if not problem.counted]
        raise NothingReadableError(name, left_out[0]) if left_out else NoOrdersError(name)
    now = clock.now()
    with store.begin() as connection:
        same = find_same_file(connection, campaign_id, digest)
        if same is not None and same.state == "taken":
            raise FileTakenError(same.file_name, same.imported_at)
        if same is not None:
            return same
        entry = Import(
            id=clock.new_id(),
            campaign=campaign_id,
            source=export.source,
            file_name=name,
            file_sha256=digest,
            imported_at=now,
            imported_by=by,
            as_of=export.as_of or now,
            orders=len(export.orders),
            problems=len(export.problems),
            state="dry_run",
        )
        insert_import(connection, entry, to_stored(export))
        audit_import(connection, clock, by, "file read", entry)
    return entry


def describe_import(
    store: Store, clock: Clock, by: str, entry: Import, as_of: datetime, shop: str
) -> Import:
    """Say of a waiting file as of when it is and whose shop it is from ('' for several).

    Raises AsOfInFutureError, ShopUnknownError, and NotFoundError where it waits no more.
    """
    # A hub whose clock is behind still takes what the file itself says.
    if as_of > max(clock.now(), entry.as_of):
        raise AsOfInFutureError
    described = replace(entry, as_of=as_of, shop=shop)
    if described == entry:
        return entry
    with store.begin() as connection:
        vendor = find_vendor(connection, shop) if shop else None
        if shop and (vendor is None or vendor.campaign != entry.campaign):
            raise ShopUnknownError
        if not describe_dry_run(connection, entry.id, as_of, shop):
            raise NotFoundError
        audit_import(connection, clock, by, "file described", described)
    return described


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
