"""Vendors: who they are, where they come from by official code, and whose QRIS is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.domain.links import read_shop_url
from kiosk.domain.qris import read_static
from kiosk.domain.sales import BASIS_POINTS
from kiosk.errors import N_
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.changes import audit_change
from kiosk.hub.storage.campaigns import find_campaign
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import (
    Place,
    Vendor,
    find_place,
    find_vendor,
    insert_vendor,
    list_places,
    list_vendors,
    products_by_vendor,
    update_vendor,
)

STAGES = range(1, 8)


class PlaceUnknownError(FieldError):
    """A kelurahan's code is not an official one that the hub knows."""

    field = "kelurahan"

    def __init__(self, code: str) -> None:
        self.code = code[:40]
        super().__init__(N_("Choose the kelurahan from the list; places are known by their code."))


class StageUnknownError(FieldError):
    """A stage that the seven stages of Jakpreneur do not have."""

    field = "stage"

    def __init__(self) -> None:
        super().__init__(N_("Choose one of the stages P1 to P7, or none."))


class CommissionError(FieldError):
    """A commission that is no part of a sale."""

    field = "commission"

    def __init__(self) -> None:
        super().__init__(N_("The commission is between 0 and 100 per cent. Type for example 7,5."))


@dataclass(frozen=True, slots=True)
class VendorRow:
    """A vendor with her kelurahan's name and how many products she sells."""

    vendor: Vendor
    kecamatan: str
    kelurahan: str
    products: int
    nmid: str


def nmid_of(qris: str | None) -> str:
    """Give the NMID of a payload that was checked when it was saved, '' for none."""
    return read_static(qris).nmid if qris else ""


def campaign_vendors(store: Store, campaign_id: str, search: str = "") -> list[VendorRow]:
    """Give a campaign's vendors by name, with the words for their places."""
    with store.read() as connection:
        found = list_vendors(connection, campaign_id, search)
        names = {place.code: place.name for place in list_places(connection)}
        products = products_by_vendor(connection, campaign_id)
    return [
        VendorRow(
            vendor,
            names.get(vendor.kecamatan, vendor.kecamatan),
            names.get(vendor.kelurahan, vendor.kelurahan),
            products.get(vendor.id, 0),
            nmid_of(vendor.qris),
        )
        for vendor in found
    ]


def places_by_kecamatan(store: Store) -> Mapping[Place, list[Place]]:
    """Give every kecamatan with its kelurahan, in the order of their codes."""
    with store.read() as connection:
        known = list_places(connection)
    return {
        kecamatan: [place for place in known if place.parent == kecamatan.code]
        for kecamatan in known
        if kecamatan.kind == "kecamatan"
    }


def kecamatan_name(store: Store, code: str) -> str:
    """Give a kecamatan's name, its code where that is not known."""
    with store.read() as connection:
        place = find_place(connection, code)
    return place.name if place else code


def open_vendor(store: Store, campaign_id: str, vendor_id: str) -> Vendor:
    """Give one vendor of a campaign; raises NotFoundError."""
    with store.read() as connection:
        vendor = find_vendor(connection, vendor_id)
    if vendor is None or vendor.campaign != campaign_id:
        raise NotFoundError
    return vendor


def save_vendor(store: Store, clock: Clock, by: str, vendor: Vendor) -> Vendor:
    """Write a vendor, new or changed, and give her as written.

    The kecamatan follows from the kelurahan's code. Raises FieldError for what cannot be,
    QrisError and ShopLinkError for a code and a link that do not read, NotFoundError for an unknown campaign. A
    changed QRIS code stands in the audit trail with the old and the new NMID.
    """
    with store.begin() as connection:
        return write_vendor(connection, clock, by, vendor)


def write_vendor(connection: Connection, clock: Clock, by: str, vendor: Vendor) -> Vendor:
    """Do `save_vendor` within the caller's transaction."""
    if vendor.stage is not None and vendor.stage not in STAGES:
        raise StageUnknownError
    if not 0 <= vendor.commission_basis_points <= BASIS_POINTS:
        raise CommissionError
    vendor = replace(vendor, shop_url=read_shop_url(vendor.shop_url))
    nmid = nmid_of(vendor.qris)
    if find_campaign(connection, vendor.campaign) is None:
        raise NotFoundError
    place = find_place(connection, vendor.kelurahan)
    if place is None or place.parent is None:
        raise PlaceUnknownError(vendor.kelurahan)
    vendor = replace(vendor, kecamatan=place.parent)
    before = find_vendor(connection, vendor.id)
    (insert_vendor if before is None else update_vendor)(connection, vendor)
    audit_change(
        connection,
        clock,
        by,
        "vendor",
        before=before,
        after=vendor,
        facts={
            "name": vendor.name,
            "kelurahan": vendor.kelurahan,
            "commission_basis_points": vendor.commission_basis_points,
            "active": vendor.active,
            "nmid": nmid,
            "qris_fills": vendor.qris_fills,
            "nmid_before": nmid_of(before.qris) if before else "",
        },
    )
    return vendor


def set_vendor_active(store: Store, clock: Clock, by: str, vendor: Vendor, *, active: bool) -> None:
    """Let a vendor sell from now on, or no longer; what she sold stays in every total."""
    save_vendor(store, clock, by, replace(vendor, active=active))
