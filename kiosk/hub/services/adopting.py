"""Adopting what a till added at a bazaar: a product of its vendor, or one that is there already.

Done once per product, whichever copy of its entry comes first; a rebuild finds it done.
Which product it is never changes what counts: a sale carries its own stall and price.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from kiosk.domain.barcodes import barcode_key
from kiosk.domain.money import Rupiah
from kiosk.hub.services.readings import Problem, Reading
from kiosk.hub.storage.added import AddedProduct, find_added, insert_added
from kiosk.hub.storage.products import (
    CampaignProduct,
    find_product,
    find_sku,
    insert_product,
    list_products,
)
from kiosk.hub.storage.vendors import find_vendor

_DISTINGUISHING_DIGITS = 6


def adopt_products(connection: Connection, readings: Sequence[Reading]) -> list[Problem]:
    """Adopt each product that was added; gives those of vendors whom nobody knows."""
    problems = []
    for one in readings:
        if one.kind == "catalogue_changed" and one.body.get("what") == "product_added":
            problem = _adopt(connection, one)
            if problem is not None:
                problems.append(problem)
    return problems


def _adopt(connection: Connection, one: Reading) -> Problem | None:
    told = one.body["product"]
    if find_added(connection, told["id"]) is not None:
        return None
    vendor = find_vendor(connection, told["stall"])
    if vendor is None:
        fact = "the product that was added belongs to no vendor known here"
        return Problem(one.journal, one.place.seq, "unknown_vendor", fact)
    product = CampaignProduct(
        id=told["id"],
        campaign=vendor.campaign,
        vendor=vendor.merged_into or vendor.id,
        sku=told["sku"],
        name=told["name"],
        variant=told["variant"],
        category=told["category"],
        price_rp=Rupiah(told["price_rp"]),
        unit=told["unit"],
        active=True,
        barcode=told["barcode"],
    )
    known, matched_by = _match(connection, product)
    if known is None:
        insert_product(connection, _with_own_sku(connection, product))
    added = AddedProduct(told["id"], (known or product).id, matched_by, one.by, one.at)
    insert_added(connection, added)
    return None


def _match(connection: Connection, product: CampaignProduct) -> tuple[CampaignProduct | None, str]:
    """Find the vendor's product that this is: by its id, its SKU or its barcode."""
    by_id = find_product(connection, product.id)
    if by_id is not None:
        return by_id, "id"
    by_sku = find_sku(connection, product.campaign, product.sku)
    if by_sku is not None and by_sku.vendor == product.vendor:
        return by_sku, "sku"
    if product.barcode:
        key = barcode_key(product.barcode)
        for one in list_products(connection, product.campaign, vendor=product.vendor):
            if one.barcode and barcode_key(one.barcode) == key:
                return one, "barcode"
    return None, ""


def _with_own_sku(connection: Connection, product: CampaignProduct) -> CampaignProduct:
    """Give a product whose SKU another vendor has a longer one."""
    if find_sku(connection, product.campaign, product.sku) is None:
        return product
    return replace(product, sku=f"{product.sku}-{product.id[-_DISTINGUISHING_DIGITS:]}")
