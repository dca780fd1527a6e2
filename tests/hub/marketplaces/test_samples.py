"""The sample exports come out at their published totals, however the file was written."""

import datetime as dt

import pytest

from kiosk.hub.marketplaces import Order, final, read_export, sementara
from tests.hub.marketplaces.files import (
    EXPECTED,
    HEADERS,
    LEGACY,
    SHOPEE,
    TOKOPEDIA_TIKTOK,
    csv_file,
    rewrite_sheet,
    sample,
    sample_rows,
    with_cell,
    xlsx_file,
)

FRIDAY = dt.date(2026, 11, 20)
DESCRIPTION = [
    "Platform unique order ID.",
    "Current order status.",
    *["Description of the column."] * 63,
]


TOKOPEDIA = EXPECTED["tokopedia_tiktok"]
TOKOPEDIA_TOTALS = {
    "source": "tokopedia_tiktok",
    "problems": (),
    "orders": TOKOPEDIA["orders"],
    "lines": TOKOPEDIA["lines"],
    "paid_orders": TOKOPEDIA["sold_orders_paid"],
    "paid_units": TOKOPEDIA["sold_units_paid"],
    "omzet_rp": TOKOPEDIA["product_omzet_after_discount_paid"],
    "seller_omzet_rp": TOKOPEDIA["seller_omzet_before_platform_discount"],
    "final_units": TOKOPEDIA["completed_only_units"],
}
SHOPEE_TOTALS = {
    "source": "shopee",
    "problems": (),
    "orders": EXPECTED["shopee"]["orders"],
    "lines": EXPECTED["shopee"]["lines"],
    "paid_orders": EXPECTED["shopee"]["sold_orders_paid"],
    "paid_units": EXPECTED["shopee"]["sold_units_paid"],
    "omzet_rp": EXPECTED["shopee"]["product_omzet_paid"],
}


def totals_of(data):
    """Give what is read of an export, as far as its totals are published."""
    export = read_export("pesanan", data)
    paid = sementara(export.orders)
    read = {
        "source": export.source,
        "problems": export.problems,
        "orders": len(export.orders),
        "lines": export.row_count,
        "paid_orders": paid.orders,
        "paid_units": paid.units,
        "omzet_rp": paid.omzet_rp,
    }
    if export.source == "tokopedia_tiktok":
        read["seller_omzet_rp"] = paid.seller_omzet_rp
        read["final_units"] = final(export.orders).units
    return read


def test_the_tokopedia_and_tiktok_sample_has_its_published_totals():
    assert totals_of(sample(TOKOPEDIA_TIKTOK)) == TOKOPEDIA_TOTALS


def test_the_shopee_sample_has_its_published_totals():
    assert totals_of(sample(SHOPEE)) == SHOPEE_TOTALS


def test_the_legacy_tokopedia_sample_has_its_published_totals():
    expected = EXPECTED["tokopedia_legacy_en"]
    export = read_export(LEGACY, sample(LEGACY))

    figures = final(export.orders)

    assert export.source == "tokopedia_legacy"
    assert export.problems == ()
    assert (len(export.orders), export.row_count) == (expected["orders"], expected["lines"])
    assert (figures.orders, figures.units) == (expected["sold_orders"], expected["sold_units"])
    assert figures.omzet_rp == expected["product_omzet"]
    assert export.orders[0].invoice_number == "INV/20201127/XX/XI/700000001"


def test_the_event_of_an_order_is_told_by_its_payment_time_not_its_creation():
    export = read_export(TOKOPEDIA_TIKTOK, sample(TOKOPEDIA_TIKTOK))

    on_friday = [
        order for order in export.orders if order.paid_at and order.paid_at.date() == FRIDAY
    ]

    assert (
        sementara(on_friday).units
        == EXPECTED["tokopedia_tiktok"]["on_friday_20261120_by_paid_time_units"]
    )
    assert export.orders[3].created_at.date() == FRIDAY
    assert export.orders[3].paid_at.isoformat() == "2026-11-21T00:05:00+07:00"


def test_one_file_holds_both_channels_and_the_invoice_number_of_each_tokopedia_order():
    export = read_export(TOKOPEDIA_TIKTOK, sample(TOKOPEDIA_TIKTOK))

    channels = [order.channel for order in export.orders]

    assert channels == ["tokopedia", "tokopedia", "tiktok", "tokopedia", "tokopedia"]
    assert export.orders[0].invoice_number == "INV/20261120/MPL/0000000011"
    assert export.orders[0].order_id == "580000000000000001"
    assert export.orders[1].lines[0].product_name == 'Kain Batik Cap, Motif "Ondel-ondel"'


def test_a_file_is_as_fresh_as_its_newest_time():
    export = read_export(TOKOPEDIA_TIKTOK, sample(TOKOPEDIA_TIKTOK))

    assert export.as_of.isoformat() == "2026-11-23T09:00:00+07:00"


@pytest.mark.parametrize(
    ("name", "buyer"),
    [
        (TOKOPEDIA_TIKTOK, ("p***uji", "P***** U**", "812****", "Kebayoran Baru", "12110")),
        (SHOPEE, ("pembeli_dummy", "P****i", "******01", "Jl. C****", "KOTA JAKARTA")),
        (LEGACY, ("Pembeli Uji",)),
    ],
)
def test_no_buyer_is_carried_out_of_a_file(name, buyer):
    told = repr(read_export(name, sample(name)))

    assert [words for words in buyer if words in told] == []


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_a_csv_file_reads_the_same_with_any_separator_and_encoding(separator, encoding):
    data = csv_file(sample_rows(TOKOPEDIA_TIKTOK), separator, encoding)

    assert totals_of(data) == TOKOPEDIA_TOTALS


def test_the_workbook_with_a_description_row_reads_like_the_csv():
    header, *rows = sample_rows(TOKOPEDIA_TIKTOK)

    assert totals_of(xlsx_file([header, DESCRIPTION, *rows])) == TOKOPEDIA_TOTALS


def test_cells_outside_the_declared_dimension_are_read():
    data = xlsx_file(sample_rows(TOKOPEDIA_TIKTOK))

    truncated = rewrite_sheet(data, rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:B2"/>')

    assert truncated != data
    assert totals_of(truncated) == TOKOPEDIA_TOTALS


def test_a_workbook_saved_again_with_real_numbers_reads_the_same():
    numbers = {
        "Harga Awal",
        "Harga Setelah Diskon",
        "Jumlah",
        "Subtotal Pesanan",
        "Diskon Dari Penjual",
    }
    header, *rows = sample_rows(SHOPEE)

    resaved = [
        [
            float(cell.replace(".", "")) if name in numbers else cell
            for name, cell in zip(header, row, strict=True)
        ]
        for row in rows
    ]

    assert totals_of(xlsx_file([header, *resaved], "orders")) == SHOPEE_TOTALS


def test_a_workbook_saved_again_with_real_dates_reads_the_same():
    header, *rows = sample_rows(SHOPEE)
    times = {"Waktu Pesanan Dibuat", "Waktu Pembayaran Dilakukan"}

    resaved = [
        [
            dt.datetime.fromisoformat(cell) if name in times and cell != "-" else cell
            for name, cell in zip(header, row, strict=True)
        ]
        for row in rows
    ]
    data = xlsx_file([header, *resaved], "orders")

    assert totals_of(data) == SHOPEE_TOTALS
    assert read_export(SHOPEE, data).orders == read_export(SHOPEE, sample(SHOPEE)).orders


def test_a_line_is_matched_by_sku_id_else_by_the_sellers_sku_else_by_name():
    tokopedia = read_export(TOKOPEDIA_TIKTOK, sample(TOKOPEDIA_TIKTOK)).orders[0].lines[0]
    with_sku, without = read_export(SHOPEE, sample(SHOPEE)).orders[0].lines

    assert tokopedia.listing == ("sku_id", "1730000000000000001", "Default")
    assert with_sku.listing == ("seller_sku", "SOJ-BK250", "")
    assert without.listing == ("name", "Sambal Cumi Kebayoran", "Pedas,150gr")


def test_the_header_is_found_below_a_preamble_and_on_a_later_sheet():
    preamble = [["Pesanan Toko"], ["Periode", "20-11-2026"], [], []]

    assert (
        totals_of(xlsx_file([*preamble, *sample_rows(SHOPEE)], "orders", before=2)) == SHOPEE_TOTALS
    )


def test_columns_in_another_order_and_with_careless_spacing_read_the_same():
    rows = [list(reversed(row)) for row in sample_rows(SHOPEE)]
    rows[0] = [f"  {name.upper().replace(' ', '  ')}\u00a0\u200b\t" for name in rows[0]]

    assert totals_of(csv_file(rows)) == SHOPEE_TOTALS


def test_the_older_shopee_file_calls_the_subtotal_by_another_name():
    header, *rows = sample_rows(SHOPEE)
    header[header.index("Subtotal Pesanan")] = "Total Harga Produk"
    newer_only = [header.index("Shipped by Advance Fulfilment"), header.index("Booking SN")]

    older = [
        [cell for place, cell in enumerate(row) if place not in newer_only]
        for row in [header, *rows]
    ]

    assert set(older[0]) <= set(HEADERS["shopee_2023"]) | {"Tipe Pesanan"}
    assert totals_of(csv_file(older)) == SHOPEE_TOTALS


def test_the_english_shopee_file_reads_the_same():
    english = {
        "No. Pesanan": "Order ID",
        "Status Pesanan": "Order Status",
        "Waktu Pesanan Dibuat": "Order Creation Date",
        "Waktu Pembayaran Dilakukan": "Order Paid Time",
        "Nama Produk": "Product Name",
        "Harga Awal": "Original Price",
        "Harga Setelah Diskon": "Deal Price",
        "Jumlah": "Quantity",
        "Subtotal Pesanan": "Product Subtotal",
        "Waktu Pesanan Selesai": "Order Complete Time",
        "Selesai": "Completed",
        "Batal": "Cancelled",
        "Perlu Dikirim": "To ship",
        "Sedang Dikirim": "Shipping",
        "Belum Bayar": "Unpaid",
    }

    rows = [[english.get(cell, cell) for cell in row] for row in sample_rows(SHOPEE)]

    assert totals_of(csv_file(rows)) == SHOPEE_TOTALS


def test_the_english_seller_center_reads_the_same():
    english = {
        "Selesai": "Completed",
        "Dibatalkan": "Canceled",
        "Perlu dikirim": "To ship",
        "Belum dibayar": "Unpaid",
    }

    rows = [[english.get(cell, cell) for cell in row] for row in sample_rows(TOKOPEDIA_TIKTOK)]

    assert totals_of(csv_file(rows)) == TOKOPEDIA_TOTALS


def test_two_identical_shopee_rows_are_two_sales():
    export = read_export(SHOPEE, sample(SHOPEE))

    order = next(order for order in export.orders if order.order_id == "261120DUMMY05")

    assert [line.n for line in order.lines] == [1, 2]
    assert sementara([order]).units == 2


def test_a_signature_names_the_columns_and_not_their_order():
    rows = sample_rows(SHOPEE)
    turned = csv_file([list(reversed(row)) for row in rows])
    renamed = csv_file(with_cell(rows, 0, "Catatan", "Catatan Penjual"))

    signatures = [
        read_export(SHOPEE, data).source_version for data in (sample(SHOPEE), turned, renamed)
    ]

    assert signatures[0] == signatures[1] != signatures[2]


def test_every_order_of_the_samples_knows_where_it_came_from():
    orders: list[Order] = []
    for name in (TOKOPEDIA_TIKTOK, SHOPEE, LEGACY):
        orders += read_export(name, sample(name)).orders

    assert all(order.order_id and order.source and order.lines for order in orders)
    assert all(line.state != "unknown" for order in orders for line in order.lines)
