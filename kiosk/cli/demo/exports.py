"""Order exports as Tokopedia & TikTok Shop write them, made from baskets.

A row is one product of one order. As in the true files the order's own money and times
repeat on every row, ids and times end in a tab, and an empty one is a lone tab. Some
orders were cancelled or never paid: they are in the file and count for nothing.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from kiosk.cli.demo.baskets import Basket
from kiosk.cli.demo.past_sales import SOLD, sold_baskets
from kiosk.cli.demo.program import DemoEvent
from kiosk.cli.demo.samples import export_header
from kiosk.cli.demo.vendors import VENDORS

_TAB: Final = "\t"
_CHANNELS: Final = (("Tokopedia", "TikTok"), (7, 3))
# Buyers are awake from six to midnight, and most of them buy in the evening.
_HOURS: Final = tuple(range(6, 24))
_BUSY: Final = (1, 2, 3, 4, 8, 6, 5, 4, 4, 4, 4, 5, 6, 8, 9, 8, 5, 2)
_SHIPPING_RP: Final = 10_000
_SERVICE_FEE_RP: Final = 1_000
_ORDERS_BETWEEN_UNSOLD: Final = 15


@dataclass(frozen=True, slots=True)
class _Order:
    """An order; `paid_at` is None where it was never paid."""

    number: str
    basket: Basket
    created_at: datetime
    paid_at: datetime | None
    cancelled: bool
    channel: str
    invoice: str


def export_file(rng: Random, event: DemoEvent) -> bytes:
    """Write the event's online orders as a CSV: completed ones come to its online target."""
    header = export_header()
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, restval="", lineterminator="\r\n")
    writer.writeheader()
    for order in _orders(rng, event):
        writer.writerows(_rows(order))
    return text.getvalue().encode("utf-8-sig")


def _orders(rng: Random, event: DemoEvent) -> list[_Order]:
    """Give the orders by time of creation: those that were sold, and a few that were not."""
    if event.online is None:
        return []
    sold = [(basket, "sold") for basket in sold_baskets(rng, event.online)]
    unsold = [
        (rng.choice(sold)[0], rng.choice(("cancelled", "unpaid")))
        for _ in range(len(sold) // _ORDERS_BETWEEN_UNSOLD)
    ]
    orders = [
        _order(rng, event, n, basket, fate)
        for n, (basket, fate) in enumerate(sold + unsold, start=1)
    ]
    return sorted(orders, key=lambda order: order.created_at)


def _order(rng: Random, event: DemoEvent, n: int, basket: Basket, fate: str) -> _Order:
    paid_at = _moment(rng, event)
    channel = rng.choices(*_CHANNELS)[0]
    day = f"{paid_at:%Y%m%d}"
    return _Order(
        number=f"57{day}{n:08d}",
        basket=basket,
        created_at=paid_at - timedelta(seconds=rng.randrange(15, 900)),
        paid_at=None if fate == "unpaid" else paid_at,
        cancelled=fate == "cancelled",
        channel=channel,
        invoice=f"INV/{day}/MPL/{n:010d}" if channel == "Tokopedia" and fate != "unpaid" else "",
    )


def _moment(rng: Random, event: DemoEvent) -> datetime:
    """Choose a time of payment in the event's online window."""
    days = (event.online_end - event.online_start).days
    hour = rng.choices(_HOURS, _BUSY)[0]
    day = event.online_start + timedelta(days=rng.randrange(days))
    return day + timedelta(hours=hour, seconds=rng.randrange(3600))


def _rows(order: _Order) -> Iterator[Mapping[str, str]]:
    of_order = _order_cells(order)
    for place, pieces in order.basket.items():
        yield {**of_order, **_line_cells(place, pieces)}


def _order_cells(order: _Order) -> dict[str, str]:
    goods_rp = sum(SOLD[place].price_rp * pieces for place, pieces in order.basket.items())
    status = "Dibatalkan" if order.cancelled else "Selesai" if order.paid_at else "Belum dibayar"
    completed_at = order.paid_at + timedelta(days=2) if order.paid_at else None
    return {
        "Order ID": order.number + _TAB,
        "Order Status": status,
        "Order Substatus": status,
        "Cancelation/Return Type": "Cancel" if order.cancelled else "",
        "Normal or Pre-order": "Normal",
        "Shipping Fee After Discount": str(_SHIPPING_RP),
        "Original Shipping Fee": str(_SHIPPING_RP),
        "Order Refund Amount": "0",
        "Buyer Service Fee": str(_SERVICE_FEE_RP),
        "Order Amount": str(goods_rp + _SHIPPING_RP + _SERVICE_FEE_RP),
        "Created Time": _time(order.created_at),
        "Paid Time": _time(order.paid_at),
        "RTS Time": _TAB,
        "Shipped Time": _TAB,
        "Delivered Time": _time(None if order.cancelled else completed_at),
        "Cancelled Time": _time(completed_at if order.cancelled else None),
        "Country": "Indonesia",
        "Province": "DKI Jakarta",
        "Regency and City": "Jakarta Selatan",
        "Payment Method": "Transfer bank",
        "Purchase Channel": order.channel,
        "Tokopedia Invoice Number": order.invoice,
    }


def _line_cells(place: int, pieces: int) -> dict[str, str]:
    product = SOLD[place]
    seller = _SELLERS[product.vendor]
    goods_rp = product.price_rp * pieces
    return {
        "SKU ID": _marketplace_id(product.sku) + _TAB,
        "Seller SKU": product.sku,
        "Product Name": f"{seller} | {product.name}",
        "Variation": product.variant or "Default",
        "Quantity": str(pieces),
        "Sku Quantity of return": "0",
        "SKU Unit Original Price": str(product.price_rp),
        "SKU Subtotal Before Discount": str(goods_rp),
        "SKU Platform Discount": "0",
        "SKU Seller Discount": "0",
        "SKU Subtotal After Discount": str(goods_rp),
        "Product Category": product.category,
    }


_SELLERS: Final = {vendor.key: vendor.name for vendor in VENDORS}


def _marketplace_id(sku: str) -> str:
    """Make the 19 digits by which a marketplace would know a product."""
    digits = int.from_bytes(hashlib.sha256(sku.encode()).digest()[:8], "big") % 10**15
    return f"1729{digits:015d}"


def _time(moment: datetime | None) -> str:
    return f"{moment:%d/%m/%Y %H:%M:%S}{_TAB}" if moment else _TAB
