"""What an order is worth: returns, refunds, states, and the two ways to count."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.money import Rupiah
from kiosk.hub.marketplaces import OrderLine, final, read_export, reader, reasons, sementara
from kiosk.hub.marketplaces.cells import IDENTIFIER_TOO_LONG, NOT_A_COUNT
from kiosk.hub.marketplaces.orders import combined_state
from tests.hub.marketplaces.files import (
    HEADERS,
    SHOPEE,
    TOKOPEDIA_TIKTOK,
    classic_rows,
    csv_file,
    lazada_rows,
    sample_rows,
    with_cell,
    xlsx_file,
)


def line(quantity: int, returned: int, omzet_rp: int) -> OrderLine:
    return OrderLine(
        n=1,
        state="completed",
        marketplace_sku_id="",
        seller_sku="",
        product_name="Keripik Tempe",
        variation="",
        quantity=quantity,
        returned_quantity=returned,
        unit_price_rp=Rupiah(omzet_rp // quantity),
        omzet_rp=Rupiah(omzet_rp),
        seller_omzet_rp=Rupiah(omzet_rp),
    )


@given(st.data(), st.integers(1, 500), st.integers(0, 10_000_000))
def test_what_came_back_and_what_stayed_are_the_whole_line(data, quantity, omzet_rp):
    returned = data.draw(st.integers(0, quantity))

    net_rp = line(quantity, returned, omzet_rp).net_omzet_rp

    assert net_rp == omzet_rp - omzet_rp * returned // quantity
    assert 0 <= net_rp <= omzet_rp
    assert line(quantity, quantity, omzet_rp).net_omzet_rp == 0
    assert line(quantity, 0, omzet_rp).net_omzet_rp == omzet_rp


@pytest.mark.parametrize(
    ("quantity", "returned", "omzet_rp"), [(0, 0, 5), (1, 2, 5), (1, -1, 5), (1, 0, -5)]
)
def test_an_impossible_line_cannot_be_made(quantity, returned, omzet_rp):
    with pytest.raises(ValueError, match=r"come back|negative"):
        OrderLine(
            1, "paid", "", "", "", "", quantity, returned, Rupiah(1), Rupiah(omzet_rp), Rupiah(1)
        )


def test_an_order_is_in_the_state_of_what_is_left_of_it():
    assert combined_state(["completed", "cancelled"]) == "completed"
    assert combined_state(["completed", "paid"]) == "paid"
    assert combined_state(["cancelled", "cancelled"]) == "cancelled"
    assert combined_state(["completed", "unknown"]) == "unknown"
    assert combined_state([]) == "unknown"


def test_an_unknown_status_is_shown_and_is_in_no_total():
    rows = with_cell(sample_rows(SHOPEE), 5, "Status Pesanan", "Menunggu Hujan")

    export = read_export(SHOPEE, csv_file(rows))

    (problem,) = export.problems
    order = next(order for order in export.orders if order.order_id == "261120DUMMY04")
    assert (problem.row, problem.column, problem.text) == (6, "Status Pesanan", "Menunggu Hujan")
    assert problem.reason == reasons.UNKNOWN_STATUS
    assert order.state == "unknown"
    assert sementara([order]).units == 2


def test_a_shopee_order_received_but_still_returnable_is_paid_and_not_final():
    status = "Pesanan diterima, namun Pembeli masih dapat mengajukan pengembalian hingga 2026-11-28"
    rows = with_cell(sample_rows(SHOPEE), 7, "Status Pesanan", status)

    export = read_export(SHOPEE, csv_file(rows))

    assert export.problems == ()
    assert sementara(export.orders).units == 14


def test_a_row_with_money_nobody_can_read_is_left_out_and_shown():
    rows = with_cell(sample_rows(SHOPEE), 1, "Subtotal Pesanan", "37.2")

    export = read_export(SHOPEE, csv_file(rows))

    (problem,) = export.problems
    assert (problem.row, problem.column, problem.text, problem.counted) == (
        2,
        "Subtotal Pesanan",
        "37.2",
        False,
    )
    assert sementara(export.orders).units == 12


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("Quantity", "0", reasons.NO_PIECES),
        ("Sku Quantity of return", "9", reasons.MORE_BACK_THAN_BOUGHT),
        ("SKU Subtotal After Discount", "-45000", reasons.NEGATIVE_AMOUNT),
        ("SKU Seller Discount", "60000", reasons.NEGATIVE_AMOUNT),
        ("Order ID", "\t", reasons.NO_ORDER_NUMBER),
        ("SKU ID", "7" * 200, IDENTIFIER_TOO_LONG),
        ("Quantity", "dua", NOT_A_COUNT),
    ],
)
def test_an_impossible_row_is_left_out_and_shown(column, text, reason):
    rows = with_cell(sample_rows(TOKOPEDIA_TIKTOK), 1, column, text)

    export = read_export(TOKOPEDIA_TIKTOK, csv_file(rows))

    assert [(problem.row, problem.reason, problem.counted) for problem in export.problems] == [
        (2, reason, False)
    ]
    assert sementara(export.orders).units == 5


def test_a_refund_without_returned_pieces_comes_off_the_omzet_and_not_off_the_units():
    rows = sample_rows(TOKOPEDIA_TIKTOK)
    for number in (1, 2):
        rows = with_cell(rows, number, "Order Refund Amount", "10300")

    export = read_export(TOKOPEDIA_TIKTOK, csv_file(rows))

    figures = sementara(export.orders)
    assert (figures.units, figures.omzet_rp) == (7, 198_000 - 10_300)
    assert [each.refunded_rp for each in export.orders[0].lines] == [4_500, 5_800]
    assert export.problems[0].reason == reasons.MONEY_BACK_ONLY
    assert export.orders[0].refund_rp == 10_300


def test_a_refund_larger_than_the_goods_takes_the_goods_and_no_more():
    rows = with_cell(sample_rows(TOKOPEDIA_TIKTOK), 5, "Order Refund Amount", "56000")

    export = read_export(TOKOPEDIA_TIKTOK, csv_file(rows))

    assert sementara(export.orders).omzet_rp == 198_000 - 45_000


@pytest.mark.parametrize(
    ("quantity", "reason", "units"),
    [("2", reasons.SAME_ROW_TWICE, 7), ("3", reasons.ROWS_DISAGREE, 7)],
)
def test_a_tokopedia_order_and_sku_given_twice_counts_once(quantity, reason, units):
    rows = sample_rows(TOKOPEDIA_TIKTOK)
    rows.append(with_cell(rows, 1, "Quantity", quantity)[1])

    export = read_export(TOKOPEDIA_TIKTOK, csv_file(rows))

    assert [problem.reason for problem in export.problems] == [reason]
    assert sementara(export.orders).units == units


PIECES = st.integers(1, 20).flatmap(lambda q: st.tuples(st.just(q), st.integers(0, q)))
STATUSES = {
    "Selesai": "completed",
    "Dikirim": "paid",
    "Dibatalkan": "cancelled",
    "Belum dibayar": "unpaid",
}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 6), PIECES, st.integers(0, 2_000_000), st.booleans()), max_size=12
    ),
    st.lists(st.sampled_from(sorted(STATUSES)), min_size=6, max_size=6),
    st.randoms(use_true_random=False),
)
def test_totals_are_the_sum_of_the_lines_in_any_order_and_any_spelling(drawn, statuses, shuffler):
    header, pattern, *_ = sample_rows(TOKOPEDIA_TIKTOK)
    rows, units, omzet_rp = [], 0, 0
    for number, ((order, (quantity, returned), amount, dotted)) in enumerate(drawn):
        spelt = f"Rp {amount:,}".replace(",", ".") if dotted else str(amount)
        cells = dict(zip(header, pattern, strict=True)) | {
            "Order ID": f"58000000000000000{order}\t",
            "Order Status": statuses[order - 1],
            "SKU ID": f"17300000000000000{number:02d}\t",
            "Quantity": str(quantity),
            "Sku Quantity of return": str(returned),
            "SKU Subtotal After Discount": spelt,
        }
        rows.append([cells[name] for name in header])
        if STATUSES[statuses[order - 1]] in ("paid", "completed"):
            units += quantity - returned
            omzet_rp += amount - amount * returned // quantity
    shuffler.shuffle(rows)

    figures = sementara(read_export("x", csv_file([header, *rows])).orders)

    assert (figures.units, figures.omzet_rp) == (units, omzet_rp)


def test_rows_of_one_order_may_stand_apart():
    header, first, *rest = sample_rows(TOKOPEDIA_TIKTOK)

    export = read_export(TOKOPEDIA_TIKTOK, csv_file([header, *rest, first]))

    assert len(export.orders) == 5
    assert sementara(export.orders).omzet_rp == 198_000


def test_an_order_to_be_paid_at_the_door_is_not_paid_until_it_is():
    rows = with_cell(sample_rows(TOKOPEDIA_TIKTOK), 5, "Paid Time", "\t")
    on_its_way = with_cell(rows, 5, "Payment Method", "Bayar di Tempat (COD)")
    delivered = with_cell(on_its_way, 5, "Order Status", "Selesai")

    exports = [
        read_export(TOKOPEDIA_TIKTOK, csv_file(each)) for each in (rows, on_its_way, delivered)
    ]

    assert [export.orders[3].state for export in exports] == ["paid", "unpaid", "completed"]
    assert [problem.reason for problem in exports[0].problems] == [reasons.NO_PAYMENT_TIME]
    assert exports[1].problems == exports[2].problems == ()
    assert exports[2].orders[3].cod


def test_a_time_that_cannot_be_read_leaves_the_row_in_and_is_shown():
    rows = with_cell(sample_rows(TOKOPEDIA_TIKTOK), 5, "Created Time", "11/20/2026 09:00:00 PM")

    export = read_export(TOKOPEDIA_TIKTOK, csv_file(rows))

    assert [(problem.column, problem.counted) for problem in export.problems] == [
        ("Created Time", True)
    ]
    assert sementara(export.orders).units == 7


def test_files_from_before_the_merger_are_tiktok_and_lack_later_columns():
    header, *rows = sample_rows(TOKOPEDIA_TIKTOK)
    later = {"Tokopedia Invoice Number", "Order Channel", "Creator Handle", "Purchase Channel"}
    kept = [place for place, name in enumerate(header) if name not in later]

    export = read_export("x", csv_file([[row[place] for place in kept] for row in [header, *rows]]))

    assert {order.channel for order in export.orders} == {"tiktok"}
    assert sementara(export.orders).units == 7


def test_a_price_that_lost_its_thousands_is_shown():
    rows = sample_rows(SHOPEE)
    for column in ("Harga Awal", "Harga Setelah Diskon", "Subtotal Pesanan"):
        rows = with_cell(rows, 2, column, "35")

    export = read_export(SHOPEE, csv_file(rows))

    assert [(problem.row, problem.reason) for problem in export.problems] == [
        (3, reasons.PRICE_TOO_SMALL)
    ]


def test_an_agreed_shopee_return_without_pieces_is_shown():
    rows = with_cell(sample_rows(SHOPEE), 4, "Returned quantity", "0")

    export = read_export(SHOPEE, csv_file(rows))

    assert [problem.reason for problem in export.problems] == [reasons.RETURN_WITHOUT_PIECES]


def test_a_return_noted_without_pieces_or_refund_is_shown():
    rows = with_cell(sample_rows(TOKOPEDIA_TIKTOK), 5, "Cancelation/Return Type", "Return/Refund")

    export = read_export(TOKOPEDIA_TIKTOK, csv_file(rows))

    assert [problem.reason for problem in export.problems] == [reasons.RETURN_WITHOUT_PIECES]
    assert sementara(export.orders).units == 7


def test_a_channel_nobody_knows_is_taken_from_the_invoice_and_shown():
    rows = with_cell(sample_rows(TOKOPEDIA_TIKTOK), 4, "Purchase Channel", "Live")
    rows = with_cell(rows, 5, "Purchase Channel", "Live")

    export = read_export(TOKOPEDIA_TIKTOK, csv_file(rows))

    assert [order.channel for order in export.orders[2:4]] == ["tiktok", "tokopedia"]
    assert [problem.reason for problem in export.problems] == [reasons.UNKNOWN_CHANNEL] * 2


def test_a_shopee_subtotal_that_is_not_price_times_pieces_is_shown():
    rows = with_cell(sample_rows(SHOPEE), 1, "Subtotal Pesanan", "70.000")

    export = read_export(SHOPEE, csv_file(rows))

    assert [problem.reason for problem in export.problems] == [reasons.SUBTOTAL_DISAGREES]


def classic_order(**cells: str) -> dict[str, str]:
    return {
        "Nomor Invoice": "INV/20241120/MPL/1",
        "Tanggal Pembayaran": "20-11-2024 09:00:00",
        "Status Terakhir": "Pesanan Selesai",
        "Tanggal Pesanan Selesai": "22-11-2024",
        "Waktu Pesanan Selesai": "10:00:00",
        "Nama Produk": "Wedang Komplit",
        "Nomor SKU": "WB86",
        "Jumlah Produk Dibeli": "3",
        "Harga Jual (IDR)": "25000",
        "Total Penjualan (IDR)": "999000",
        "COD": "-",
    } | {name.replace("_", " "): text for name, text in cells.items()}


def classic_line(**cells: str) -> dict[str, str]:
    return {
        "Nama Produk": "Bir Pletok",
        "Jumlah Produk Dibeli": "2",
        "Harga Jual (IDR)": "35000",
    } | {name.replace("_", " "): text for name, text in cells.items()}


def test_a_classic_order_carries_its_own_cells_down_and_no_others():
    rows = classic_rows([classic_order(), classic_line(Jumlah_Produk_Yang_Dikurangkan="1")])

    export = read_export("laporan", xlsx_file(rows, "Laporan Penjualan"))

    (order,) = export.orders
    assert export.source == "tokopedia_classic"
    assert order.invoice_number == order.order_id == "INV/20241120/MPL/1"
    assert order.completed_at.isoformat() == "2024-11-22T10:00:00+07:00"
    assert [each.seller_sku for each in order.lines] == ["WB86", ""]
    assert final(export.orders).omzet_rp == 75_000 + 35_000
    assert final(export.orders).units == 4
    assert export.problems == ()


def test_a_classic_reduction_in_money_that_fits_no_pieces_is_shown():
    order = classic_order(Jumlah_Produk_Yang_Dikurangkan="1") | {"Total Pengurangan (IDR)": "20000"}

    export = read_export("laporan", xlsx_file(classic_rows([order])))

    assert [problem.reason for problem in export.problems] == [reasons.REDUCTION_DISAGREES]
    assert final(export.orders).omzet_rp == 50_000


def test_a_legacy_discount_is_shown_because_nobody_knows_what_it_was_taken_off():
    header = HEADERS["tokopedia_legacy_en"]
    cells = {
        "Order ID": 900000001.0,
        "Invoice": "INV/1",
        "Payment Date": "27-11-2020 08:10:00",
        "Order Status": "Transaksi selesai..\nDana akan diteruskan ke penjual.",
        "Product Name": "Kopi",
        "Quantity": 2.0,
        "Price (Rp.)": "Rp 45.000",
        "Discount Amount (Rp.)": "Rp 5.000",
    }

    export = read_export("x", xlsx_file([header, [cells.get(name, "") for name in header]]))

    assert [problem.reason for problem in export.problems] == [reasons.DISCOUNT_NOT_TAKEN_OFF]
    assert (export.orders[0].order_id, final(export.orders).omzet_rp) == ("900000001", 90_000)


@pytest.mark.parametrize(
    "cells",
    [{"Status_Terakhir": "Dibatalkan oleh Sistem"}, {"Tanggal_Pesanan_Dibatalkan": "21-11-2024"}],
)
def test_a_cancelled_classic_order_takes_all_its_lines_and_not_the_next_order_along(cells):
    after = classic_order(Nomor_Invoice="INV/20241120/MPL/2")
    rows = classic_rows([classic_order(**cells), classic_line(), after, classic_line()])

    export = read_export("laporan", xlsx_file(rows))

    assert [order.state for order in export.orders] == ["cancelled", "completed"]
    assert sementara(export.orders).units == 5


def test_a_classic_line_before_any_order_is_shown():
    export = read_export("laporan", xlsx_file(classic_rows([classic_line(), classic_order()])))

    assert [(problem.row, problem.reason) for problem in export.problems] == [
        (6, reasons.NO_ORDER_NUMBER)
    ]


def lazada_item(number: int, **cells: str) -> dict[str, str]:
    return {
        "orderItemId": f"90000000{number}",
        "orderNumber": "700000001",
        "sellerSku": "KRP",
        "lazadaSku": "123_ID-1",
        "itemName": "Keripik Tempe",
        "createTime": "20 Nov 2026 10:00",
        "paidPrice": "12000.00",
        "unitPrice": "12500.00",
        "sellerDiscountTotal": "-500.00",
        "status": "delivered",
        "payMethod": "MIXEDCARD",
    } | cells


def test_every_lazada_row_is_a_piece_with_a_state_of_its_own():
    items = [
        lazada_item(1),
        lazada_item(2, status="confirmed"),
        lazada_item(3, status="returned"),
        lazada_item(2),
    ]

    export = read_export("lazada", xlsx_file(lazada_rows(items)))

    (order,) = export.orders
    assert [each.state for each in order.lines] == ["paid", "completed", "cancelled"]
    assert order.state == "paid"
    assert order.paid_at.isoformat() == "2026-11-20T10:00:00+07:00"
    assert sementara(export.orders) == type(sementara([]))(1, 2, 24_000, 24_000)
    assert [problem.reason for problem in export.problems] == [
        reasons.NO_PAYMENT_COLUMN,
        reasons.ROWS_DISAGREE,
    ]


def test_a_lazada_row_of_several_pieces_is_counted_as_given_and_shown():
    export = read_export("lazada", csv_file(lazada_rows([lazada_item(1, QTY="2")])))

    assert [problem.reason for problem in export.problems][1:] == [reasons.QUANTITY_IN_A_UNIT_ROW]
    assert sementara(export.orders).units == 2


def test_a_lazada_order_paid_at_the_door_was_paid_on_delivery():
    items = [lazada_item(1, payMethod="COD", deliveredDate="22 Nov 2026 11:00"), lazada_item(2)]

    export = read_export("lazada", csv_file(lazada_rows(items)))

    assert export.orders[0].cod
    assert export.orders[0].paid_at.isoformat() == "2026-11-22T11:00:00+07:00"


def test_row_numbers_are_those_of_the_spreadsheet_across_quoted_line_breaks():
    rows = with_cell(sample_rows(SHOPEE), 1, "Catatan dari Pembeli", "tolong\ndibungkus\nrapi")
    rows = with_cell(rows, 9, "Status Pesanan", "Entah")
    rows.insert(3, [])

    export = read_export(SHOPEE, csv_file(rows))

    assert [problem.row for problem in export.problems] == [11]


def test_the_defaults_allow_a_hundred_thousand_rows():
    assert reader.DEFAULT_LIMITS.rows >= 100_000
