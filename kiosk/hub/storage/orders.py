"""Online orders as rows; each is replaced whole, and its sums with it.

What an order counted before is taken out of the roll-ups in the transaction that puts in
what it counts now. Older knowledge never overwrites newer.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select

from kiosk.clock import WIB
from kiosk.domain.money import Rupiah
from kiosk.hub.storage.campaigns import instant_or_none
from kiosk.hub.storage.rollups import ROLLUP_KEY, ROLLUP_SUMS, add_to_rollups
from kiosk.hub.storage.tables import imports, order_lines, orders

_AT_ONCE: Final = 500
_ORDERS_LOCK: Final = 0x6F7264657273
# The hour of an order that was never paid.
_NO_HOUR: Final = ""


@dataclass(frozen=True, slots=True)
class OnlineLine:
    """A line at its place in the order; `product`, `vendor`, `category` are '' where unmatched.

    `units` and `omzet_rp` are sementara: 0 where the line does not count.
    """

    n: int
    product: str
    vendor: str
    category: str
    name: str
    sku: str
    units: int
    omzet_rp: Rupiah
    units_final: int
    omzet_final_rp: Rupiah


@dataclass(frozen=True, slots=True)
class OnlineOrder:
    """An order as a marketplace tells it; `event` is '' outside every window.

    `paid_at` (completion where a COD order has no other time) and `as_of` are UTC texts;
    `shop` is the vendor whose shop the file came from, '' where nobody said.
    """

    order_id: str
    channel: str
    invoice_number: str | None
    state: str
    status: str
    paid_at: str | None
    event: str
    as_of: str
    lines: tuple[OnlineLine, ...]
    shop: str = ""


def lock_orders(connection: Connection) -> None:
    """Let one transaction at a time replace orders: two must see each other's files.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ORDERS_LOCK)))


def replace_orders(
    connection: Connection,
    campaign_id: str,
    import_id: str,
    source: str,
    new_orders: Sequence[OnlineOrder],
) -> int:
    """Put orders in the place of what was known of them; says how many were taken.

    An order that is known as of a later time is left alone. Call it within `Store.retrying`
    or `begin`; each order id may stand once.
    """
    known = _known_as_of(connection, campaign_id, source, [one.order_id for one in new_orders])
    taken = [one for one in new_orders if known.get(one.order_id, "") <= one.as_of]
    deltas: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(ROLLUP_SUMS))
    _take_off(connection, deltas, campaign_id, source, [one.order_id for one in taken])
    _drop(connection, campaign_id, source, [one.order_id for one in taken if one.order_id in known])
    if taken:
        connection.execute(
            insert(orders),
            [_order_row(campaign_id, import_id, source, one) for one in taken],
        )
    lines = [
        {**_line_row(line), "campaign": campaign_id, "source": source, "order_id": one.order_id}
        for one in taken
        for line in one.lines
    ]
    if lines:
        connection.execute(insert(order_lines), lines)
    for one in taken:
        for line in one.lines:
            _add(deltas, _line_row(line), campaign_id, one.event, one.channel, one.paid_at, 1)
    add_to_rollups(connection, _delta_rows(deltas))
    return len(taken)


def drop_orders(
    connection: Connection, campaign_id: str, source: str, order_ids: Sequence[str]
) -> None:
    """Take orders away with what they count, e.g. those another export tells better."""
    deltas: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(ROLLUP_SUMS))
    _take_off(connection, deltas, campaign_id, source, order_ids)
    _drop(connection, campaign_id, source, order_ids)
    add_to_rollups(connection, _delta_rows(deltas))


def orders_of_kept_files(
    connection: Connection, campaign_id: str, source: str, order_ids: Sequence[str]
) -> list[str]:
    """Give those of some stored orders whose last file is kept as it was read."""
    found: list[str] = []
    for chunk in _chunks(order_ids):
        statement = (
            select(orders.c.order_id)
            .join(imports, imports.c.id == orders.c["import"])
            .where(
                orders.c.campaign == campaign_id,
                orders.c.source == source,
                orders.c.order_id.in_(chunk),
                func.length(imports.c.reading) > 0,
            )
        )
        found += connection.scalars(statement)
    return found


def count_all_orders(connection: Connection) -> None:
    """Add every stored order's sums to the roll-ups, which a rebuild has just emptied."""
    deltas: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(ROLLUP_SUMS))
    for row in connection.execute(_counted_lines()).mappings():
        _add(deltas, row, row["campaign"], row["event"] or "", row["channel"], row["paid_at"], 1)
    add_to_rollups(connection, _delta_rows(deltas))


def _known_as_of(
    connection: Connection, campaign_id: str, source: str, order_ids: Sequence[str]
) -> dict[str, str]:
    known: dict[str, str] = {}
    for chunk in _chunks(order_ids):
        rows = connection.execute(
            select(orders.c.order_id, orders.c.as_of)
            .where(
                orders.c.campaign == campaign_id,
                orders.c.source == source,
                orders.c.order_id.in_(chunk),
            )
            .order_by(orders.c.order_id)
            .with_for_update()
        )
        known.update({row.order_id: row.as_of for row in rows})
    return known


def _counted_lines() -> Any:
    same_order = and_(
        order_lines.c.campaign == orders.c.campaign,
        order_lines.c.source == orders.c.source,
        order_lines.c.order_id == orders.c.order_id,
    )
    return select(order_lines, orders.c.event, orders.c.channel, orders.c.paid_at).join_from(
        order_lines, orders, same_order
    )


def _take_off(
    connection: Connection,
    deltas: defaultdict[tuple[str, ...], list[int]],
    campaign_id: str,
    source: str,
    order_ids: Sequence[str],
) -> None:
    for chunk in _chunks(order_ids):
        statement = _counted_lines().where(
            orders.c.campaign == campaign_id,
            orders.c.source == source,
            orders.c.order_id.in_(chunk),
        )
        for row in connection.execute(statement).mappings():
            _add(deltas, row, campaign_id, row["event"] or "", row["channel"], row["paid_at"], -1)


def _drop(connection: Connection, campaign_id: str, source: str, order_ids: Sequence[str]) -> None:
    if not order_ids:
        return
    for table in (order_lines, orders):
        connection.execute(
            delete(table).where(
                table.c.campaign == campaign_id,
                table.c.source == source,
                table.c.order_id == bindparam("dropped"),
            ),
            [{"dropped": order_id} for order_id in order_ids],
        )


def _add(
    deltas: defaultdict[tuple[str, ...], list[int]],
    line: Any,
    campaign_id: str,
    event: str,
    channel: str,
    paid_at: str | None,
    sign: int,
) -> None:
    """Add one line's sums under its key, in the order of `ROLLUP_KEY`."""
    moment = instant_or_none(paid_at)
    hour = f"{moment.astimezone(WIB):%Y-%m-%dT%H}" if moment else _NO_HOUR
    key = (campaign_id, event, channel, line["vendor"], line["product"], line["category"], hour)
    sums = deltas[key]
    for place, name in enumerate(ROLLUP_SUMS):
        sums[place] += sign * line[name]


def _delta_rows(deltas: dict[tuple[str, ...], list[int]]) -> list[dict[str, Any]]:
    return [
        {
            **dict(zip(ROLLUP_KEY, key, strict=True)),
            **dict(zip(ROLLUP_SUMS, sums, strict=True)),
        }
        for key, sums in deltas.items()
        if any(sums)
    ]


def _order_row(campaign_id: str, import_id: str, source: str, order: OnlineOrder) -> dict[str, Any]:
    return {
        "campaign": campaign_id,
        "source": source,
        "order_id": order.order_id,
        "import": import_id,
        "channel": order.channel,
        "invoice_number": order.invoice_number or None,
        "state": order.state,
        "status": order.status,
        "paid_at": order.paid_at,
        "event": order.event or None,
        "as_of": order.as_of,
        "shop": order.shop,
    }


def _line_row(line: OnlineLine) -> dict[str, Any]:
    return {
        "n": line.n,
        "product": line.product,
        "vendor": line.vendor,
        "category": line.category,
        "name": line.name,
        "sku": line.sku,
        "units": line.units,
        "omzet_rp": line.omzet_rp,
        "units_final": line.units_final,
        "omzet_final_rp": line.omzet_final_rp,
    }


def _chunks(order_ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (order_ids[start : start + _AT_ONCE] for start in range(0, len(order_ids), _AT_ONCE))
