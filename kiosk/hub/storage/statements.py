"""Figures of a month or a year by vendor, from the roll-ups by the hour."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from kiosk.domain.money import Rupiah
from kiosk.hub.storage.imports import Counted
from kiosk.hub.storage.rollups import ROLLUP_SUMS
from kiosk.hub.storage.tables import rollups


class MonthRow(NamedTuple):
    """What one vendor sold of one product on one day through one channel; days are WIB."""

    vendor: str
    product: str
    event: str
    channel: str
    day: str
    counted: Counted


def months_with_sales(connection: Connection, campaign_id: str) -> list[str]:
    """Give the months, `2026-11`, in which anything was counted, the last first."""
    month = func.substr(rollups.c.hour, 1, 7)
    found = connection.scalars(
        select(month).where(rollups.c.campaign == campaign_id, rollups.c.hour != "").distinct()
    )
    return sorted((str(one) for one in found), reverse=True)


def month_rows(connection: Connection, campaign_id: str, month: str) -> list[MonthRow]:
    """Give a month's figures by vendor, product, event, channel and day."""
    day = func.substr(rollups.c.hour, 1, 10)
    keys = [rollups.c.vendor, rollups.c.product, rollups.c.event, rollups.c.channel, day]
    rows = connection.execute(
        select(*keys, *(func.sum(rollups.c[name]) for name in ROLLUP_SUMS))
        .where(rollups.c.campaign == campaign_id, func.substr(rollups.c.hour, 1, 7) == month)
        .group_by(*keys)
    )
    return [
        MonthRow(vendor, product, event, channel, day, _counted(sums))
        for vendor, product, event, channel, day, *sums in rows
        if vendor
    ]


def omzet_by_month(
    connection: Connection, campaign_id: str, year: str
) -> dict[tuple[str, str], Counted]:
    """Give a year's figures by vendor and month, `2026-11`; '' is goods of no known vendor."""
    month = func.substr(rollups.c.hour, 1, 7)
    rows = connection.execute(
        select(rollups.c.vendor, month, *(func.sum(rollups.c[name]) for name in ROLLUP_SUMS))
        .where(rollups.c.campaign == campaign_id, func.substr(rollups.c.hour, 1, 4) == year)
        .group_by(rollups.c.vendor, month)
    )
    return {(row[0], str(row[1])): _counted(row[2:]) for row in rows}


def _counted(sums: Iterable[Any]) -> Counted:
    units, omzet_rp, units_final, omzet_final_rp = (int(one or 0) for one in sums)
    return Counted(units, Rupiah(omzet_rp), units_final, Rupiah(omzet_final_rp))
