"""Offers as a sheet: several pieces for one price, their goods by SKU in one cell.

A row is known by its ID, or by its name where it has none. Whose an offer is follows from
its goods.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from sqlalchemy import Connection

from kiosk.domain.counts import read_count
from kiosk.domain.discounts import LONGEST_REASON, Bearer
from kiosk.domain.money import ZERO, Rupiah
from kiosk.errors import N_, KioskError
from kiosk.hub.services.campaigns import FieldError
from kiosk.hub.services.offers import check_pieces, of_goods
from kiosk.hub.services.sheet_cells import SheetColumn, SheetRow, SheetTable, read_price
from kiosk.hub.services.sheet_plans import Cells, Planner, SheetPlan, standing_of
from kiosk.hub.storage.offers import CampaignOffer, list_offers
from kiosk.hub.storage.products import CampaignProduct, list_products

COLUMNS: Final = (
    SheetColumn("id", "ID", (), 38),
    SheetColumn("name", "Promo", ("Nama", "Nama promo", "Offer", "Name"), 28),
    SheetColumn("skus", "SKU", ("Produk", "Barang", "Goods"), 40),
    SheetColumn("pieces", "Buah", ("Jumlah", "Pieces"), 10),
    SheetColumn("price_rp", "Harga (Rp)", ("Harga", "Price (Rp)", "Price"), 14),
    SheetColumn("borne_by", "Ditanggung", ("Ditanggung oleh", "Borne by"), 14),
    SheetColumn("active", "Berlaku", ("In force", "Aktif"), 10),
)
KEY: Final = "name"
# Between the SKUs in one cell; a comma and a line break are understood too.
_APART: Final = "; "
_BEARER_WORDS: Final[Mapping[Bearer, str]] = {"stall": "lapak", "bazaar": "program"}
_BEARERS: Final[Mapping[str, Bearer]] = {
    **{word: bearer for bearer, word in _BEARER_WORDS.items()},
    **{bearer: bearer for bearer in _BEARER_WORDS},
    "penjual": "stall",
    "vendor": "stall",
    "panitia": "bazaar",
    "bazar": "bazaar",
    "campaign": "bazaar",
}


class BearerUnknownError(KioskError):
    """A cell names nobody who could bear an offer's difference."""

    def __init__(self) -> None:
        super().__init__(N_("Write lapak or program."))


class _Goods:
    """A campaign's products, by id and by SKU in small letters."""

    def __init__(self, products: list[CampaignProduct]) -> None:
        self._skus = {product.id: product.sku for product in products}
        self._by_sku = {product.sku.lower(): product for product in products}

    def written(self, offer: CampaignOffer) -> str:
        """Write the SKUs of an offer's goods."""
        return _APART.join(sorted(self._skus[one] for one in offer.products if one in self._skus))

    def read(self, row: SheetRow, offer: CampaignOffer) -> CampaignOffer:
        """Give an offer with the goods its row names; those that stand already need no look."""
        text = row.typed("skus")
        if offer.products and ("skus" not in row.cells or text == self.written(offer)):
            return offer
        try:
            return of_goods(offer, self._named(text), self._by_sku.get)
        except FieldError as error:
            row.refuse("skus", error)
            return offer

    def _named(self, text: str) -> list[str]:
        """Tell the SKUs of a cell apart; one with a comma in it is one where there is such a SKU."""
        found: list[str] = []
        for part in re.split(r"[;\n]", text):
            is_one = part.strip().lower() in self._by_sku
            found += [part] if is_one else part.split(",")
        return found


def offer_cells(offer: CampaignOffer, goods: _Goods) -> Cells:
    """Write an offer as its row."""
    return {
        "id": offer.id,
        "name": offer.name,
        "skus": goods.written(offer),
        "pieces": offer.pieces,
        "price_rp": offer.price_rp,
        "borne_by": _BEARER_WORDS[offer.borne_by],
        "active": "ya" if offer.active else "tidak",
    }


def offer_rows(connection: Connection, campaign_id: str) -> list[Cells]:
    """Give every offer of a campaign as a row, by name."""
    goods = _Goods(list_products(connection, campaign_id))
    return [offer_cells(offer, goods) for offer in list_offers(connection, campaign_id)]


def plan_offers(
    connection: Connection, campaign_id: str, table: SheetTable
) -> SheetPlan[CampaignOffer]:
    """Say what a sheet of offers would do to a campaign."""
    goods = _Goods(list_products(connection, campaign_id))
    standing = list_offers(connection, campaign_id)
    planner: Planner[CampaignOffer] = Planner(COLUMNS, lambda offer: offer_cells(offer, goods), KEY)
    for row in table.rows:
        before = standing_of(row, standing)
        after = goods.read(row, _read(row, campaign_id, before))
        identity = before.id if before else after.name.casefold()
        planner.add(row, identity, after.name, before, after)
    return planner.plan(table.unread, len(standing))


def _read(row: SheetRow, campaign_id: str, before: CampaignOffer | None) -> CampaignOffer:
    known = before is not None
    standing = before or CampaignOffer("", campaign_id, "", "", (), 0, ZERO, "stall", active=True)
    offer = replace(
        standing,
        name=row.words("name", standing.name if known else None, most=LONGEST_REASON),
        pieces=row.value("pieces", standing.pieces if known else None, read_count),
        price_rp=Rupiah(row.value("price_rp", standing.price_rp if known else None, read_price)),
        borne_by=row.read("borne_by", standing.borne_by, standing.borne_by, _read_bearer),
        active=row.yes("active", standing=standing.active),
    )
    if not row.errors:
        try:
            check_pieces(offer)
        except FieldError as error:
            row.refuse(error.field, error)
    return offer


def _read_bearer(text: str) -> Bearer:
    bearer = _BEARERS.get(text.casefold())
    if bearer is None:
        raise BearerUnknownError
    return bearer
