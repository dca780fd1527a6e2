"""Products that tills added at a bazaar: under which id, and which product each is here."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from kiosk.hub.storage.tables import added_products, products


@dataclass(frozen=True, slots=True)
class AddedProduct:
    """A till's product `id` is the hub's `product`; `matched_by` is '' where it is a new one."""

    id: str
    product: str
    matched_by: str
    added_by: str
    at: str


def find_added(connection: Connection, product_id: str) -> AddedProduct | None:
    """Give what was added under an id of a till, None where nothing was."""
    row = (
        connection.execute(select(added_products).where(added_products.c.id == product_id))
        .mappings()
        .first()
    )
    return AddedProduct(**row) if row else None


def list_added(connection: Connection, campaign_id: str) -> dict[str, list[AddedProduct]]:
    """Give what tills added to a campaign, by the product it is here, the first one first."""
    rows = connection.execute(
        select(added_products)
        .join(products, products.c.id == added_products.c.product)
        .where(products.c.campaign == campaign_id)
        .order_by(added_products.c.at, added_products.c.id)
    )
    found: defaultdict[str, list[AddedProduct]] = defaultdict(list)
    for row in rows.mappings():
        found[row["product"]].append(AddedProduct(**row))
    return dict(found)


def insert_added(connection: Connection, added: AddedProduct) -> None:
    """Write which product a till's own is."""
    connection.execute(
        insert(added_products).values(
            id=added.id,
            product=added.product,
            matched_by=added.matched_by,
            added_by=added.added_by,
            at=added.at,
        )
    )
