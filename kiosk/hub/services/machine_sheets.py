"""Machines as a sheet: a row a till, with the machine it is on and the event that has it.

A row is known by event, machine and the till's code, which stands on receipts and never
changes. Codes to enrol devices are made on the machine's page.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection

from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.cells import clean
from kiosk.hub.services.devices import MOST_TILLS, TillCodeError, TooManyTillsError
from kiosk.hub.services.sheet_cells import SheetColumn, SheetRow, SheetTable
from kiosk.hub.services.sheet_plans import Cells, Planner, SheetPlan
from kiosk.hub.services.staff_sheets import Named
from kiosk.hub.storage.devices import list_campaign_tills, list_installations
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.vendors import list_vendors

COLUMNS: Final = (
    SheetColumn("event", "Acara", ("Event",), 30),
    SheetColumn("machine", "Mesin", ("Nama mesin", "Machine", "Device"), 24),
    SheetColumn("code", "Kode laci", ("Kode", "Till code"), 12),
    SheetColumn("name", "Laci", ("Nama laci", "Till"), 20),
    SheetColumn("stall", "Penjual", ("Lapak", "Vendor", "Stall"), 28),
)
KEY: Final = "machine"


class MachineNotCertainError(KioskError):
    """Two machines of an event are called the same."""

    def __init__(self) -> None:
        super().__init__(
            N_("Two machines of this event are called this. Give one another name on its page.")
        )


@dataclass(frozen=True, slots=True)
class MachineTill:
    """A till with its machine, by name; `id` is installation/code, '' for a new one."""

    id: str
    campaign: str
    event: str
    machine: str
    code: str
    name: str
    stall: str


def machine_cells(till: MachineTill, named: Named) -> Cells:
    """Write a till as its row."""
    return {
        "event": named.events.get(till.event, ""),
        "machine": till.machine,
        "code": till.code,
        "name": till.name,
        "stall": named.vendors.get(till.stall, ""),
    }


def machine_tills(connection: Connection, campaign_id: str) -> list[MachineTill]:
    """Give every till of a campaign with its machine, machine by machine."""
    tills = list_campaign_tills(connection, campaign_id)
    return [
        MachineTill(
            f"{machine.id}/{till.code}", campaign_id, machine.event, machine.name, till.code,
            till.name, till.stall or "",
        )
        for machine in list_installations(connection, campaign_id)
        for till in tills[machine.id]
    ]  # fmt: skip


def machine_rows(connection: Connection, campaign_id: str) -> list[Cells]:
    """Give every till of a campaign as a row."""
    named = _named(connection, campaign_id)
    return [machine_cells(till, named) for till in machine_tills(connection, campaign_id)]


def plan_machines(
    connection: Connection, campaign_id: str, table: SheetTable
) -> SheetPlan[MachineTill]:
    """Say what a sheet of machines would do to a campaign."""
    named = _named(connection, campaign_id)
    standing = machine_tills(connection, campaign_id)
    known = {_identity(till): till for till in standing}
    machines: dict[tuple[str, str], set[str]] = {}
    codes: dict[tuple[str, str], set[str]] = {}
    for till in standing:
        machines.setdefault(_identity(till)[:2], set()).add(till.id.partition("/")[0])
        codes.setdefault(_identity(till)[:2], set()).add(till.code)
    planner: Planner[MachineTill] = Planner(COLUMNS, lambda till: machine_cells(till, named), KEY)
    for row in table.rows:
        till = _read(row, campaign_id, named, known)
        place = _identity(till)[:2]
        if len(machines.get(place, ())) > 1:
            row.refuse("machine", MachineNotCertainError())
        codes.setdefault(place, set()).add(till.code)
        if len(codes[place]) > MOST_TILLS:
            row.refuse("code" if "code" in row.cells else KEY, TooManyTillsError())
        before = known.get(_identity(till))
        planner.add(row, repr(_identity(till)), f"{till.machine} {till.code}", before, till)
    return planner.plan(table.unread, len(standing))


def _read(
    row: SheetRow, campaign_id: str, named: Named, known: dict[tuple[str, str, str], MachineTill]
) -> MachineTill:
    code = row.typed("code").upper() or "K01"
    if re.fullmatch(r"[A-Z][0-9]{2,3}", code) is None:
        row.refuse("code", TillCodeError())
    only = next(iter(named.events), "") if len(named.events) == 1 else ""
    found = MachineTill(
        "", campaign_id, named.event(row, only), row.words("machine", None, most=80), code, "", ""
    )
    before = known.get(_identity(found))
    standing = before or replace(
        found, name=f"Laci {code.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ').lstrip('0')}"
    )
    return replace(
        standing,
        name=row.words("name", standing.name, most=80) or standing.name,
        stall=named.vendor(row, "stall", standing.stall),
    )


def _named(connection: Connection, campaign_id: str) -> Named:
    return Named(list_events(connection, campaign_id), list_vendors(connection, campaign_id))


def _identity(till: MachineTill) -> tuple[str, str, str]:
    return till.event, clean(till.machine).casefold(), till.code
