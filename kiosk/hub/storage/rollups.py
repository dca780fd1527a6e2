"""The roll-ups: sums that a page reads instead of sales."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, func, select

from kiosk.hub.storage.store import upsert_add
from kiosk.hub.storage.tables import (
    discount_rollups,
    event_rollups,
    late_rollups,
    merged_rollups,
    payment_rollups,
    rollups,
)
from kiosk.hub.storage.vendors import kept_vendors

EVENT_KEY: Final = ("campaign", "event", "channel", "vendor", "product", "category")
ROLLUP_KEY: Final = (*EVENT_KEY, "hour")
ROLLUP_SUMS: Final = ("units", "omzet_rp", "units_final", "omzet_final_rp")
PAYMENT_KEY: Final = ("campaign", "event", "method", "state")
PAYMENT_SUMS: Final = ("payments", "amount_rp")
DISCOUNT_KEY: Final = ("campaign", "event", "bearer", "reason")
DISCOUNT_SUMS: Final = ("times", "amount_rp")
LATE_KEY: Final = ("event", "journal")
LATE_SUMS: Final = ("sales",)


def add_to_rollups(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add what lines count, by the hour and without it; each key once, sums of either sign.

    What comes under a vendor who was merged into another one counts as the other's, and is
    kept under her own name beside it (see `merges`).
    """
    kept = kept_vendors(connection)
    hers = [row for row in rows if row["vendor"] in kept]
    upsert_add(connection, merged_rollups, ROLLUP_KEY, ROLLUP_SUMS, hers)
    if hers:
        others = (row | {"vendor": kept.get(row["vendor"], row["vendor"])} for row in rows)
        rows = _summed(others, ROLLUP_KEY)
    upsert_add(connection, rollups, ROLLUP_KEY, ROLLUP_SUMS, rows)
    upsert_add(connection, event_rollups, EVENT_KEY, ROLLUP_SUMS, _summed(rows, EVENT_KEY))


def _summed(rows: Iterable[dict[str, Any]], key: Sequence[str]) -> list[dict[str, Any]]:
    """Add rows up by a key; those that come to nothing are left out."""
    whole: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        found = whole.setdefault(
            tuple(row[name] for name in key),
            {name: row[name] for name in key} | dict.fromkeys(ROLLUP_SUMS, 0),
        )
        for name in ROLLUP_SUMS:
            found[name] += row[name]
    return [row for row in whole.values() if any(row[name] for name in ROLLUP_SUMS)]


def add_to_payments(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add what payments count; each key once, sums of either sign."""
    upsert_add(connection, payment_rollups, PAYMENT_KEY, PAYMENT_SUMS, rows)


def add_to_discounts(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add what discounts count; each key once, sums of either sign."""
    upsert_add(connection, discount_rollups, DISCOUNT_KEY, DISCOUNT_SUMS, rows)


def add_to_late(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add how many sales came late; each key once, sums of either sign."""
    upsert_add(connection, late_rollups, LATE_KEY, LATE_SUMS, rows)


def discount_sums(
    connection: Connection, campaign_id: str, event: str | None
) -> list[tuple[str, str, int, int]]:
    """Give bearer, reason, times and amount for a campaign or one of its events."""
    sums = [func.sum(discount_rollups.c[name]) for name in DISCOUNT_SUMS]
    statement = (
        select(discount_rollups.c.bearer, discount_rollups.c.reason, *sums)
        .where(discount_rollups.c.campaign == campaign_id)
        .group_by(discount_rollups.c.bearer, discount_rollups.c.reason)
        .order_by(discount_rollups.c.bearer, discount_rollups.c.reason)
    )
    if event is not None:
        statement = statement.where(discount_rollups.c.event == event)
    return [
        (row.bearer, row.reason, int(row[2] or 0), int(row[3] or 0))
        for row in connection.execute(statement)
    ]


def payment_sums(
    connection: Connection, campaign_id: str, event: str | None
) -> list[tuple[str, str, int, int]]:
    """Give method, state, payments and amount for a campaign or one of its events."""
    sums = [func.sum(payment_rollups.c[name]) for name in PAYMENT_SUMS]
    statement = (
        select(payment_rollups.c.method, payment_rollups.c.state, *sums)
        .where(payment_rollups.c.campaign == campaign_id)
        .group_by(payment_rollups.c.method, payment_rollups.c.state)
        .order_by(payment_rollups.c.method, payment_rollups.c.state)
    )
    if event is not None:
        statement = statement.where(payment_rollups.c.event == event)
    return [
        (row.method, row.state, int(row[2] or 0), int(row[3] or 0))
        for row in connection.execute(statement)
    ]


def forget_rollups(connection: Connection) -> None:
    """Take every sum away, for a rebuild."""
    connection.execute(delete(rollups))
    connection.execute(delete(event_rollups))
    connection.execute(delete(merged_rollups))
    connection.execute(delete(payment_rollups))
    connection.execute(delete(discount_rollups))
    connection.execute(delete(late_rollups))
