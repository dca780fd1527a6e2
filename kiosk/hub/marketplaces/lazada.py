"""Lazada's order export: one row for each piece, under camel-case names.

It gives no time of payment. An order paid online was paid as it was made; one paid on
delivery was paid when it was delivered.
"""

import datetime as dt

from kiosk.hub.marketplaces.layout import Layout, LineValue, status_words
from kiosk.hub.marketplaces.orders import Channel
from kiosk.hub.marketplaces.reasons import NO_PAYMENT_COLUMN, QUANTITY_IN_A_UNIT_ROW
from kiosk.hub.marketplaces.row import Row


def _value(row: Row) -> LineValue:
    quantity = row.count("quantity") or 1
    if quantity > 1:
        row.note("quantity", QUANTITY_IN_A_UNIT_ROW)
    price = row.rupiah("unit_price")
    return LineValue(
        quantity=quantity,
        returned_quantity=0,
        unit_price_rp=price,
        omzet_rp=row.rupiah("omzet"),
        seller_omzet_rp=row.less(price, "seller_discount"),
    )


def _channel(row: Row) -> Channel:
    del row
    return "lazada"


def _paid_at(row: Row) -> dt.datetime | None:
    return row.time("completed_at" if row.is_cod() else "created_at")


def _key(row: Row) -> str:
    return row.identifier("line_id")


LAZADA = Layout(
    source="lazada",
    title="Lazada",
    columns={
        "line_id": ("orderItemId",),
        "order_id": ("orderNumber",),
        "status": ("status",),
        "seller_sku": ("sellerSku",),
        "sku_id": ("lazadaSku",),
        "product_name": ("itemName", "PRODUCT NAME"),
        "variation": ("variation",),
        "quantity": ("QTY",),
        "unit_price": ("unitPrice",),
        "omzet": ("paidPrice",),
        "seller_discount": ("sellerDiscountTotal",),
        "refund": ("refundAmount",),
        "created_at": ("createTime",),
        "completed_at": ("deliveredDate",),
        "payment_method": ("payMethod",),
    },
    required=frozenset(
        {"line_id", "order_id", "status", "product_name", "unit_price", "omzet", "created_at"}
    ),
    words=status_words(
        unpaid=("unpaid",),
        paid=("pending", "topack", "packed", "toship", "ready_to_ship", "shipped", "delivered"),
        completed=("confirmed", "completed"),
        # One row is one piece: a piece that came back leaves nothing of its row.
        cancelled=("canceled", "cancelled", "returned", "Package Returned", "failed"),
    ),
    value=_value,
    channel=_channel,
    paid_at=_paid_at,
    key=_key,
    caution=NO_PAYMENT_COLUMN,
)
