"""The kinds of set-up sheets, and what each does in its own way.

Who adds a kind gives its columns, its rows, what a sheet of it would do, and how one row is
found, written, kept as JSON and taken away again where a sheet is undone.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from sqlalchemy import Connection
from werkzeug.security import generate_password_hash

from kiosk.clock import Clock
from kiosk.hub.services import (
    campaign_sheets,
    event_sheets,
    machine_sheets,
    offer_sheets,
    product_sheets,
    staff_sheets,
    vendor_sheets,
)
from kiosk.hub.services.campaigns import write_campaign
from kiosk.hub.services.devices import write_installation, write_till
from kiosk.hub.services.events import write_event
from kiosk.hub.services.machine_sheets import MachineTill, machine_tills
from kiosk.hub.services.offers import put_offer
from kiosk.hub.services.products import write_product
from kiosk.hub.services.sheet_cells import SheetColumn, SheetTable
from kiosk.hub.services.sheet_plans import Cells, SheetPlan
from kiosk.hub.services.staff import write_staff
from kiosk.hub.services.staff_sheets import StaffRow
from kiosk.hub.services.vendors import write_vendor
from kiosk.hub.storage import sheet_rows as rows
from kiosk.hub.storage.campaigns import Campaign, campaign_as_row, campaign_of, find_campaign
from kiosk.hub.storage.devices import Installation, InstallationTill, list_installations
from kiosk.hub.storage.events import event_as_row, event_of, find_event
from kiosk.hub.storage.offers import find_offer, offer_of
from kiosk.hub.storage.products import find_product, product_of
from kiosk.hub.storage.staff import EventStaff, find_staff
from kiosk.hub.storage.vendors import Vendor, find_vendor


@dataclass(frozen=True, slots=True)
class SheetKind:
    """What one kind of sheet does; `pack` and `item` turn a row into JSON and back."""

    noun: str
    title: str
    columns: tuple[SheetColumn, ...]
    key: str
    rows: Callable[[Connection, str], list[Cells]]
    plan: Callable[[Connection, str, SheetTable], SheetPlan[Any]]
    find: Callable[[Connection, str], Any]
    write: Callable[[Connection, Clock, str, Any], object]
    is_used: Callable[[Connection, str], bool]
    delete: Callable[[Connection, str], None]
    item: Callable[..., Any]
    pack: Callable[[Any], dict[str, Any]] = asdict


def _find_staff(connection: Connection, staff_id: str) -> StaffRow | None:
    person = find_staff(connection, staff_id)
    return StaffRow(person.id, person) if person else None


def _write_staff(connection: Connection, clock: Clock, by: str, row: StaffRow) -> None:
    """Write somebody; a PIN is hashed here, which is slow on purpose, some tens of a second."""
    pin_hash = generate_password_hash(row.pin, method="scrypt") if row.pin else row.person.pin_hash
    person = replace(row.person, id=row.id, pin_hash=pin_hash)
    write_staff(connection, clock, by, person, new_pin=bool(row.pin))


def _find_till(connection: Connection, till_id: str) -> MachineTill | None:
    campaign = rows.campaign_of_machine(connection, till_id.partition("/")[0])
    found = machine_tills(connection, campaign) if campaign else []
    return next((till for till in found if till.id == till_id), None)


def _write_till(connection: Connection, clock: Clock, by: str, till: MachineTill) -> str:
    """Write a till and, where it is the first on it, its machine; gives the till's id."""
    machine = next(
        (
            one.id
            for one in list_installations(connection, till.campaign)
            if (one.event, one.name.casefold()) == (till.event, till.machine.casefold())
        ),
        "",
    )
    if not machine:
        machine = clock.new_id()
        installation = Installation(machine, till.event, till.machine)
        write_installation(connection, clock, by, installation)
    is_new = "/" not in till.id
    drawer = InstallationTill(machine, till.code, till.name, till.stall or None)
    write_till(connection, clock, by, drawer, is_new=is_new)
    return f"{machine}/{till.code}"


def _write_campaign(connection: Connection, clock: Clock, by: str, campaign: Campaign) -> None:
    if campaign.created_at == campaign_sheets.NOT_YET:
        campaign = replace(campaign, created_at=clock.now())
    write_campaign(connection, clock, by, campaign)


# Of which one sheet holds all there are, whatever their campaign.
OF_NO_CAMPAIGN: Final = "campaigns"
KINDS: Final[Mapping[str, SheetKind]] = {
    "products": SheetKind(
        "product",
        "Produk",
        product_sheets.COLUMNS,
        product_sheets.KEY,
        product_sheets.product_rows,
        product_sheets.plan_products,
        find_product,
        write_product,
        rows.is_product_used,
        rows.delete_product,
        product_of,
    ),
    "vendors": SheetKind(
        "vendor",
        "Penjual",
        vendor_sheets.COLUMNS,
        vendor_sheets.KEY,
        vendor_sheets.vendor_rows,
        vendor_sheets.plan_vendors,
        find_vendor,
        write_vendor,
        rows.is_vendor_used,
        rows.delete_vendor,
        Vendor,
    ),
    "events": SheetKind(
        "event",
        "Acara",
        event_sheets.COLUMNS,
        event_sheets.KEY,
        event_sheets.event_rows,
        event_sheets.plan_events,
        find_event,
        write_event,
        rows.is_event_used,
        rows.delete_event,
        event_of,
        event_as_row,
    ),
    "staff": SheetKind(
        "staff",
        "Petugas",
        staff_sheets.COLUMNS,
        staff_sheets.KEY,
        staff_sheets.staff_rows,
        staff_sheets.plan_staff,
        _find_staff,
        _write_staff,
        lambda _connection, _staff_id: False,
        rows.delete_staff,
        lambda **facts: StaffRow(facts["id"], EventStaff(**facts)),
        lambda row: asdict(row.person),
    ),
    "devices": SheetKind(
        "till",
        "Mesin",
        machine_sheets.COLUMNS,
        machine_sheets.KEY,
        machine_sheets.machine_rows,
        machine_sheets.plan_machines,
        _find_till,
        _write_till,
        rows.is_till_used,
        rows.delete_till,
        MachineTill,
    ),
    OF_NO_CAMPAIGN: SheetKind(
        "campaign",
        "Program",
        campaign_sheets.COLUMNS,
        campaign_sheets.KEY,
        campaign_sheets.campaign_rows,
        campaign_sheets.plan_campaigns,
        find_campaign,
        _write_campaign,
        rows.is_campaign_used,
        rows.delete_campaign,
        campaign_of,
        campaign_as_row,
    ),
    "offers": SheetKind(
        "offer",
        "Promo",
        offer_sheets.COLUMNS,
        offer_sheets.KEY,
        offer_sheets.offer_rows,
        offer_sheets.plan_offers,
        find_offer,
        put_offer,
        lambda _connection, _offer_id: False,
        rows.delete_offer,
        offer_of,
    ),
}
