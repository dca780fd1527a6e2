"""Shopee Indonesia's `Order.all`, old and new, in Indonesian and in English.

The same SKU may stand on several rows of one order, at different prices and even in
identical rows: each is a sale of its own.
"""

from kiosk.domain.money import Rupiah
from kiosk.hub.marketplaces.layout import Layout, LineValue, status_words
from kiosk.hub.marketplaces.orders import Channel
from kiosk.hub.marketplaces.reasons import RETURN_WITHOUT_PIECES, SUBTOTAL_DISAGREES
from kiosk.hub.marketplaces.row import Row

_RETURN_AGREED = frozenset({"permintaan disetujui", "request approved"})


def _value(row: Row) -> LineValue:
    quantity, returned = row.pieces()
    price = row.rupiah("unit_price")
    subtotal = row.rupiah("omzet")
    if subtotal != price * quantity:
        row.note("omzet", SUBTOTAL_DISAGREES)
    if not returned and _return_agreed(row):
        row.note("return_state", RETURN_WITHOUT_PIECES)
    seller_omzet = subtotal
    if {"original_price", "seller_discount"} <= row.places.keys():
        seller_omzet = row.less(Rupiah(row.rupiah("original_price") * quantity), "seller_discount")
    return LineValue(quantity, returned, price, subtotal, seller_omzet)


def _return_agreed(row: Row) -> bool:
    """Tell a return from a cancellation: both are requests, and share a column."""
    agreed = row.text("return_state").casefold() in _RETURN_AGREED
    return agreed and SHOPEE.words.state(row.text("status")) != "cancelled"


def _channel(row: Row) -> Channel:
    del row
    return "shopee"


SHOPEE = Layout(
    source="shopee",
    title="Shopee: Order.all",
    columns={
        "order_id": ("No. Pesanan", "Order ID"),
        "status": ("Status Pesanan", "Order Status"),
        "return_state": (
            "Status Pembatalan/ Pengembalian",
            "Status Pembatalan/Pengembalian",
            "Return / Refund Status",
            "Cancellation/ Return Status",
        ),
        "created_at": ("Waktu Pesanan Dibuat", "Order Creation Date", "Order Creation Time"),
        "paid_at": ("Waktu Pembayaran Dilakukan", "Order Paid Time"),
        "completed_at": ("Waktu Pesanan Selesai", "Order Complete Time", "Order Completed Time"),
        "payment_method": ("Metode Pembayaran", "Payment Method"),
        "parent_sku": ("SKU Induk", "Parent SKU Reference No."),
        "product_name": ("Nama Produk", "Product Name"),
        "seller_sku": ("Nomor Referensi SKU", "SKU Reference No."),
        "variation": ("Nama Variasi", "Variation Name"),
        "original_price": ("Harga Awal", "Original Price"),
        "unit_price": ("Harga Setelah Diskon", "Deal Price"),
        "quantity": ("Jumlah", "Quantity"),
        "returned": ("Returned quantity", "Jumlah Dikembalikan"),
        "omzet": ("Subtotal Pesanan", "Total Harga Produk", "Product Subtotal"),
        "seller_discount": (
            "Diskon Dari Penjual",
            "Price Discount(from Seller)",
            "Price Discount (from Seller)",
            "Seller Discount",
        ),
    },
    required=frozenset(
        {
            "order_id",
            "status",
            "paid_at",
            "product_name",
            "unit_price",
            "quantity",
            "returned",
            "omzet",
        }
    ),
    words=status_words(
        unpaid=("Belum Bayar", "Unpaid"),
        paid=(
            "Perlu Dikirim",
            "Sedang Dikirim",
            "Telah Dikirim",
            "To ship",
            "Shipping",
            "Shipped",
            "To receive",
            "Delivered",
        ),
        completed=("Selesai", "Completed"),
        cancelled=("Batal", "Dibatalkan", "Cancelled", "Canceled"),
        # “… namun Pembeli masih dapat mengajukan pengembalian hingga <date>”: received, and
        # until that date it may still come back.
        parts=(("pesanan diterima", "paid"),),
    ),
    value=_value,
    channel=_channel,
)
