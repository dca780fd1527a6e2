"""Products: what a campaign's stalls sell, each under one SKU."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.changes import audit_change
from kiosk.hub.storage.added import AddedProduct, list_added
from kiosk.hub.storage.products import (
    CampaignProduct,
    find_product,
    find_sku,
    insert_product,
    list_categories,
    list_products,
    update_product,
)
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import find_vendor, list_vendors


class SkuTakenError(FieldError):
    """Another product of the campaign has this SKU."""

    field = "sku"

    def __init__(self, sku: str, product: str) -> None:
        self.sku = sku
        super().__init__(
            N_("“%(product)s” already has the SKU %(sku)s. Choose another one."),
            product=product,
            sku=sku,
        )


class VendorUnknownError(FieldError):
    """A product is given to a vendor whom the campaign does not have."""

    field = "vendor"

    def __init__(self) -> None:
        super().__init__(N_("Choose the vendor from the list."))


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product with its vendor's name, and what tills added at a bazaar as it."""

    product: CampaignProduct
    vendor: str
    added: tuple[AddedProduct, ...] = ()


def campaign_products(
    store: Store, campaign_id: str, *, search: str = "", vendor: str = ""
) -> list[ProductRow]:
    """Give a campaign's products by name, all or those that are searched for."""
    with store.read() as connection:
        found = list_products(connection, campaign_id, search=search, vendor=vendor)
        names = {seller.id: seller.name for seller in list_vendors(connection, campaign_id)}
        added = list_added(connection, campaign_id)
    return [
        ProductRow(product, names[product.vendor], tuple(added.get(product.id, ())))
        for product in found
    ]


def categories(store: Store, campaign_id: str) -> list[str]:
    """Give the categories in use, and the three that every bazaar has."""
    with store.read() as connection:
        used = list_categories(connection, campaign_id)
    return sorted({"Kuliner", "Fesyen", "Kriya", *used})


def open_product(store: Store, campaign_id: str, product_id: str) -> CampaignProduct:
    """Give one product of a campaign; raises NotFoundError."""
    with store.read() as connection:
        product = find_product(connection, product_id)
    if product is None or product.campaign != campaign_id:
        raise NotFoundError
    return product


def save_product(store: Store, clock: Clock, by: str, product: CampaignProduct) -> None:
    """Write a product, new or changed; raises SkuTakenError or VendorUnknownError."""
    with store.begin() as connection:
        write_product(connection, clock, by, product)


def write_product(connection: Connection, clock: Clock, by: str, product: CampaignProduct) -> None:
    """Do `save_product` within the caller's transaction."""
    vendor = find_vendor(connection, product.vendor)
    if vendor is None or vendor.campaign != product.campaign:
        raise VendorUnknownError
    holder = find_sku(connection, product.campaign, product.sku)
    if holder is not None and holder.id != product.id:
        raise SkuTakenError(product.sku, holder.label)
    before = find_product(connection, product.id)
    (insert_product if before is None else update_product)(connection, product)
    audit_change(
        connection,
        clock,
        by,
        "product",
        before=before,
        after=product,
        facts={
            "name": product.label,
            "sku": product.sku,
            "price_rp": product.price_rp,
            "price_before_rp": before.price_rp if before else None,
            "active": product.active,
        },
    )


def set_product_active(
    store: Store, clock: Clock, by: str, product: CampaignProduct, *, active: bool
) -> None:
    """Put a product on sale again, or take it off; what was sold stays in every total."""
    save_product(store, clock, by, replace(product, active=active))
