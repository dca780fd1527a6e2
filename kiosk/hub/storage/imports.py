"""Imported files as rows: a dry run waits with what was read of it until it is taken or dropped."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from kiosk.clock import stamp_utc
from kiosk.domain.money import ZERO, Rupiah
from kiosk.hub.storage.campaigns import instant, instant_or_none
from kiosk.hub.storage.orders import OnlineLine, OnlineOrder, lock_orders, replace_orders
from kiosk.hub.storage.tables import event_rollups, imports, order_lines, orders, rollups

# Every column but what was read of the file, which may be megabytes.
_COLUMNS = [column for column in imports.c if column.name != "reading"]


@dataclass(frozen=True, slots=True)
class Counted:
    """Units and omzet, sementara and final."""

    units: int = 0
    omzet_rp: Rupiah = ZERO
    units_final: int = 0
    omzet_final_rp: Rupiah = ZERO

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.units + other.units,
            Rupiah(self.omzet_rp + other.omzet_rp),
            self.units_final + other.units_final,
            Rupiah(self.omzet_final_rp + other.omzet_final_rp),
        )

    def __neg__(self) -> "Counted":
        return Counted(
            -self.units, Rupiah(-self.omzet_rp), -self.units_final, Rupiah(-self.omzet_final_rp)
        )


@dataclass(frozen=True, slots=True)
class Import:
    """One uploaded file; `state` is dry_run or taken.

    `as_of` is when the marketplace knew what is in it; `shop` the vendor whose file it is,
    '' for nobody's; `undone_at` when it was taken out again, None while it counts.
    """

    id: str
    campaign: str
    source: str
    file_name: str
    file_sha256: str
    imported_at: datetime
    imported_by: str
    as_of: datetime
    orders: int
    problems: int
    state: str
    undone_at: datetime | None = None
    undone_by: str = ""
    shop: str = ""

    @property
    def counts(self) -> bool:
        """Whether its orders are in the totals."""
        return self.state == "taken" and self.undone_at is None


def _import(row: RowMapping) -> Import:
    moments = {name: instant(row[name]) for name in ("imported_at", "as_of")}
    return Import(**{**dict(row), **moments, "undone_at": instant_or_none(row["undone_at"])})


def list_imports(connection: Connection, campaign_id: str) -> list[Import]:
    """Give a campaign's files, the last imported first."""
    rows = connection.execute(
        select(*_COLUMNS)
        .where(imports.c.campaign == campaign_id)
        .order_by(imports.c.imported_at.desc(), imports.c.id.desc())
    )
    return [_import(row) for row in rows.mappings()]


def find_import(connection: Connection, import_id: str) -> Import | None:
    """Give one file's row, or None if there is none of this id."""
    row = connection.execute(select(*_COLUMNS).where(imports.c.id == import_id)).mappings().first()
    return _import(row) if row else None


def find_same_file(connection: Connection, campaign_id: str, file_sha256: str) -> Import | None:
    """Give the campaign's import of the very same bytes that waits or counts, the last one."""
    row = (
        connection.execute(
            select(*_COLUMNS)
            .where(
                imports.c.campaign == campaign_id,
                imports.c.file_sha256 == file_sha256,
                imports.c.undone_at.is_(None),
            )
            .order_by(imports.c.imported_at.desc())
        )
        .mappings()
        .first()
    )
    return _import(row) if row else None


def find_reading(connection: Connection, import_id: str) -> bytes:
    """Give what was read of a file; raises LookupError where it was not kept.

    Files that were counted before undoing was possible did not keep it.
    """
    data = connection.scalar(select(imports.c.reading).where(imports.c.id == import_id))
    if not data:
        raise LookupError(import_id)
    return bytes(data)


def is_kept(connection: Connection, import_id: str) -> bool:
    """Say whether what was read of a file is still there."""
    size = connection.scalar(
        select(func.length(imports.c.reading)).where(imports.c.id == import_id)
    )
    return bool(size)


def insert_import(connection: Connection, entry: Import, reading: bytes) -> None:
    """Write a dry run with what was read of its file."""
    connection.execute(
        insert(imports).values(
            id=entry.id,
            campaign=entry.campaign,
            source=entry.source,
            file_name=entry.file_name,
            file_sha256=entry.file_sha256,
            imported_at=stamp_utc(entry.imported_at),
            imported_by=entry.imported_by,
            as_of=stamp_utc(entry.as_of),
            orders=entry.orders,
            problems=entry.problems,
            state=entry.state,
            shop=entry.shop,
            reading=reading,
        )
    )


def mark_taken(connection: Connection, import_id: str, at: datetime) -> bool:
    """Turn a dry run into a taken import; its orders are rows from now on.

    Says whether it was still a dry run, so that two organisers cannot both take it.
    """
    result = connection.execute(
        update(imports)
        .where(imports.c.id == import_id, imports.c.state == "dry_run")
        .values(state="taken", imported_at=stamp_utc(at))
    )
    return result.rowcount == 1


def describe_dry_run(connection: Connection, import_id: str, as_of: datetime, shop: str) -> bool:
    """Write what a person said about a waiting file; says whether it was still waiting."""
    result = connection.execute(
        update(imports)
        .where(imports.c.id == import_id, imports.c.state == "dry_run")
        .values(as_of=stamp_utc(as_of), shop=shop)
    )
    return result.rowcount == 1


def mark_undone(connection: Connection, import_id: str, at: datetime, by: str) -> bool:
    """Take a counted file out; says whether it counted until now."""
    result = connection.execute(
        update(imports)
        .where(imports.c.id == import_id, imports.c.state == "taken", imports.c.undone_at.is_(None))
        .values(undone_at=stamp_utc(at), undone_by=by)
    )
    return result.rowcount == 1


def mark_counting(connection: Connection, import_id: str) -> bool:
    """Let an undone file count again; says whether it was undone until now."""
    result = connection.execute(
        update(imports)
        .where(imports.c.id == import_id, imports.c.undone_at.is_not(None))
        .values(undone_at=None, undone_by="")
    )
    return result.rowcount == 1


def delete_dry_run(connection: Connection, import_id: str) -> bool:
    """Take a dry run away; says whether there was one."""
    result = connection.execute(
        delete(imports).where(imports.c.id == import_id, imports.c.state == "dry_run")
    )
    return result.rowcount == 1


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """A stored order with what its lines count now."""

    source: str
    order_id: str
    channel: str
    event: str
    as_of: datetime
    invoice_number: str
    shop: str
    counted: Counted


def known_orders(connection: Connection, campaign_id: str) -> list[KnownOrder]:
    """Give a campaign's orders, each with the sums of its lines."""
    same_order = (
        (order_lines.c.campaign == orders.c.campaign)
        & (order_lines.c.source == orders.c.source)
        & (order_lines.c.order_id == orders.c.order_id)
    )
    columns = (
        orders.c.source,
        orders.c.order_id,
        orders.c.channel,
        orders.c.event,
        orders.c.as_of,
        orders.c.invoice_number,
        orders.c.shop,
    )
    rows = connection.execute(
        select(*columns, *_sums(order_lines))
        .outerjoin(order_lines, same_order)
        .where(orders.c.campaign == campaign_id)
        .group_by(*columns)
    )
    return [
        KnownOrder(
            source,
            order_id,
            channel,
            event or "",
            instant(as_of),
            invoice or "",
            shop,
            _counted(sums),
        )
        for source, order_id, channel, event, as_of, invoice, shop, *sums in rows
    ]


def figures_by(
    connection: Connection,
    campaign_id: str,
    by: Sequence[str],
    *,
    event: str | None = None,
    hour: str | None = None,
) -> dict[tuple[str, ...], Counted]:
    """Give a campaign's totals by some of the roll-ups' columns, e.g. ("event", "channel").

    `event` limits them to one event ('' is outside every window), `hour` to one hour in WIB.
    """
    table = rollups if hour is not None or "hour" in by else event_rollups
    columns = [table.c[name] for name in by]
    query = select(*columns, *_sums(table)).where(table.c.campaign == campaign_id)
    if event is not None:
        query = query.where(table.c.event == event)
    if hour is not None:
        query = query.where(rollups.c.hour == hour)
    rows = connection.execute(query.group_by(*columns) if columns else query)
    return {tuple(row[: len(by)]): _counted(row[len(by) :]) for row in rows}


def _sums(table: Table) -> list[ColumnElement[int]]:
    return [
        func.coalesce(func.sum(table.c[name]), 0)
        for name in ("units", "omzet_rp", "units_final", "omzet_final_rp")
    ]


def _counted(sums: Sequence[int]) -> Counted:
    units, omzet_rp, units_final, omzet_final_rp = map(int, sums)
    return Counted(units, Rupiah(omzet_rp), units_final, Rupiah(omzet_final_rp))


def rewrite_orders(
    connection: Connection,
    campaign_id: str,
    change: Callable[[str, OnlineOrder], OnlineOrder],
    *,
    listing: tuple[str, str] | None = None,
) -> int:
    """Store orders anew as `change(source, order)` gives them; says how many changed.

    `listing` limits it to orders with a line of that (source, key). Call it within
    `Store.retrying`, or `begin`.
    """
    lock_orders(connection)
    changed: defaultdict[tuple[str, str], list[OnlineOrder]] = defaultdict(list)
    for source, import_id, order in _stored_orders(connection, campaign_id, listing):
        new = change(source, order)
        if new != order:
            changed[import_id, source].append(new)
    for (import_id, source), new_orders in changed.items():
        replace_orders(connection, campaign_id, import_id, source, new_orders)
    return sum(map(len, changed.values()))


def _stored_orders(
    connection: Connection, campaign_id: str, listing: tuple[str, str] | None
) -> list[tuple[str, str, OnlineOrder]]:
    """Give orders with their source and the import they came from last."""
    lines: defaultdict[tuple[str, str], list[OnlineLine]] = defaultdict(list)
    chosen = orders.c.campaign == campaign_id
    of_campaign = order_lines.c.campaign == campaign_id
    if listing is not None:
        source, key = listing
        with_listing = select(order_lines.c.order_id).where(
            of_campaign, order_lines.c.source == source, order_lines.c.sku == key
        )
        chosen &= (orders.c.source == source) & orders.c.order_id.in_(with_listing)
        of_campaign &= (order_lines.c.source == source) & order_lines.c.order_id.in_(with_listing)
    names = tuple(field.name for field in fields(OnlineLine))
    for row in connection.execute(
        select(order_lines).where(of_campaign).order_by(order_lines.c.n)
    ).mappings():
        line = OnlineLine(**{name: row[name] for name in names})
        lines[row["source"], row["order_id"]].append(line)
    return [
        (
            row["source"],
            row["import"],
            OnlineOrder(
                order_id=row["order_id"],
                channel=row["channel"],
                invoice_number=row["invoice_number"],
                state=row["state"],
                status=row["status"],
                paid_at=row["paid_at"],
                event=row["event"] or "",
                as_of=row["as_of"],
                lines=tuple(lines[row["source"], row["order_id"]]),
                shop=row["shop"],
            ),
        )
        for row in connection.execute(select(orders).where(chosen)).mappings()
    ]
