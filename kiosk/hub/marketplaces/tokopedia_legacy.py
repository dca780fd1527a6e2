"""Tokopedia's sales report from before about 2021: money as `Rp 12.500`, header on row 4.

An order's later rows leave the order's own cells blank, as in the report that followed.
"""

from kiosk.domain.money import Rupiah
from kiosk.hub.marketplaces.layout import Layout, LineValue, status_words
from kiosk.hub.marketplaces.orders import Channel
from kiosk.hub.marketplaces.reasons import DISCOUNT_NOT_TAKEN_OFF
from kiosk.hub.marketplaces.row import Row


def _value(row: Row) -> LineValue:
    """Price times pieces: nothing came back in this export, an order was sold or was not."""
    quantity, returned = row.pieces()
    price = row.rupiah("unit_price")
    if row.rupiah("discount"):
        row.note("discount", DISCOUNT_NOT_TAKEN_OFF)
    omzet = Rupiah(price * quantity)
    return LineValue(quantity, returned, price, omzet, seller_omzet_rp=omzet)


def _channel(row: Row) -> Channel:
    del row
    return "tokopedia"


TOKOPEDIA_LEGACY = Layout(
    source="tokopedia_legacy",
    title="Tokopedia (2020)",
    columns={
        "order_id": ("Order ID",),
        "invoice": ("Invoice",),
        "paid_at": ("Payment Date",),
        "status": ("Order Status",),
        "product_name": ("Product Name",),
        "quantity": ("Quantity",),
        "seller_sku": ("Stock Keeping Unit (SKU)",),
        "unit_price": ("Price (Rp.)",),
        "discount": ("Discount Amount (Rp.)",),
    },
    required=frozenset(
        {"order_id", "invoice", "paid_at", "status", "product_name", "quantity", "unit_price"}
    ),
    words=status_words(
        # The full text goes on, after a line break, with where the money will be sent.
        parts=(
            ("transaksi ditolak", "cancelled"),
            ("dibatalkan", "cancelled"),
            ("transaksi selesai", "completed"),
        ),
    ),
    value=_value,
    channel=_channel,
    carried=frozenset({"order_id", "invoice", "paid_at", "status"}),
)
