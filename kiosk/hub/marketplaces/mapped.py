"""Column mappings: an export of any other marketplace, its columns named once by hand.

A mapping belongs to a header's signature, so the same export is known when it comes again.
It says which column holds which fact, how amounts and times are written, and what each
status word means; a word that it does not know goes to a person, like everywhere.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.domain.money import Rupiah
from kiosk.errors import N_
from kiosk.hub.marketplaces.cells import (
    parse_rupiah,
    parse_rupiah_with_comma,
    parse_rupiah_with_point,
    parse_time,
    parse_time_month_first,
)
from kiosk.hub.marketplaces.layout import Layout, LineValue, StatusWords
from kiosk.hub.marketplaces.orders import State
from kiosk.hub.marketplaces.reasons import (
    MORE_BACK_THAN_BOUGHT,
    NO_PAYMENT_COLUMN,
    SUBTOTAL_DISAGREES,
)
from kiosk.hub.marketplaces.row import Formats, Row

Dates = Literal["day_first", "month_first"]
Amounts = Literal["either", "comma", "point"]

# What a column may hold, in the order in which a person is asked.
FACTS: Final[Mapping[str, str]] = {
    "order_id": N_("Order number"),
    "status": N_("Status"),
    "paid_at": N_("Time of payment"),
    "created_at": N_("Time of the order"),
    "completed_at": N_("Time of completion"),
    "cancelled_at": N_("Time of cancellation"),
    "product_name": N_("Product name"),
    "variation": N_("Variation"),
    "sku_id": N_("The marketplace's product number"),
    "seller_sku": N_("The seller's SKU"),
    "quantity": N_("Pieces"),
    "returned": N_("Pieces that came back"),
    "unit_price": N_("Price of one piece"),
    "omzet": N_("Paid for the row's goods"),
    "discount": N_("Discount still to be taken off"),
    "refund": N_("Money given back on the order"),
    "payment_method": N_("Way to pay"),
    "invoice": N_("Tokopedia invoice number"),
}
# Of each of these groups at least one column is needed.
NEEDED: Final = (
    ("order_id",),
    ("product_name",),
    ("paid_at", "created_at", "completed_at"),
    ("unit_price", "omzet"),
)
# What the whole order says may be blank on its later rows.
_OF_THE_ORDER: Final = frozenset(
    {
        "order_id",
        "status",
        "paid_at",
        "created_at",
        "completed_at",
        "cancelled_at",
        "payment_method",
        "invoice",
    }
)
# The same orders may come in the marketplace's own export: they are of one source.
_SOURCES: Final = {"tokopedia": "tokopedia_tiktok", "tiktok": "tokopedia_tiktok"}
_TIMES: Final[Mapping[str, Callable[[str], dt.datetime | None]]] = {
    "day_first": parse_time,
    "month_first": parse_time_month_first,
}
_AMOUNTS: Final = {
    "either": parse_rupiah,
    "comma": parse_rupiah_with_comma,
    "point": parse_rupiah_with_point,
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What a person said about the columns of one kind of file.

    `channel` is a known one (`shopee`) or the marketplace's name; `columns` gives the
    column's name for each fact that has one, `words` the meaning of each status text. Where
    no column holds a status, `every_row` says what all rows are.
    """

    signature: str
    channel: str
    columns: Mapping[str, str]
    words: Mapping[str, State]
    every_row: State
    dates: Dates
    amounts: Amounts


def layout_of(mapping: ColumnMapping) -> Layout:
    """Make the layout that reads a mapped file."""
    words = {text.casefold(): state for text, state in mapping.words.items()}
    if "status" not in mapping.columns:
        words = {"": mapping.every_row}
    return Layout(
        source=_SOURCES.get(mapping.channel, mapping.channel),
        title=mapping.channel,
        columns={fact: (column,) for fact, column in mapping.columns.items()},
        required=frozenset(mapping.columns),
        words=StatusWords(words),
        value=_value,
        channel=lambda _row: mapping.channel,
        paid_at=_paid_at,
        carried=_OF_THE_ORDER & mapping.columns.keys(),
        repeats_order_id=True,
        formats=Formats(_AMOUNTS[mapping.amounts], _TIMES[mapping.dates]),
        cancelled_by_date="cancelled_at" in mapping.columns,
        caution="" if "paid_at" in mapping.columns else NO_PAYMENT_COLUMN,
    )


def _value(row: Row) -> LineValue:
    """Take what the row says was paid, else price times pieces, less what is still to come off."""
    quantity, returned = _pieces(row)
    price = row.rupiah("unit_price")
    omzet = row.rupiah("omzet") if "omzet" in row.places else Rupiah(price * quantity)
    if "discount" in row.places:
        omzet = row.less(omzet, "discount")
    elif price and omzet != price * quantity:
        row.note("omzet", SUBTOTAL_DISAGREES)
    each = price if "unit_price" in row.places else Rupiah(omzet // quantity)
    return LineValue(quantity, returned, each, omzet, seller_omzet_rp=omzet)


def _pieces(row: Row) -> tuple[int, int]:
    """Give pieces bought and come back; without a column for them a row is one piece."""
    if "quantity" in row.places:
        return row.pieces()
    returned = row.count("returned")
    if returned > 1:
        raise row.refusal("returned", MORE_BACK_THAN_BOUGHT)
    return 1, returned


def _paid_at(row: Row) -> dt.datetime | None:
    """Give the time of payment; without a column for it the order's own stands in."""
    if "paid_at" in row.places:
        return row.time("paid_at")
    if row.is_cod() or "created_at" not in row.places:
        return row.time("completed_at")
    return row.time("created_at")
