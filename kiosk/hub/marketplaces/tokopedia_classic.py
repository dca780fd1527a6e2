"""Tokopedia's “Laporan Penjualan” of about 2021–2025: a workbook with four rows above its header.

An order's second and later rows leave the order's own cells blank. Only those columns
are carried down: an empty SKU or date of cancellation belongs to its own row.
"""

from kiosk.domain.money import Rupiah
from kiosk.hub.marketplaces.layout import Layout, LineValue, status_words
from kiosk.hub.marketplaces.orders import Channel
from kiosk.hub.marketplaces.reasons import REDUCTION_DISAGREES
from kiosk.hub.marketplaces.row import Row


def _value(row: Row) -> LineValue:
    """Price times pieces; `Total Penjualan` is the order's, with shipping, and never read."""
    quantity, reduced = row.pieces()
    price = row.rupiah("unit_price")
    if row.rupiah("reduction") not in (0, price * reduced):
        row.note("reduction", REDUCTION_DISAGREES)
    omzet = Rupiah(price * quantity)
    return LineValue(quantity, reduced, price, omzet, seller_omzet_rp=omzet)


def _channel(row: Row) -> Channel:
    del row
    return "tokopedia"


TOKOPEDIA_CLASSIC = Layout(
    source="tokopedia_classic",
    title="Tokopedia: Laporan Penjualan",
    columns={
        "order_id": ("Nomor Invoice",),
        "paid_at": ("Tanggal Pembayaran",),
        "status": ("Status Terakhir",),
        "completed_at": ("Tanggal Pesanan Selesai",),
        "completed_clock": ("Waktu Pesanan Selesai",),
        "cancelled_at": ("Tanggal Pesanan Dibatalkan",),
        "cancelled_clock": ("Waktu Pesanan Dibatalkan",),
        "product_name": ("Nama Produk",),
        "variation": ("Tipe Produk",),
        "seller_sku": ("Nomor SKU",),
        "quantity": ("Jumlah Produk Dibeli",),
        "unit_price": ("Harga Jual (IDR)",),
        "payment_method": ("COD",),
        "returned": ("Jumlah Produk Yang Dikurangkan",),
        "reduction": ("Total Pengurangan (IDR)",),
    },
    required=frozenset(
        {
            "order_id",
            "paid_at",
            "status",
            "product_name",
            "quantity",
            "unit_price",
            "cancelled_at",
            "returned",
        }
    ),
    words=status_words(
        paid=("Pesanan Diproses", "Menunggu Pickup", "Pesanan Dikirim", "Pesanan Tiba"),
        completed=("Pesanan Selesai",),
        parts=(("dibatalkan", "cancelled"),),
    ),
    value=_value,
    channel=_channel,
    carried=frozenset(
        {
            "order_id",
            "paid_at",
            "status",
            "completed_at",
            "completed_clock",
            "cancelled_at",
            "cancelled_clock",
            "payment_method",
        }
    ),
    invoice_is_order_id=True,
    cancelled_by_date=True,
)
