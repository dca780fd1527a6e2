"""Staff as a sheet: who signs in at which event's tills; a PIN goes in and never comes out.

A row is known by its ID, or by event and name where it has none. An empty PIN keeps the one
there is.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from kiosk.domain.operators import APPROVERS, ROLES, pin_is_long_enough
from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.cells import clean
from kiosk.hub.services.product_sheets import NoSuchVendorError, VendorNotCertainError
from kiosk.hub.services.sheet_cells import EmptyCellError, SheetColumn, SheetRow, SheetTable
from kiosk.hub.services.sheet_plans import Cells, Planner, SheetPlan
from kiosk.hub.services.staff import (
    LONGEST_PIN_DIGITS,
    PinMissingError,
    PinTooShortError,
    RoleUnknownError,
)
from kiosk.hub.storage.events import EventPlan, list_events
from kiosk.hub.storage.staff import EventStaff, list_staff
from kiosk.hub.storage.vendors import Vendor, list_vendors

COLUMNS: Final = (
    SheetColumn("id", "ID", (), 38),
    SheetColumn("event", "Acara", ("Event",), 30),
    SheetColumn("name", "Nama", ("Name", "Petugas"), 26),
    SheetColumn("role", "Peran", ("Role", "Tugas"), 16),
    SheetColumn("vendor", "Penjual", ("Lapak", "Vendor", "Stall"), 28),
    SheetColumn("pin", "PIN baru", ("PIN", "New PIN"), 12),
    SheetColumn("active", "Aktif", ("Active",), 10),
)
KEY: Final = "name"
_ROLE_WORDS: Final = {
    "cashier": "kasir",
    "vendor": "penjual",
    "coordinator": "koordinator",
    "organiser": "panitia",
}
_ROLES: Final = {word: role for role, word in _ROLE_WORDS.items()} | {role: role for role in ROLES}


class StaffIdUnknownError(KioskError):
    """A row's ID names nobody of this campaign."""

    def __init__(self) -> None:
        super().__init__(N_("Nobody here has this ID. Leave the cell empty for somebody new."))


class NoSuchEventError(KioskError):
    """No event of the campaign is called this, or several are."""

    def __init__(self) -> None:
        super().__init__(
            N_("No single event is called this. Write the event's name as it is there.")
        )


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody, and the new PIN a sheet gives her, '' for none."""

    id: str
    person: EventStaff
    pin: str = ""


class Named:
    """A campaign's events and vendors, found by what they are called."""

    def __init__(self, events: Sequence[EventPlan], vendors: Sequence[Vendor]) -> None:
        self.events = {event.id: event.name for event in events}
        self.vendors = {vendor.id: vendor.name for vendor in vendors}
        self._events = _by_name(self.events)
        self._vendors = _by_name(self.vendors)

    def event(self, row: SheetRow, standing: str) -> str:
        """Give the id of the event a row names."""
        text = row.typed("event")
        if standing and (not text or text == clean(self.events[standing])):
            return standing
        found = self._events.get(text.casefold(), [])
        if len(found) != 1:
            missing = not text and "event" in row.cells
            key = "event" if "event" in row.cells else KEY
            row.refuse(key, EmptyCellError() if missing else NoSuchEventError())
            return standing
        return found[0]

    def vendor(self, row: SheetRow, key: str, standing: str) -> str:
        """Give the id of the vendor a row names, '' for none."""
        text = row.typed(key)
        if key not in row.cells or (standing and text == clean(self.vendors.get(standing, ""))):
            return standing
        found = self._vendors.get(text.casefold(), [])
        if text and len(found) != 1:
            row.refuse(key, VendorNotCertainError() if found else NoSuchVendorError())
        return found[0] if text and len(found) == 1 else ""


def _by_name(names: Mapping[str, str]) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in names.items():
        found[clean(name).casefold()].append(key)
    return found


def staff_cells(row: StaffRow, named: Named) -> Cells:
    """Write somebody as her row; a PIN only says that there is a new one."""
    person = row.person
    return {
        "id": person.id,
        "event": named.events.get(person.event, ""),
        "name": person.name,
        "role": _ROLE_WORDS[person.role],
        "vendor": named.vendors.get(person.vendor, ""),
        "pin": "•" * len(row.pin),
        "active": "ya" if person.active else "tidak",
    }


def staff_rows(connection: Connection, campaign_id: str) -> list[Cells]:
    """Give everybody of a campaign's events as a row, event by event."""
    events = list_events(connection, campaign_id)
    named = Named(events, list_vendors(connection, campaign_id))
    return [staff_cells(one, named) for one in _standing(connection, events)]


def _standing(connection: Connection, events: Sequence[EventPlan]) -> list[StaffRow]:
    people = [person for event in events for person in list_staff(connection, event.id)]
    return [StaffRow(person.id, person) for person in people]


def plan_staff(connection: Connection, campaign_id: str, table: SheetTable) -> SheetPlan[StaffRow]:
    """Say what a sheet of staff would do to a campaign."""
    events = list_events(connection, campaign_id)
    named = Named(events, list_vendors(connection, campaign_id))
    standing = _standing(connection, events)
    by_id = {one.id: one for one in standing}
    by_name = {_identity(one.person): one for one in standing}
    planner: Planner[StaffRow] = Planner(COLUMNS, lambda one: staff_cells(one, named), KEY)
    for row in table.rows:
        staff_id = row.typed("id")
        before = by_id.get(staff_id)
        if staff_id and before is None:
            row.refuse("id", StaffIdUnknownError())
        event = named.event(row, before.person.event if before else "")
        if before is None:
            before = by_name.get((event, row.typed("name").casefold()))
        after = _read(row, event, before.person if before else None, named)
        planner.add(
            row,
            before.id if before else repr(_identity(after.person)),
            after.person.name,
            before,
            after,
        )
    return planner.plan(table.unread, len(standing))


def _read(row: SheetRow, event: str, before: EventStaff | None, named: Named) -> StaffRow:
    standing = before or EventStaff("", event, "", "cashier", "", active=True)
    role = _ROLES.get(row.typed("role").casefold(), "")
    if "role" in row.cells and row.typed("role") and not role:
        row.refuse("role", RoleUnknownError())
    person = replace(
        standing,
        event=event,
        name=row.words("name", standing.name if before else None, most=80),
        role=role or standing.role,
        vendor=named.vendor(row, "vendor", standing.vendor),
        active=row.yes("active", standing=standing.active),
    )
    return StaffRow(standing.id, person, _pin(row, person, before))


def _pin(row: SheetRow, person: EventStaff, before: EventStaff | None) -> str:
    """Read a new PIN; a spreadsheet's leading zeros are gone before anybody can see them."""
    pin = row.typed("pin")
    rises = person.role in APPROVERS and (before is None or before.role not in APPROVERS)
    key = "pin" if "pin" in row.cells else KEY
    if pin and not (pin_is_long_enough(pin, person.role) and len(pin) <= LONGEST_PIN_DIGITS):
        row.refuse(key, PinTooShortError(person.role))
    elif not pin and (before is None or rises):
        row.refuse(key, PinMissingError(person.role))
    return pin


def _identity(person: EventStaff) -> tuple[str, str]:
    return person.event, clean(person.name).casefold()
