"""What vendors sold by month and by year: material for their own books.

Only what went through this campaign is in it, so it is a part of a vendor's turnover and
never the whole; what came back counts in the month in which it came back.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from kiosk.domain.money import Rupiah
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.imports import Counted
from kiosk.hub.storage.products import list_products
from kiosk.hub.storage.statements import (
    MonthRow,
    month_rows,
    months_with_sales,
    omzet_by_month,
)
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import Vendor, list_vendors

# Final income tax of 0.5 % begins above it, for persons, counted over the calendar year.
TAX_FREE_RP: Final = Rupiah(500_000_000)
MONTHS: Final = 12
_MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What one thing (a product, an event, a channel, a day) came to; `name` may be ''."""

    key: str
    name: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Statement:
    """A vendor's month, several ways; `year_rp` is her omzet from January up to this month."""

    vendor: Vendor
    month: str
    total: Counted
    products: list[StatementLine]
    events: list[StatementLine]
    channels: list[StatementLine]
    days: list[StatementLine]
    year_rp: Rupiah


@dataclass(frozen=True, slots=True)
class VendorYear:
    """A vendor's omzet in each month of a year, January first."""

    vendor: Vendor
    months: tuple[Rupiah, ...]

    @property
    def total_rp(self) -> Rupiah:
        """Her omzet of the year so far."""
        return Rupiah(sum(self.months))


def statement_months(store: Store, campaign_id: str) -> list[str]:
    """Give the months for which there are statements, the last first."""
    with store.read() as connection:
        return months_with_sales(connection, campaign_id)


def month_statements(store: Store, campaign_id: str, month: str, also: str = "") -> list[Statement]:
    """Give the statements of all vendors who sold in a month, by name; raises NotFoundError.

    `also` is a vendor whose statement is wanted though she may have sold nothing.
    """
    if not _MONTH.fullmatch(month):
        raise NotFoundError
    with store.read() as connection:
        rows = month_rows(connection, campaign_id, month)
        names = _names(connection, campaign_id)
        years = omzet_by_month(connection, campaign_id, month[:4])
        vendors = list_vendors(connection, campaign_id)
    of_vendor: defaultdict[str, list[MonthRow]] = defaultdict(list)
    for row in rows:
        of_vendor[row.vendor].append(row)
    so_far: defaultdict[str, int] = defaultdict(int)
    for (vendor_id, one_month), counted in years.items():
        if one_month <= month:
            so_far[vendor_id] += counted.omzet_rp
    return [
        _statement(vendor, month, of_vendor[vendor.id], names, Rupiah(so_far[vendor.id]))
        for vendor in vendors
        if vendor.id in of_vendor or vendor.id == also
    ]


def vendor_statement(store: Store, campaign_id: str, vendor_id: str, month: str) -> Statement:
    """Give one vendor's statement, empty where she sold nothing; raises NotFoundError."""
    for one in month_statements(store, campaign_id, month, also=vendor_id):
        if one.vendor.id == vendor_id:
            return one
    raise NotFoundError


def years_with_sales(store: Store, campaign_id: str) -> list[str]:
    """Give the years in which anything was sold, the last first."""
    return sorted({month[:4] for month in statement_months(store, campaign_id)}, reverse=True)


def vendor_years(store: Store, campaign_id: str, year: str) -> list[VendorYear]:
    """Give every vendor's omzet of a year by month, the largest first."""
    with store.read() as connection:
        found = omzet_by_month(connection, campaign_id, year)
        vendors = list_vendors(connection, campaign_id)
    months = [f"{year}-{n:02}" for n in range(1, MONTHS + 1)]
    rows = [
        VendorYear(
            vendor,
            tuple(found.get((vendor.id, month), Counted()).omzet_rp for month in months),
        )
        for vendor in vendors
    ]
    return sorted(rows, key=lambda row: -row.total_rp)


def _names(connection: Connection, campaign_id: str) -> dict[str, str]:
    """Give the names of products and events by their ids."""
    names = {one.id: one.label for one in list_products(connection, campaign_id)}
    return names | {one.id: one.name for one in list_events(connection, campaign_id)}


def _statement(
    vendor: Vendor, month: str, rows: list[MonthRow], names: dict[str, str], year_rp: Rupiah
) -> Statement:
    def by(keys: Iterable[str]) -> list[StatementLine]:
        sums: defaultdict[str, Counted] = defaultdict(Counted)
        for key, row in zip(keys, rows, strict=True):
            sums[key] += row.counted
        lines = [StatementLine(key, names.get(key, ""), one) for key, one in sums.items()]
        return sorted(lines, key=lambda line: (-line.counted.omzet_rp, line.name, line.key))

    days = by([row.day for row in rows])
    return Statement(
        vendor,
        month,
        sum((row.counted for row in rows), Counted()),
        by([row.product for row in rows]),
        by([row.event for row in rows]),
        by([row.channel for row in rows]),
        sorted(days, key=lambda line: line.key),
        year_rp,
    )
