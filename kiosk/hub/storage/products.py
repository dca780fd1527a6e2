"""Products as rows: what stalls sell, each under one SKU in its campaign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, or_, select, update

from kiosk.domain.catalogue import Unit
from kiosk.domain.money import Rupiah
from kiosk.hub.storage.tables import products
from kiosk.hub.storage.vendors import contains


@dataclass(frozen=True, slots=True)
class CampaignProduct:
    """A product of a campaign; `price_rp` per piece, or per kilogram where `unit` is `g`.

    `stock` is how many (pieces or grams) its stall brings to a bazaar, None where nobody
    counts; at `low_stock` left the tills say so. `cost_rp` is what one costs its vendor, None
    where she has not said; it stays at the hub.
    """

    id: str
    campaign: str
    vendor: str
    sku: str
    name: str
    variant: str
    category: str
    price_rp: Rupiah
    unit: Unit
    active: bool
    barcode: str = ""
    choices: tuple[str, ...] = ()
    stock: int | None = None
    low_stock: int | None = None
    open_price: bool = False
    cost_rp: Rupiah | None = None

    @property
    def label(self) -> str:
        """Name and variant as a buyer reads them."""
        return f"{self.name} {self.variant}" if self.variant else self.name


def _values(product: CampaignProduct) -> dict[str, Any]:
    return {
        "vendor": product.vendor,
        "sku": product.sku,
        "name": product.name,
        "variant": product.variant,
        "category": product.category,
        "price_rp": product.price_rp,
        "unit": product.unit,
        "active": product.active,
        "barcode": product.barcode,
        "choices": "\n".join(product.choices),
        "stock": product.stock,
        "low_stock": product.low_stock,
        "open_price": product.open_price,
        "cost_rp": product.cost_rp,
    }


def product_of(*, choices: Sequence[str] = (), **facts: Any) -> CampaignProduct:
    """Make a product of facts kept as JSON, where its choices are a list."""
    return CampaignProduct(**facts, choices=tuple(choices))


def _product(row: RowMapping) -> CampaignProduct:
    return product_of(**{**row, "choices": row["choices"].splitlines()})


def list_products(
    connection: Connection, campaign_id: str, *, search: str = "", vendor: str = ""
) -> list[CampaignProduct]:
    """Give a campaign's products by name; `search` looks in all its words and codes."""
    query = select(products).where(products.c.campaign == campaign_id)
    if vendor:
        query = query.where(products.c.vendor == vendor)
    if search:
        pattern = contains(search)
        columns = (
            products.c.name,
            products.c.variant,
            products.c.sku,
            products.c.category,
            products.c.barcode,
        )
        query = query.where(
            or_(*(func.lower(column).like(pattern, escape="\\") for column in columns))
        )
    rows = connection.execute(
        query.order_by(func.lower(products.c.name), func.lower(products.c.variant), products.c.id)
    )
    return [_product(row) for row in rows.mappings()]


def list_categories(connection: Connection, campaign_id: str) -> list[str]:
    """Give the categories in use, by name."""
    return list(
        connection.scalars(
            select(products.c.category)
            .where(products.c.campaign == campaign_id)
            .distinct()
            .order_by(products.c.category)
        )
    )


def find_product(connection: Connection, product_id: str) -> CampaignProduct | None:
    """Give one product, or None if there is none of this id."""
    row = connection.execute(select(products).where(products.c.id == product_id)).mappings().first()
    return _product(row) if row else None


def find_sku(connection: Connection, campaign_id: str, sku: str) -> CampaignProduct | None:
    """Give the product that has this SKU in the campaign, whatever its capitals."""
    row = (
        connection.execute(
            select(products).where(
                products.c.campaign == campaign_id, func.lower(products.c.sku) == sku.lower()
            )
        )
        .mappings()
        .first()
    )
    return _product(row) if row else None


def insert_product(connection: Connection, product: CampaignProduct) -> None:
    """Write a new product; the schema refuses a SKU twice in one campaign."""
    connection.execute(
        insert(products).values(id=product.id, campaign=product.campaign, **_values(product))
    )


def update_product(connection: Connection, product: CampaignProduct) -> None:
    """Write everything of a product but whose campaign it is in."""
    connection.execute(
        update(products).where(products.c.id == product.id).values(**_values(product))
    )
