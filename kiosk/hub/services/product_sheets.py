"""Products as a sheet: what a row holds, and what it would do.

A row is known by its SKU, whatever its capitals; a SKU itself is changed on the product's
own page. A vendor is named as on her stall.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from kiosk.domain.barcodes import read_barcode
from kiosk.domain.catalogue import Unit
from kiosk.domain.choices import read_choices
from kiosk.domain.counts import read_count
from kiosk.domain.money import ZERO, Rupiah
from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.cells import LostDigitsError, clean
from kiosk.hub.services.sheet_cells import (
    EmptyCellError,
    SheetColumn,
    SheetRow,
    SheetTable,
    lost_digits,
    read_price,
)
from kiosk.hub.services.sheet_plans import Cells, Planner, SheetPlan
from kiosk.hub.storage.products import CampaignProduct, list_products
from kiosk.hub.storage.vendors import Vendor, list_vendors

COLUMNS: Final = (
    SheetColumn("sku", "SKU", ("SKU penjual", "Kode"), 20),
    SheetColumn("name", "Produk", ("Nama produk", "Nama", "Product"), 32),
    SheetColumn("variant", "Varian", ("Variasi", "Variant"), 16),
    SheetColumn("category", "Kategori", ("Category",), 16),
    SheetColumn("price_rp", "Harga (Rp)", ("Harga", "Price (Rp)", "Price"), 14),
    SheetColumn("unit", "Satuan", ("Dijual per", "Unit"), 10),
    SheetColumn("vendor", "Penjual", ("Pelaku usaha", "Vendor", "Stall"), 28),
    SheetColumn("active", "Dijual", ("On sale", "Aktif"), 10),
    SheetColumn("barcode", "Barcode", ("Kode batang", "EAN", "UPC"), 18),
    SheetColumn("choices", "Pilihan", ("Choices",), 32),
    SheetColumn("stock", "Stok awal", ("Stok", "Stock"), 12),
    SheetColumn("low_stock", "Stok menipis", ("Low stock",), 14),
    SheetColumn("cost_rp", "Harga beli (Rp)", ("Harga beli", "HPP", "Modal", "Cost"), 16),
    SheetColumn("open_price", "Harga bebas", ("Open price",), 12),
)
# Between the choices in one cell; a line break is understood too.
_CHOICES_APART: Final = "; "
KEY: Final = "sku"
_UNITS: Final[Mapping[str, Unit]] = {
    "pcs": "pcs",
    "pc": "pcs",
    "buah": "pcs",
    "biji": "pcs",
    "potong": "pcs",
    "porsi": "pcs",
    "kg": "g",
    "kilo": "g",
    "kilogram": "g",
}
_UNIT_WORDS: Final[Mapping[Unit, str]] = {"pcs": "pcs", "g": "kg"}


class UnitUnknownError(KioskError):
    """A product is sold by something that the tills do not know."""

    def __init__(self) -> None:
        super().__init__(N_("Write pcs for pieces, or kg for weight with the price per kilogram."))


class NoSuchVendorError(KioskError):
    """No vendor of the campaign is called this."""

    def __init__(self) -> None:
        super().__init__(
            N_("No vendor is called this. Add the vendor first, or write the name as it is there.")
        )


class VendorNotCertainError(KioskError):
    """Several vendors are called this."""

    def __init__(self) -> None:
        super().__init__(
            N_("Several vendors are called this. Give the product its vendor on its own page.")
        )


class _Vendors:
    """A campaign's vendors, found by what their stalls are called."""

    def __init__(self, vendors: Sequence[Vendor]) -> None:
        self.names = {vendor.id: vendor.name for vendor in vendors}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for vendor in vendors:
            self._by_name[clean(vendor.name).casefold()].append(vendor.id)

    def read(self, row: SheetRow, standing: str | None) -> str:
        """Give the id of the vendor a row names; one that stands already needs no search."""
        text = row.typed("vendor")
        if standing and ("vendor" not in row.cells or text == clean(self.names[standing])):
            return standing
        found = self._by_name.get(text.casefold(), [])
        if len(found) == 1:
            return found[0]
        row.refuse(
            "vendor",
            EmptyCellError()
            if not text
            else VendorNotCertainError()
            if found
            else NoSuchVendorError(),
        )
        return ""


def product_cells(product: CampaignProduct, vendors: Mapping[str, str]) -> Cells:
    """Write a product as its row; `vendors` are names by id."""
    return {
        "sku": product.sku,
        "name": product.name,
        "variant": product.variant,
        "category": product.category,
        "price_rp": product.price_rp,
        "unit": _UNIT_WORDS[product.unit],
        "vendor": vendors.get(product.vendor, ""),
        "active": _yes_or_no(product.active),
        "barcode": product.barcode,
        "choices": _CHOICES_APART.join(product.choices),
        "stock": "" if product.stock is None else product.stock,
        "low_stock": "" if product.low_stock is None else product.low_stock,
        "cost_rp": "" if product.cost_rp is None else product.cost_rp,
        "open_price": _yes_or_no(product.open_price),
    }


def _yes_or_no(flag: bool) -> str:  # noqa: FBT001 - one word of a row
    return "ya" if flag else "tidak"


def product_rows(connection: Connection, campaign_id: str) -> list[Cells]:
    """Give every product of a campaign as a row, by name."""
    names = {vendor.id: vendor.name for vendor in list_vendors(connection, campaign_id)}
    return [product_cells(product, names) for product in list_products(connection, campaign_id)]


def plan_products(
    connection: Connection, campaign_id: str, table: SheetTable
) -> SheetPlan[CampaignProduct]:
    """Say what a sheet of products would do to a campaign."""
    return plan_rows(
        campaign_id,
        table,
        list_products(connection, campaign_id),
        list_vendors(connection, campaign_id),
    )


def plan_rows(
    campaign_id: str,
    table: SheetTable,
    standing: Sequence[CampaignProduct],
    sellers: Sequence[Vendor],
) -> SheetPlan[CampaignProduct]:
    """Do `plan_products` with the products and vendors that there are."""
    vendors = _Vendors(sellers)
    exact = {clean(product.sku): product for product in standing}
    folded = {sku.lower(): product for sku, product in exact.items()}
    planner: Planner[CampaignProduct] = Planner(
        COLUMNS, lambda product: product_cells(product, vendors.names), KEY
    )
    for row in table.rows:
        sku = row.typed("sku")
        before = exact.get(sku) or folded.get(sku.lower())
        if before is None and lost_digits(sku):
            row.refuse("sku", LostDigitsError(sku))
            planner.refuse(row)
            continue
        if not sku:
            row.refuse("sku", EmptyCellError())
            planner.refuse(row)
            continue
        after = _read(row, campaign_id, before, vendors)
        planner.add(row, before.id if before else sku.lower(), after.label, before, after)
    return planner.plan(table.unread, len(standing))


def _read(
    row: SheetRow, campaign_id: str, before: CampaignProduct | None, vendors: _Vendors
) -> CampaignProduct:
    standing = before or CampaignProduct(
        "", campaign_id, "", "", "", "", "", ZERO, "pcs", active=True
    )
    known = before is not None
    return replace(
        standing,
        vendor=vendors.read(row, standing.vendor),
        sku=row.words("sku", None, most=80) if not known else standing.sku,
        name=row.words("name", standing.name if known else None),
        variant=row.words("variant", standing.variant, required=False),
        category=row.words("category", standing.category if known else None, most=100),
        price_rp=Rupiah(row.value("price_rp", standing.price_rp if known else None, read_price)),
        unit=_read_unit(row, standing.unit),
        active=row.yes("active", standing=standing.active),
        barcode=row.read("barcode", standing.barcode, "", _read_barcode),
        choices=row.read("choices", standing.choices, (), _read_choices),
        stock=row.read("stock", standing.stock, None, read_count),
        low_stock=row.read("low_stock", standing.low_stock, None, read_count),
        cost_rp=row.read("cost_rp", standing.cost_rp, None, read_price),
        open_price=row.yes("open_price", standing=standing.open_price),
    )


def _read_barcode(text: str) -> str:
    if lost_digits(text):
        raise LostDigitsError(text)
    return read_barcode(text)


def _read_choices(text: str) -> tuple[str, ...]:
    return read_choices(re.split(r"[;\n]", text))


def _read_unit(row: SheetRow, standing: Unit) -> Unit:
    """Read by what a product is sold; an empty cell leaves what stands, pieces in a new row."""
    text = row.typed("unit").casefold()
    if text and text not in _UNITS:
        row.refuse("unit", UnitUnknownError())
    return _UNITS.get(text, standing)
