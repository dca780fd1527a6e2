"""Vendors as a sheet: what a row holds, and what it would do.

A row is known by its ID, which the hub writes; a row without one is a vendor of the same
name from the same kelurahan if there is one, so that the same sheet twice adds nobody twice.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from kiosk.domain.links import read_shop_url
from kiosk.domain.sales import BASIS_POINTS
from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.cells import clean
from kiosk.hub.services.sheet_cells import EmptyCellError, SheetColumn, SheetRow, SheetTable
from kiosk.hub.services.sheet_plans import Cells, Planner, SheetPlan
from kiosk.hub.services.vendors import STAGES, CommissionError, StageUnknownError
from kiosk.hub.storage.vendors import Place, Vendor, list_places, list_vendors

COLUMNS: Final = (
    SheetColumn("id", "ID", (), 38),
    SheetColumn("name", "Nama", ("Nama usaha", "Penjual", "Stall", "Name"), 30),
    SheetColumn("owner", "Pemilik", ("Nama pemilik", "Owner"), 24),
    SheetColumn("code", "Kode kelurahan", ("Kode wilayah", "Kelurahan code"), 16),
    SheetColumn("kelurahan", "Kelurahan", (), 22),
    SheetColumn("binaan", "Binaan", ("Pembina", "Guiding office"), 18),
    SheetColumn("stage", "Tahap", ("Stage",), 10),
    SheetColumn("commission", "Komisi (%)", ("Komisi", "Commission"), 12),
    SheetColumn("shop_url", "Toko daring", ("Toko online", "Link toko", "Online shop"), 36),
    SheetColumn("qris_fills", "Nominal di QRIS", ("Amount in QRIS",), 16),
    SheetColumn("transfer_account", "Rekening", ("Nomor rekening", "Bank account"), 36),
    SheetColumn("contact", "Kontak", ("No. HP", "Telepon", "WhatsApp", "Contact", "Phone"), 22),
    SheetColumn("active", "Aktif", ("Active",), 10),
)
KEY: Final = "name"
_PER_CENT: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?", re.ASCII)
_CODE_DIGITS: Final = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})", re.ASCII)


class VendorIdUnknownError(KioskError):
    """A row's ID names no vendor of this campaign."""

    def __init__(self) -> None:
        super().__init__(N_("No vendor here has this ID. Leave the cell empty for a new vendor."))


class PlaceCodeError(KioskError):
    """A kelurahan's code is not an official one."""

    def __init__(self) -> None:
        super().__init__(
            N_("No kelurahan has this code. Write the official one, for example 31.74.07.1001.")
        )


class PlaceNameError(KioskError):
    """Code and name of a kelurahan do not belong together."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("The code beside it is that of %(name)s. Correct the one that is wrong."), name=name
        )


class _Places:
    """The kelurahan by their codes."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.known = {place.code: place for place in places if place.parent is not None}

    def name(self, code: str) -> str:
        """Give a kelurahan's name, '' where the code is not known."""
        return self.known[code].name if code in self.known else ""

    def read(self, row: SheetRow, standing: str | None) -> str:
        """Read a code, written with or without its dots, and check the name beside it."""
        text = row.typed("code")
        if standing is not None and ("code" not in row.cells or text == standing):
            code = standing
        else:
            match = _CODE_DIGITS.fullmatch(text)
            code = ".".join(match.groups()) if match else text
            if code not in self.known:
                row.refuse("code", PlaceCodeError() if text else EmptyCellError())
                return code
        said = row.typed("kelurahan")
        if said and _fold(said) != _fold(self.name(code)):
            row.refuse("kelurahan", PlaceNameError(self.name(code)))
        return code


def vendor_cells(vendor: Vendor, places: _Places) -> Cells:
    """Write a vendor as her row."""
    return {
        "id": vendor.id,
        "name": vendor.name,
        "owner": vendor.owner,
        "code": vendor.kelurahan,
        "kelurahan": places.name(vendor.kelurahan),
        "binaan": vendor.binaan,
        "stage": f"P{vendor.stage}" if vendor.stage else "",
        "commission": _written(vendor.commission_basis_points),
        "shop_url": vendor.shop_url,
        "qris_fills": "ya" if vendor.qris_fills else "tidak",
        "transfer_account": vendor.transfer_account,
        "contact": vendor.contact,
        "active": "ya" if vendor.active else "tidak",
    }


def vendor_rows(connection: Connection, campaign_id: str) -> list[Cells]:
    """Give every vendor of a campaign as a row, by name."""
    places = _Places(list_places(connection))
    return [vendor_cells(vendor, places) for vendor in list_vendors(connection, campaign_id)]


def plan_vendors(connection: Connection, campaign_id: str, table: SheetTable) -> SheetPlan[Vendor]:
    """Say what a sheet of vendors would do to a campaign."""
    places = _Places(list_places(connection))
    standing = list_vendors(connection, campaign_id)
    by_id = {vendor.id: vendor for vendor in standing}
    by_name = {_identity(vendor.name, vendor.kelurahan): vendor for vendor in standing}
    planner: Planner[Vendor] = Planner(COLUMNS, lambda vendor: vendor_cells(vendor, places), KEY)
    for row in table.rows:
        before = _find(row, by_id, by_name, places)
        after = _read(row, campaign_id, before, places)
        identity = before.id if before else _identity(after.name, after.kelurahan)
        planner.add(row, identity, after.name, before, after)
    return planner.plan(table.unread, len(standing))


def _find(
    row: SheetRow, by_id: Mapping[str, Vendor], by_name: Mapping[str, Vendor], places: _Places
) -> Vendor | None:
    """Give the vendor a row speaks of; an ID that is not hers is refused."""
    vendor_id = row.typed("id")
    if vendor_id:
        if vendor_id not in by_id:
            row.refuse("id", VendorIdUnknownError())
        return by_id.get(vendor_id)
    match = _CODE_DIGITS.fullmatch(row.typed("code"))
    code = ".".join(match.groups()) if match else ""
    return by_name.get(_identity(row.typed("name"), code)) if code in places.known else None


def _read(row: SheetRow, campaign_id: str, before: Vendor | None, places: _Places) -> Vendor:
    known = before is not None
    standing = before or Vendor("", campaign_id, "", "", "", "", "", None, None, 0, active=True)
    return replace(
        standing,
        name=row.words("name", standing.name if known else None),
        owner=row.words("owner", standing.owner, required=False),
        kelurahan=places.read(row, standing.kelurahan if known else None),
        binaan=row.words("binaan", standing.binaan, required=False, most=100),
        stage=row.value("stage", standing.stage or 0, _read_stage, empty=0) or None,
        commission_basis_points=row.value(
            "commission", standing.commission_basis_points, _read_commission, empty=0
        ),
        shop_url=row.read("shop_url", standing.shop_url, "", read_shop_url),
        qris_fills=row.yes("qris_fills", standing=standing.qris_fills),
        transfer_account=row.words("transfer_account", standing.transfer_account, required=False),
        contact=row.words("contact", standing.contact, required=False, most=100),
        active=row.yes("active", standing=standing.active),
    )


def _read_stage(text: str) -> int:
    digits = text.upper().removeprefix("P")
    if digits not in {str(stage) for stage in STAGES}:
        raise StageUnknownError
    return int(digits)


def _read_commission(text: str) -> int:
    match = _PER_CENT.fullmatch(text)
    points = int(match[1]) * 100 + int((match[2] or "0").ljust(2, "0")) if match else -1
    if not 0 <= points <= BASIS_POINTS:
        raise CommissionError
    return points


def _written(basis_points: int) -> str:
    """Write basis points as per cent: 750 is `7,5`, 725 is `7,25`."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",")


def _identity(name: str, code: str) -> str:
    return f"{clean(name).casefold()}\n{code}"


def _fold(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.casefold())
