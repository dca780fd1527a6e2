"""Offer rows → values: those that goods of one cart fall under."""

from itertools import groupby
from operator import itemgetter

from kiosk.domain.money import Rupiah
from kiosk.domain.offers import Offer
from kiosk.storage.database import Connection


def offers_for(connection: Connection, cart_id: str) -> tuple[Offer, ...]:
    """List the offers in force for anything in a cart, by id."""
    rows = connection.execute(
        """
        SELECT offers.*, offer_products.product
        FROM offers
        JOIN offer_products ON offer_products.offer = offers.id
        WHERE offers.active = 1 AND offers.id IN (
            SELECT found.offer
            FROM cart_lines AS line
            JOIN products ON products.number = line.product
            JOIN offer_products AS found ON found.product = products.id
            WHERE line.cart = :cart
        )
        ORDER BY offers.id
        """,
        {"cart": cart_id},
    )
    return tuple(_offer(list(of_one)) for _, of_one in groupby(rows, key=itemgetter("id")))


def _offer(rows: list[Connection]) -> Offer:
    first = rows[0]
    return Offer(
        id=first["id"],
        name=first["name"],
        stall=first["stall"],
        products=frozenset(row["product"] for row in rows),
        pieces=first["pieces"],
        price_rp=Rupiah(first["price_rp"]),
        borne_by=first["borne_by"],
    )
