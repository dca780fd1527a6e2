"""Events as a sheet: their windows and targets, and what a row would do.

A row is known by its ID, or by its name where it has none. How buyers pay, what stands on
receipts and the QRIS code stay as they are; those have pages of their own.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import WIB
from kiosk.domain.money import Rupiah
from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.cells import UnreadableCellError, parse_time
from kiosk.hub.services.campaigns import FieldError
from kiosk.hub.services.events import LARGEST_ROUNDING_RP, check_event
from kiosk.hub.services.sheet_cells import (
    EmptyCellError,
    SheetColumn,
    SheetRow,
    SheetTable,
    read_price,
)
from kiosk.hub.services.sheet_plans import Cells, Planner, SheetPlan, standing_of
from kiosk.hub.storage.events import EventPlan, list_events

COLUMNS: Final = (
    SheetColumn("id", "ID", (), 38),
    SheetColumn("name", "Acara", ("Nama", "Nama acara", "Event", "Name"), 30),
    SheetColumn("place", "Tempat", ("Lokasi", "Place"), 30),
    SheetColumn("bazaar_start", "Bazar mulai", ("Mulai", "Bazaar start"), 18),
    SheetColumn("bazaar_end", "Bazar selesai", ("Selesai", "Bazaar end"), 18),
    SheetColumn("online_start", "Daring mulai", ("Online mulai", "Online start"), 18),
    SheetColumn("online_end", "Daring selesai", ("Online selesai", "Online end"), 18),
    SheetColumn("target_rp", "Target (Rp)", ("Target", "Target omzet"), 16),
    SheetColumn("rounding", "Pembulatan tunai (Rp)", ("Pembulatan", "Cash rounding"), 20),
    SheetColumn("free_goods", "Barang Rp0 dihitung", ("Counts free goods",), 20),
)
KEY: Final = "name"
_NEVER: Final = datetime.min.replace(tzinfo=WIB)


class EventTimeError(KioskError):
    """A cell holds no date and time."""

    def __init__(self) -> None:
        super().__init__(N_("Write a date and a time, for example 20-11-2026 07.00."))


def event_cells(event: EventPlan) -> Cells:
    """Write an event as its row."""
    return {
        "id": event.id,
        "name": event.name,
        "place": event.place,
        "bazaar_start": _written(event.bazaar_start),
        "bazaar_end": _written(event.bazaar_end),
        "online_start": _written(event.online_start),
        "online_end": _written(event.online_end),
        "target_rp": "" if event.target_rp is None else event.target_rp,
        "rounding": event.cash_rounding_rp,
        "free_goods": "ya" if event.counts_free_goods else "tidak",
    }


def event_rows(connection: Connection, campaign_id: str) -> list[Cells]:
    """Give every event of a campaign as a row, the latest first."""
    return [event_cells(event) for event in list_events(connection, campaign_id)]


def plan_events(
    connection: Connection, campaign_id: str, table: SheetTable
) -> SheetPlan[EventPlan]:
    """Say what a sheet of events would do to a campaign."""
    standing = list_events(connection, campaign_id)
    planner: Planner[EventPlan] = Planner(COLUMNS, event_cells, KEY)
    for row in table.rows:
        before = standing_of(row, standing)
        after = _read(row, campaign_id, before)
        _check(row, after)
        identity = before.id if before else after.name.casefold()
        planner.add(row, identity, after.name, before, after)
    return planner.plan(table.unread, len(standing))


def _read(row: SheetRow, campaign_id: str, before: EventPlan | None) -> EventPlan:
    known = before is not None
    standing = before or EventPlan(
        "", campaign_id, "", "", _NEVER, _NEVER, None, None, None, None, 0,
        counts_free_goods=False, receipt_header="", receipt_footer="",
    )  # fmt: skip
    return replace(
        standing,
        name=row.words("name", standing.name if known else None),
        place=row.words("place", standing.place, required=False),
        bazaar_start=_moment(row, "bazaar_start", standing.bazaar_start),
        bazaar_end=_moment(row, "bazaar_end", standing.bazaar_end),
        online_start=row.read(
            "online_start", standing.online_start, None, _at(standing.online_start)
        ),
        online_end=row.read("online_end", standing.online_end, None, _at(standing.online_end)),
        target_rp=row.read("target_rp", standing.target_rp, None, _read_target),
        cash_rounding_rp=row.value("rounding", standing.cash_rounding_rp, _read_rounding, empty=0),
        counts_free_goods=row.yes("free_goods", standing=standing.counts_free_goods),
    )


def _moment(row: SheetRow, key: str, standing: datetime) -> datetime:
    """Read a moment that must be there."""
    if standing == _NEVER and not row.typed(key):
        row.refuse(key, EmptyCellError()) if key in row.cells else row.refuse(KEY, EventTimeError())
    return row.read(key, standing, standing, _at(standing))


def _at(standing: datetime | None) -> Callable[[str], datetime]:
    """Read a moment in WIB; one that is written as what stands is what stands, to its second."""

    def read(text: str) -> datetime:
        try:
            found = parse_time(text)
        except UnreadableCellError as error:
            raise EventTimeError from error
        if found is None:
            raise EventTimeError
        return standing if standing and _written(standing) == _written(found) else found

    return read


def _read_target(text: str) -> Rupiah:
    return read_price(text)


def _read_rounding(text: str) -> int:
    return min(read_price(text), LARGEST_ROUNDING_RP + 1)


def _check(row: SheetRow, event: EventPlan) -> None:
    """Refuse windows that cannot be, at their cells."""
    if row.errors:
        return
    try:
        check_event(event)
    except FieldError as error:
        key = "rounding" if error.field == "cash_rounding_rp" else error.field
        row.refuse(key, error)


def _written(moment: datetime | None) -> str:
    return f"{moment.astimezone(WIB):%Y-%m-%d %H:%M}" if moment else ""
