"""Offers as rows: several pieces of one vendor's goods for one price."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from kiosk.domain.discounts import Bearer
from kiosk.domain.money import Rupiah
from kiosk.hub.storage.tables import offer_products, offers, products, vendors


@dataclass(frozen=True, slots=True)
class CampaignOffer:
    """`pieces` of these products (ids), mixed, for `price_rp`; all are one vendor's."""

    id: str
    campaign: str
    vendor: str
    name: str
    products: tuple[str, ...]
    pieces: int
    price_rp: Rupiah
    borne_by: Bearer
    active: bool


def offer_of(*, products: Sequence[str], **facts: Any) -> CampaignOffer:
    """Make an offer of facts kept as JSON, where its products are a list."""
    return CampaignOffer(**facts, products=tuple(products))


def list_offers(connection: Connection, campaign_id: str) -> list[CampaignOffer]:
    """Give a campaign's offers by name."""
    rows = connection.execute(
        select(offers).where(offers.c.campaign == campaign_id).order_by(offers.c.name, offers.c.id)
    )
    return [_offer(connection, row) for row in rows.mappings().all()]


def find_offer(connection: Connection, offer_id: str) -> CampaignOffer | None:
    """Give one offer, or None if there is none of this id."""
    row = connection.execute(select(offers).where(offers.c.id == offer_id)).mappings().first()
    return _offer(connection, row) if row else None


def offers_on_sale(connection: Connection, campaign_id: str) -> list[dict[str, Any]]:
    """Give what tills are told: offers in force, with those of their goods that are on sale."""
    rows = connection.execute(
        select(offers, offer_products.c.product)
        .join(offer_products, offer_products.c.offer == offers.c.id)
        .join(products, products.c.id == offer_products.c.product)
        .join(vendors, vendors.c.id == offers.c.vendor)
        .where(
            offers.c.campaign == campaign_id,
            offers.c.active,
            products.c.active,
            products.c.vendor == offers.c.vendor,
            vendors.c.active,
        )
        .order_by(offers.c.name, offers.c.id, offer_products.c.product)
    )
    told: dict[str, dict[str, Any]] = {}
    for row in rows.mappings():
        offer = told.setdefault(
            row["id"],
            {
                "id": row["id"],
                "name": row["name"],
                "stall": row["vendor"],
                "products": [],
                "pieces": row["pieces"],
                "price_rp": row["price_rp"],
                "borne_by": row["borne_by"],
            },
        )
        offer["products"].append(row["product"])
    return list(told.values())


def write_offer(connection: Connection, offer: CampaignOffer) -> None:
    """Write an offer, new or changed, with its goods."""
    values = {
        "vendor": offer.vendor,
        "name": offer.name,
        "pieces": offer.pieces,
        "price_rp": offer.price_rp,
        "borne_by": offer.borne_by,
        "active": offer.active,
    }
    changed = connection.execute(update(offers).where(offers.c.id == offer.id).values(**values))
    if not changed.rowcount:
        connection.execute(insert(offers).values(id=offer.id, campaign=offer.campaign, **values))
    connection.execute(delete(offer_products).where(offer_products.c.offer == offer.id))
    connection.execute(
        insert(offer_products),
        [{"offer": offer.id, "product": product} for product in offer.products],
    )


def _offer(connection: Connection, row: RowMapping) -> CampaignOffer:
    goods = connection.scalars(
        select(offer_products.c.product)
        .where(offer_products.c.offer == row["id"])
        .order_by(offer_products.c.product)
    )
    return offer_of(**row, products=goods.all())
