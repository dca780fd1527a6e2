"""Tokopedia & TikTok Shop Seller Center, from 2025: one row for each order and SKU.

The header is English in either language of the seller center; the values are not. The
workbook has a row of descriptions below its header, the CSV has none.
"""

from kiosk.hub.marketplaces.layout import Layout, LineValue, status_words
from kiosk.hub.marketplaces.orders import Channel
from kiosk.hub.marketplaces.reasons import RETURN_WITHOUT_PIECES, UNKNOWN_CHANNEL
from kiosk.hub.marketplaces.row import Row


def _value(row: Row) -> LineValue:
    quantity, returned = row.pieces()
    if not returned and not row.rupiah("refund") and _is_return(row):
        row.note("return_type", RETURN_WITHOUT_PIECES)
    return LineValue(
        quantity=quantity,
        returned_quantity=returned,
        unit_price_rp=row.rupiah("unit_price"),
        omzet_rp=row.rupiah("omzet"),
        seller_omzet_rp=row.less(row.rupiah("before_discount"), "seller_discount"),
    )


def _is_return(row: Row) -> bool:
    """Tell a return from a cancellation, which the status already says."""
    return "return" in row.text("return_type").casefold()


def _channel(row: Row) -> Channel:
    """One file may hold both; files from before the two merged have no such column."""
    told = row.text("channel").casefold()
    if "tokopedia" in told:
        return "tokopedia"
    if "tiktok" in told.replace(" ", ""):
        return "tiktok"
    if told:
        row.note("channel", UNKNOWN_CHANNEL)
    return "tokopedia" if row.text("invoice") else "tiktok"


def _key(row: Row) -> str:
    return row.identifier("sku_id")


TOKOPEDIA_TIKTOK = Layout(
    source="tokopedia_tiktok",
    title="Tokopedia & TikTok Shop",
    columns={
        "order_id": ("Order ID",),
        "status": ("Order Status",),
        "return_type": ("Cancelation/Return Type", "Cancellation/Return Type"),
        "sku_id": ("SKU ID",),
        "seller_sku": ("Seller SKU",),
        "product_name": ("Product Name",),
        "variation": ("Variation",),
        "quantity": ("Quantity",),
        "returned": ("Sku Quantity of return",),
        "unit_price": ("SKU Unit Original Price",),
        "before_discount": ("SKU Subtotal Before Discount",),
        "seller_discount": ("SKU Seller Discount",),
        "omzet": ("SKU Subtotal After Discount",),
        "refund": ("Order Refund Amount",),
        "created_at": ("Created Time",),
        "paid_at": ("Paid Time",),
        "completed_at": ("Delivered Time",),
        "cancelled_at": ("Cancelled Time",),
        "payment_method": ("Payment Method",),
        "channel": ("Purchase Channel",),
        "invoice": ("Tokopedia Invoice Number",),
    },
    required=frozenset(
        {
            "order_id",
            "status",
            "sku_id",
            "product_name",
            "quantity",
            "returned",
            "before_discount",
            "seller_discount",
            "omzet",
            "paid_at",
        }
    ),
    words=status_words(
        unpaid=("Belum dibayar", "Unpaid"),
        paid=(
            "Perlu dikirim",
            "Dikirim",
            "To ship",
            "Shipped",
            "Awaiting Shipment",
            "Awaiting Collection",
            "In Transit",
            "Delivered",
        ),
        completed=("Selesai", "Completed"),
        cancelled=("Dibatalkan", "Canceled", "Cancelled"),
    ),
    value=_value,
    channel=_channel,
    key=_key,
)
