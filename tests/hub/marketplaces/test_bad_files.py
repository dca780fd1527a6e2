"""Files that are not what they should be: each is refused by what is wrong with it."""

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.hub.marketplaces import (
    FileTooLargeError,
    Limits,
    MissingColumnsError,
    RoundedIdsError,
    TooManyRowsError,
    UnknownExportError,
    read_export,
    sementara,
)
from kiosk.hub.marketplaces.archive import (
    BrokenSpreadsheetError,
    FormulasError,
    NoWorkbookError,
    ProtectedSpreadsheetError,
    SheetTooWideError,
)
from kiosk.hub.marketplaces.recognise import SeveralSheetsError
from kiosk.hub.marketplaces.rows import (
    BrokenRowError,
    EmptyFileError,
    NotASpreadsheetError,
    OldSpreadsheetError,
    WrongEncodingError,
)
from tests.hub.marketplaces.files import (
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


def zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"<!DOCTYPE html><html><body>Masuk</body></html>", "HTML"),
        (b"\xef\xbb\xbf  <table><tr><td>Order ID", "HTML"),
        (b"MZ\x90\x00\x03", "binary"),
    ],
)
def test_another_kind_of_file_is_named_whatever_it_is_called(data, kind):
    with pytest.raises(NotASpreadsheetError) as refused:
        read_export("Order.all.xlsx", data)

    assert refused.value.kind == kind
    assert "Order.all.xlsx" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFileError),
        (b"\xef\xbb\xbf\r\n\r\n", EmptyFileError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OldSpreadsheetError),
        (b"No. Pesanan;Status" + b"\xe9\xff", WrongEncodingError),
        (b"PK\x03\x04 and nothing more", BrokenSpreadsheetError),
        (zip_of(word__document_xml=b"<w/>"), NoWorkbookError),
        (zip_of(xl__workbook_xml=b"<workbook/>"), BrokenSpreadsheetError),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, error):
    with pytest.raises(error):
        read_export("orders.csv", data)


def test_a_workbook_cut_anywhere_is_refused_and_never_half_read():
    whole = sample(LEGACY)

    for length in range(4, len(whole), 97):
        with pytest.raises(KioskError):
            read_export(LEGACY, whole[:length])


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_workbook_is_refused_or_reads_as_an_export(data):
    whole = bytearray(sample(LEGACY))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))

    try:
        export = read_export(LEGACY, bytes(whole))
    except KioskError:
        return

    assert export.source == "tokopedia_legacy"


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_reason(data):
    with pytest.raises(KioskError):
        read_export("apa.csv", data)


def test_a_bomb_is_refused_before_it_is_opened():
    bomb = zip_of(
        xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=bytes(4 * 1024 * 1024)
    )

    assert len(bomb) < 10_000
    with pytest.raises(FileTooLargeError):
        read_export("bom.xlsx", bomb, Limits(unpacked_bytes=1024 * 1024))


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = zip_of(
        xl__workbook_xml=b"<workbook/>", xl__worksheets__sheet1_xml=bytes(4 * 1024 * 1024)
    )
    told = (4 * 1024 * 1024).to_bytes(4, "little")

    lying = bomb.replace(told, (100).to_bytes(4, "little"))

    assert lying != bomb
    with pytest.raises(BrokenSpreadsheetError):
        read_export("bom.xlsx", lying, Limits(unpacked_bytes=1024 * 1024))


def test_a_workbook_with_a_locked_part_is_refused():
    locked = bytearray(zip_of(xl__workbook_xml=b"<workbook/>"))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(ProtectedSpreadsheetError):
        read_export("terkunci.xlsx", bytes(locked))


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        (b'<c r="XFD2" t="n"><v>1</v></c>', SheetTooWideError),
        (b'<c t="n" r="DA2"><v>1</v></c>', SheetTooWideError),
        (b'<c r="A1048576" t="n"><v>1</v></c>', TooManyRowsError),
        (b'</row><row r="1048576"><c><v>1</v></c>', TooManyRowsError),
        (b"<c><v>1</v></c>" * 400, SheetTooWideError),
    ],
)
def test_a_cell_far_away_is_refused_before_the_sheet_is_laid_out(cell, error):
    data = rewrite_sheet(
        xlsx_file([["a", "b"], ["c", "d"]]), rb"</row></sheetData>", cell + b"</row></sheetData>"
    )

    with pytest.raises(error):
        read_export("jauh.xlsx", data)


def test_a_styled_last_row_without_cells_does_no_harm():
    data = rewrite_sheet(
        xlsx_file(sample_rows(SHOPEE)),
        rb"</sheetData>",
        b'<row r="1048576" ht="12.8"></row></sheetData>',
    )

    assert sementara(read_export(SHOPEE, data).orders).units == 14


def test_a_file_over_the_limits_is_refused():
    data = sample(SHOPEE)

    with pytest.raises(FileTooLargeError):
        read_export(SHOPEE, data, Limits(file_bytes=1000))
    with pytest.raises(TooManyRowsError):
        read_export(SHOPEE, data, Limits(rows=8))
    assert read_export(SHOPEE, data, Limits(rows=9)).row_count == 9


@pytest.mark.parametrize("name", [TOKOPEDIA_TIKTOK, SHOPEE])
def test_a_header_without_rows_is_an_export_of_no_orders(name):
    export = read_export(name, csv_file(sample_rows(name)[:1]))

    assert (export.orders, export.problems, export.row_count, export.as_of) == ((), (), 0, None)


def test_a_missing_column_is_named_in_the_words_of_the_export():
    rows = with_cell(sample_rows(TOKOPEDIA_TIKTOK), 0, "Sku Quantity of return", "Dihapus")

    with pytest.raises(MissingColumnsError) as refused:
        read_export(TOKOPEDIA_TIKTOK, csv_file(rows))

    assert refused.value.missing == ("Sku Quantity of return",)
    assert "“Sku Quantity of return”" in str(refused.value)


def test_an_unknown_export_is_told_by_its_columns_and_the_known_ones_are_listed():
    with pytest.raises(UnknownExportError) as refused:
        read_export("stok.csv", b"Gudang;Rak;Isi\n1;2;3\n")

    assert refused.value.seen == ("Gudang", "Rak", "Isi")
    assert "Shopee: Order.all" in refused.value.known
    assert "Gudang, Rak, Isi" in str(refused.value)
    assert len(refused.value.signature) == 16


def test_orders_on_two_sheets_are_refused_and_never_half_counted():
    workbook = io.BytesIO()
    with xlsxwriter.Workbook(workbook) as book:
        for sheet in ("orders", "orders (2)"):
            worksheet = book.add_worksheet(sheet)
            for number, row in enumerate(sample_rows(SHOPEE)):
                worksheet.write_row(number, 0, row)

    with pytest.raises(SeveralSheetsError) as refused:
        read_export(SHOPEE, workbook.getvalue())

    assert refused.value.sheets == ("orders", "orders (2)")


@pytest.mark.parametrize("text", ["5,8E+17", "5.8E+17"])
def test_ids_that_a_spreadsheet_rounded_refuse_the_whole_file(text):
    rows = with_cell(sample_rows(TOKOPEDIA_TIKTOK), 3, "Order ID", text)

    with pytest.raises(RoundedIdsError) as refused:
        read_export(TOKOPEDIA_TIKTOK, csv_file(rows))

    assert refused.value.row == 4


def test_ids_saved_as_real_numbers_refuse_the_whole_file():
    header, *rows = sample_rows(TOKOPEDIA_TIKTOK)
    numbers = [[float(row[0]), *row[1:]] for row in rows]

    with pytest.raises(RoundedIdsError):
        read_export(TOKOPEDIA_TIKTOK, xlsx_file([header, *numbers]))


def test_ids_that_all_end_in_a_spreadsheets_zeros_refuse_the_whole_file():
    header, *rows = sample_rows(TOKOPEDIA_TIKTOK)
    sku = header.index("SKU ID")
    for row in rows:
        row[0], row[sku] = f"{row[0].strip()[:15]}000", f"{row[sku].strip()[:15]}0000"

    with pytest.raises(RoundedIdsError):
        read_export(TOKOPEDIA_TIKTOK, csv_file([header, *rows]))


def test_a_quotation_mark_that_is_never_closed_swallows_no_orders():
    text = sample(SHOPEE).decode()

    broken = text.replace(",Keripik Tempe Sagu,", ',"Keripik Tempe Sagu,', 1)

    with pytest.raises(BrokenRowError) as refused:
        read_export(SHOPEE, broken.encode())
    assert refused.value.row == 6


def test_a_cell_that_never_ends_is_refused_at_its_row():
    rows = with_cell(sample_rows(SHOPEE), 3, "Catatan dari Pembeli", "x" * 200_000)

    with pytest.raises(BrokenRowError) as refused:
        read_export(SHOPEE, csv_file(rows))

    assert refused.value.row == 4


@pytest.mark.parametrize("value", ["", 2, "#NAME?"])
def test_a_workbook_that_reckons_is_refused_whatever_its_formulas_gave(value):
    workbook = io.BytesIO()
    with xlsxwriter.Workbook(workbook) as book:
        worksheet = book.add_worksheet("orders")
        for number, row in enumerate(sample_rows(SHOPEE)):
            worksheet.write_row(number, 0, row)
        worksheet.write_formula(3, sample_rows(SHOPEE)[0].index("Jumlah"), "=1+1", None, value)

    with pytest.raises(FormulasError):
        read_export(SHOPEE, workbook.getvalue())


def test_cells_merged_by_hand_count_as_they_stand_and_a_row_without_its_cells_is_shown():
    rows = sample_rows(SHOPEE)
    merged = [rows[0], *rows[1:3], ["", *rows[3][1:]], *rows[4:]]

    export = read_export(SHOPEE, xlsx_file([["Laporan gabungan"], *merged]))

    left_out = [problem for problem in export.problems if not problem.counted]
    assert [(problem.row, problem.column) for problem in left_out] == [(5, "No. Pesanan")]
    assert sum(len(order.lines) for order in export.orders) == len(rows) - 2


@pytest.mark.parametrize("name", [TOKOPEDIA_TIKTOK, SHOPEE])
def test_two_files_pasted_together_count_no_order_twice(name):
    rows = sample_rows(name)

    pasted = read_export(name, csv_file([*rows, *rows]))

    assert sementara(pasted.orders) == sementara(read_export(name, csv_file(rows)).orders)
    assert len(pasted.problems) == len(rows) - 1


def test_rows_that_are_cut_off_are_shown_and_none_counts_as_sold_for_nothing():
    rows = sample_rows(TOKOPEDIA_TIKTOK)

    export = read_export("putus.csv", csv_file([rows[0], *(row[:10] for row in rows[1:])]))

    assert export.orders == ()
    assert len(export.problems) == len(rows) - 1


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_saved_again_in_another_way_reads_the_same(separator, encoding):
    data = csv_file(sample_rows(SHOPEE), separator, encoding)

    assert sementara(read_export(SHOPEE, data).orders).units == 14


def test_a_name_that_looks_like_a_formula_stays_a_name():
    name = "=HYPERLINK(0)+cmd|' /C calc'!A0"
    rows = with_cell(sample_rows(SHOPEE), 1, "Nama Produk", name)

    orders = read_export(SHOPEE, xlsx_file(rows)).orders

    assert orders[0].lines[0].product_name == name


def test_a_cell_of_ten_thousand_characters_is_cut_and_harms_nobody():
    rows = with_cell(sample_rows(SHOPEE), 1, "Nama Produk", "Wedang " * 1_500)

    export = read_export(SHOPEE, csv_file(rows))

    assert len(export.orders[0].lines[0].product_name) == 500
    assert sementara(export.orders).units == 14
