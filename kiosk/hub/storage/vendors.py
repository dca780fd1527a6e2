"""Vendors (*Penjual*) as rows, and the official places they come from."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, or_, select, update

from kiosk.hub.storage.tables import places, products, vendors


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor; `kecamatan` and `kelurahan` are official codes, `stage` is P1–P7 or unknown.

    `shop_url` is where she sells online too, '' for nowhere; with `qris_fills` tills put the
    amount into her code. `transfer_account` is what a buyer needs to transfer money to her.
    `merged_into` is the vendor who has her history, where she is one.
    """

    id: str
    campaign: str
    name: str
    owner: str
    kecamatan: str
    kelurahan: str
    binaan: str
    stage: int | None
    qris: str | None
    commission_basis_points: int
    active: bool
    shop_url: str = ""
    qris_fills: bool = False
    contact: str = ""
    transfer_account: str = ""
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A kecamatan, or a kelurahan whose `parent` is its kecamatan's code."""

    code: str
    kind: str
    name: str
    parent: str | None


def _values(vendor: Vendor) -> dict[str, Any]:
    return {
        "name": vendor.name,
        "owner": vendor.owner,
        "kecamatan": vendor.kecamatan,
        "kelurahan": vendor.kelurahan,
        "binaan": vendor.binaan,
        "stage": vendor.stage,
        "qris": vendor.qris,
        "commission_basis_points": vendor.commission_basis_points,
        "active": vendor.active,
        "shop_url": vendor.shop_url,
        "qris_fills": vendor.qris_fills,
        "contact": vendor.contact,
        "transfer_account": vendor.transfer_account,
        "merged_into": vendor.merged_into,
    }


def _vendor(row: RowMapping) -> Vendor:
    return Vendor(**dict(row))


def contains(text: str) -> str:
    """Write a LIKE pattern for what contains `text`, its own % and _ taken literally."""
    escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def list_vendors(connection: Connection, campaign_id: str, search: str = "") -> list[Vendor]:
    """Give a campaign's vendors by name; `search` looks in stall, owner, office and contact.

    Those who were merged into another one are not among them.
    """
    query = select(vendors).where(
        vendors.c.campaign == campaign_id, vendors.c.merged_into.is_(None)
    )
    if search:
        pattern = contains(search)
        columns = (vendors.c.name, vendors.c.owner, vendors.c.binaan, vendors.c.contact)
        query = query.where(
            or_(*(func.lower(column).like(pattern, escape="\\") for column in columns))
        )
    rows = connection.execute(query.order_by(func.lower(vendors.c.name), vendors.c.id))
    return [_vendor(row) for row in rows.mappings()]


def find_vendor(connection: Connection, vendor_id: str) -> Vendor | None:
    """Give one vendor, or None if there is none of this id."""
    row = connection.execute(select(vendors).where(vendors.c.id == vendor_id)).mappings().first()
    return _vendor(row) if row else None


def kept_vendors(connection: Connection) -> dict[str, str]:
    """Say as whom each vendor counts who was merged into another one."""
    gone = vendors.c.merged_into.is_not(None)
    rows = connection.execute(select(vendors.c.id, vendors.c.merged_into).where(gone))
    return {row.id: row.merged_into for row in rows}


def insert_vendor(connection: Connection, vendor: Vendor) -> None:
    """Write a new vendor."""
    connection.execute(
        insert(vendors).values(id=vendor.id, campaign=vendor.campaign, **_values(vendor))
    )


def update_vendor(connection: Connection, vendor: Vendor) -> None:
    """Write everything of a vendor but whose she is."""
    connection.execute(update(vendors).where(vendors.c.id == vendor.id).values(**_values(vendor)))


def products_by_vendor(connection: Connection, campaign_id: str) -> dict[str, int]:
    """Count each vendor's active products; a vendor without any is not in it."""
    rows = connection.execute(
        select(products.c.vendor, func.count())
        .where(products.c.campaign == campaign_id, products.c.active)
        .group_by(products.c.vendor)
    )
    return dict(rows.all())


def list_places(connection: Connection) -> list[Place]:
    """Give every kecamatan and kelurahan, in the order of their codes."""
    rows = connection.execute(select(places).order_by(places.c.code))
    return [Place(**dict(row)) for row in rows.mappings()]


def find_place(connection: Connection, code: str) -> Place | None:
    """Give a place by its official code, or None if the code is unknown."""
    row = connection.execute(select(places).where(places.c.code == code)).mappings().first()
    return Place(**dict(row)) if row else None
