"""Products and vendors by spreadsheet: out and in again, every wrong cell named, taken whole."""

import io
from dataclasses import replace

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.domain.money import Rupiah
from kiosk.hub.services import product_sheets, vendor_sheets
from kiosk.hub.services.campaigns import NotFoundError, save_campaign
from kiosk.hub.services.products import save_product
from kiosk.hub.services.sheet_cells import (
    ColumnMissingError,
    ColumnTwiceError,
    SheetTooLargeError,
    read_price,
    read_table,
)
from kiosk.hub.services.sheets import (
    SheetEmptyError,
    SheetMovedError,
    SheetNotLastError,
    download,
    drop_sheet,
    dry_run,
    open_sheet,
    read_sheet_in,
    take_sheet,
    undo_sheet,
)
from kiosk.hub.services.undoing import RowChangedError
from kiosk.hub.services.vendors import save_vendor
from kiosk.hub.services.workbooks import write_workbook
from kiosk.hub.storage.campaigns import Campaign
from kiosk.hub.storage.products import CampaignProduct, list_products
from kiosk.hub.storage.sheets import read_sheet_file
from kiosk.hub.storage.tables import audit_trail
from kiosk.hub.storage.vendors import Vendor, list_vendors
from tests.hub.setup.test_windows import MIDNIGHT

VENDOR = Vendor("v", "c", "Wedang", "Ibu Sari", "", "31.74.07.1001", "PPKUKM", 5, None, 725, True)
PRODUCT = CampaignProduct(
    "p", "c", "v", "WB86", "Wedang", "Komplit", "Kuliner", Rupiah(25_000), "pcs", active=True
)
HEAD = "SKU,Produk,Varian,Kategori,Harga (Rp),Satuan,Penjual,Dijual\n"


@pytest.fixture
def friday(store, clock):
    save_campaign(store, clock, "sari", Campaign("c", "Jumat", "", None, MIDNIGHT))
    save_vendor(store, clock, "sari", VENDOR)
    save_product(store, clock, "sari", PRODUCT)
    return store


def read(store, clock, text, kind="products"):
    data = text if isinstance(text, bytes) else text.encode()
    return read_sheet_in(store, clock, "sari", "c", kind, "lembar.csv", data)


def take(store, clock, sheet):
    take_sheet(store, clock, "sari", sheet, dry_run(store, sheet).digest)


def products(store):
    with store.read() as connection:
        return {one.sku: one for one in list_products(connection, "c")}


def vendors(store):
    with store.read() as connection:
        return {one.name: one for one in list_vendors(connection, "c")}


def errors(store, clock, text, kind="products"):
    plan = dry_run(store, read(store, clock, text, kind))
    return [(one.row, one.column, type(one.error).__name__) for one in plan.errors]


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
).filter(lambda text: text.strip())


@settings(max_examples=25, deadline=None)
@given(
    skus=st.lists(WORDS, min_size=1, max_size=6, unique_by=lambda sku: sku.casefold()),
    words=st.tuples(WORDS, st.just("") | WORDS, WORDS),
    price_rp=st.integers(0, 99_999_999),
    unit=st.sampled_from(["pcs", "g"]),
    active=st.booleans(),
    found=st.fixed_dictionaries(
        {
            "barcode": st.sampled_from(["", "0012345678905", "LAPAK-7"]),
            "choices": st.sampled_from([(), ("gula sedikit", "tanpa es")]),
            "stock": st.none() | st.integers(0, 9_999),
            "low_stock": st.none() | st.integers(0, 99),
            "open_price": st.booleans(),
        }
    ),
)
def test_what_goes_out_comes_back_in_as_nothing_changes(skus, words, price_rp, unit, active, found):
    name, variant, category = words
    standing = [
        CampaignProduct(
            sku,
            "c",
            "v",
            sku,
            name,
            variant,
            category,
            Rupiah(price_rp),
            unit,
            active=active,
            **found,
        )
        for sku in skus
    ]
    rows = [product_sheets.product_cells(one, {"v": "=Wedang"}) for one in standing]

    data = write_workbook("Produk", product_sheets.COLUMNS, rows)
    table = read_table("produk.xlsx", data, product_sheets.COLUMNS, product_sheets.KEY)
    plan = product_sheets.plan_rows(
        "c", table, standing, [replace(VENDOR, name="=Wedang"), replace(VENDOR, id="w")]
    )

    assert plan.errors == ()
    assert [row.is_same for row in plan.rows] == [True] * len(skus)
    assert plan.not_mentioned == 0


@pytest.mark.parametrize("kind", ["products", "vendors"])
def test_a_downloaded_sheet_uploaded_as_it_is_changes_nothing(friday, clock, kind):
    save_vendor(friday, clock, "sari", replace(VENDOR, id="w", name="+Jamu", stage=None))
    sheet = read(friday, clock, download(friday, "c", kind, "Lembar"), kind)

    plan = dry_run(friday, sheet)

    assert (plan.errors, plan.added, plan.changed) == ((), [], [])
    assert plan.same == (1 if kind == "products" else 2)
    assert not plan.can_be_taken


def test_a_sheet_adds_and_changes_and_leaves_what_it_does_not_mention(friday, clock):
    save_product(friday, clock, "sari", replace(PRODUCT, id="q", sku="LAMA"))
    text = (
        HEAD
        + "wb86,Wedang,Komplit,Kuliner,30.000,pcs,wedang,ya\nBARU,Jahe,,Kuliner,12rb,kg,Wedang,\n"
    )
    sheet = read(friday, clock, text)
    plan = dry_run(friday, sheet)

    take(friday, clock, sheet)

    assert [(one.column, one.before, one.after) for one in plan.changed[0].changes] == [
        ("Harga (Rp)", 25_000, 30_000)
    ]
    assert (len(plan.added), plan.not_mentioned) == (1, 1)
    found = products(friday)
    assert found["WB86"].price_rp == 30_000
    assert (found["BARU"].price_rp, found["BARU"].unit, found["BARU"].active) == (12_000, "g", True)
    assert found["LAMA"].price_rp == 25_000


def test_a_sheet_brings_barcodes_choices_and_counts_and_its_undo_takes_them_back(friday, clock):
    text = (
        "SKU,Barcode,Pilihan,Stok awal,Stok menipis,Harga bebas\n"
        "WB86,0012345678905,gula sedikit; tanpa es,40,3,ya\n"
    )
    sheet = read(friday, clock, text)

    take(friday, clock, sheet)
    brought = products(friday)["WB86"]
    undo_sheet(friday, clock, "sari", sheet)

    assert brought.barcode == "0012345678905"
    assert brought.choices == ("gula sedikit", "tanpa es")
    assert (brought.stock, brought.low_stock, brought.open_price) == (40, 3, True)
    assert products(friday)["WB86"] == PRODUCT


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Barcode", "0012345678904"),
        ("Barcode", "8.99123E+12"),
        ("Stok awal", "banyak"),
        ("Pilihan", "x" * 41),
    ],
)
def test_a_wrong_barcode_count_or_choice_is_named_in_its_cell(friday, clock, column, cell):
    plan = dry_run(friday, read(friday, clock, f"SKU,{column}\nWB86,{cell}\n"))

    assert [(error.column, error.text) for error in plan.errors] == [(column, cell)]


def test_a_taken_sheet_is_in_the_trail_and_its_file_is_let_go(friday, clock):
    sheet = read(friday, clock, "SKU,Harga\nWB86,30000\n")

    take(friday, clock, sheet)

    with friday.read() as connection:
        actions = list(connection.scalars(select(audit_trail.c.action)))
        assert read_sheet_file(connection, sheet.id) is None
    assert [action for action in actions if "sheet" in action] == ["sheet read", "sheet taken"]
    assert actions.count("product changed") == 1


@pytest.mark.parametrize(
    ("row", "column", "error"),
    [
        ("A,Jahe,,Kuliner,25,pcs,Siapa,ya", "Penjual", "NoSuchVendorError"),
        ("A,Jahe,,Kuliner,25,pcs,,ya", "Penjual", "EmptyCellError"),
        ("A,,,Kuliner,25,pcs,Wedang,ya", "Produk", "EmptyCellError"),
        ("A,Jahe,,Kuliner,37.2,pcs,Wedang,ya", "Harga (Rp)", "PriceError"),
        ("A,Jahe,,Kuliner,-5,pcs,Wedang,ya", "Harga (Rp)", "PriceError"),
        ("A,Jahe,,Kuliner,mahal,pcs,Wedang,ya", "Harga (Rp)", "PriceError"),
        ("A,Jahe,,Kuliner,,pcs,Wedang,ya", "Harga (Rp)", "EmptyCellError"),
        ("A,Jahe,,Kuliner,25,liter,Wedang,ya", "Satuan", "UnitUnknownError"),
        ("A,Jahe,,Kuliner,25,pcs,Wedang,mungkin", "Dijual", "YesOrNoError"),
        (",Jahe,,Kuliner,25,pcs,Wedang,ya", "SKU", "EmptyCellError"),
        ("8.99123E+12,Jahe,,Kuliner,25,pcs,Wedang,ya", "SKU", "LostDigitsError"),
        (f"A,{'J' * 300},,Kuliner,25,pcs,Wedang,ya", "Produk", "CellTooLongError"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(friday, clock, row, column, error):
    assert errors(friday, clock, f"{HEAD}{row}\n") == [(2, column, error)]


def test_a_sku_twice_in_a_sheet_is_named_and_nothing_is_taken(friday, clock):
    text = HEAD + "A,Jahe,,K,1,pcs,Wedang,ya\na,Jahe,,K,1,pcs,Wedang,ya\n"
    sheet = read(friday, clock, text)

    found = errors(friday, clock, text)

    assert found == [(3, "SKU", "RowTwiceError")]
    with pytest.raises(SheetMovedError):
        take(friday, clock, sheet)
    assert set(products(friday)) == {"WB86"}


def test_two_vendors_of_one_name_are_not_guessed_between(friday, clock):
    save_vendor(friday, clock, "sari", replace(VENDOR, id="w"))

    assert errors(friday, clock, HEAD + "A,Jahe,,K,1,pcs,Wedang,ya\n") == [
        (2, "Penjual", "VendorNotCertainError")
    ]


@pytest.mark.parametrize(
    ("text", "price_rp"),
    [
        ("25000", 25_000),
        ("25.000", 25_000),
        ("25,000", 25_000),
        ("25 000", 25_000),
        ("Rp25.000,00", 25_000),
        ("Rp 25.000,-", 25_000),
        ("IDR 25000", 25_000),
        ("25rb", 25_000),
        ("Rp 12,5 ribu", 12_500),
        ("1,5jt", 1_500_000),
        ("1.250.000", 1_250_000),
        ("0", 0),
    ],
)
def test_a_price_is_read_however_it_is_typed(text, price_rp):
    assert read_price(text) == price_rp


def test_a_number_in_a_workbook_must_be_whole_rupiah(friday, clock):
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out)
    page = workbook.add_worksheet()
    page.write_row(0, 0, ["SKU", "Harga (Rp)"])
    page.write_row(1, 0, ["WB86", 30_000.0])
    page.write_row(2, 0, ["wb86 ", 37.2])
    workbook.close()

    plan = dry_run(friday, read(friday, clock, out.getvalue()))

    assert plan.changed[0].after.price_rp == 30_000
    assert [(one.row, one.column) for one in plan.errors] == [(3, "Harga (Rp)"), (3, "SKU")]


def test_vendors_come_by_the_code_of_their_kelurahan(friday, clock):
    text = 'Nama,Pemilik,Kode kelurahan,Kelurahan,Tahap,Komisi (%)\nJamu,Bu Jamu,3174071001,,P3,"7,5"\n'
    sheet = read(friday, clock, text, "vendors")

    take(friday, clock, sheet)
    again = dry_run(friday, read(friday, clock, text, "vendors"))

    jamu = vendors(friday)["Jamu"]
    assert (jamu.kelurahan, jamu.kecamatan) == ("31.74.07.1001", "31.74.07")
    assert (jamu.stage, jamu.commission_basis_points, jamu.active) == (3, 750, True)
    assert (again.same, again.added) == (1, [])


def test_a_sheet_switches_the_amount_in_a_vendors_code_and_leaves_it_without_the_column(
    friday, clock
):
    head, jamu = "Nama,Kode kelurahan,Nominal di QRIS,Rekening\n", "Jamu,31.74.07.1001"

    take(friday, clock, read(friday, clock, f"{head}{jamu},,\n", "vendors"))
    in_a_new_row = vendors(friday)["Jamu"].qris_fills
    take(friday, clock, read(friday, clock, f"{head}{jamu},ya,Bank Contoh 1\n", "vendors"))
    switched = vendors(friday)["Jamu"].qris_fills
    take(friday, clock, read(friday, clock, f"Nama,Kode kelurahan,Tahap\n{jamu},P3\n", "vendors"))

    assert (in_a_new_row, switched) == (False, True)
    assert vendors(friday)["Jamu"].qris_fills is True
    assert vendors(friday)["Jamu"].transfer_account == "Bank Contoh 1"


@pytest.mark.parametrize(
    ("row", "column", "error"),
    [
        (",Jamu,31.74.99.1001,,,,", "Kode kelurahan", "PlaceCodeError"),
        (",Jamu,,,,,", "Kode kelurahan", "EmptyCellError"),
        (",Jamu,31.74.07.1001,Entah,,,", "Kelurahan", "PlaceNameError"),
        (",Jamu,31.74.07.1001,,P9,,", "Tahap", "StageUnknownError"),
        (",Jamu,31.74.07.1001,,,101,", "Komisi (%)", "CommissionError"),
        ("x,Jamu,31.74.07.1001,,,,", "ID", "VendorIdUnknownError"),
    ],
)
def test_a_wrong_vendor_cell_is_named(friday, clock, row, column, error):
    head = "ID,Nama,Kode kelurahan,Kelurahan,Tahap,Komisi,Aktif\n"

    assert errors(friday, clock, head + row + "\n", "vendors") == [(2, column, error)]


def test_the_last_sheet_can_be_undone_and_only_the_last(friday, clock):
    first = read(friday, clock, HEAD + "A,Jahe,,K,1,pcs,Wedang,ya\nWB86,W,,K,9,pcs,Wedang,tidak\n")
    before = products(friday)
    take(friday, clock, first)
    clock.go_on(minutes=1)
    second = read(friday, clock, "SKU,Harga\nA,2\n")
    take(friday, clock, second)

    with pytest.raises(SheetNotLastError):
        undo_sheet(friday, clock, "sari", first)
    undo_sheet(friday, clock, "sari", second)
    undo_sheet(friday, clock, "sari", first)

    assert products(friday) == before


def test_a_row_that_was_changed_since_keeps_its_sheet_from_being_undone(friday, clock):
    sheet = read(friday, clock, HEAD + "A,Jahe,,K,1,pcs,Wedang,ya\nB,Teh,,K,1,pcs,Wedang,ya\n")
    take(friday, clock, sheet)
    changed = products(friday)["A"]
    save_product(friday, clock, "sari", replace(changed, price_rp=Rupiah(7)))

    with pytest.raises(RowChangedError):
        undo_sheet(friday, clock, "sari", sheet)

    assert set(products(friday)) == {"A", "B", "WB86"}


def test_a_vendor_who_has_products_by_now_is_not_taken_away(friday, clock):
    sheet = read(friday, clock, "Nama,Kode kelurahan\nJamu,31.74.07.1001\n", "vendors")
    take(friday, clock, sheet)
    jamu = vendors(friday)["Jamu"]
    save_product(friday, clock, "sari", replace(PRODUCT, id="q", sku="J", vendor=jamu.id))

    with pytest.raises(RowChangedError):
        undo_sheet(friday, clock, "sari", sheet)


def test_what_was_changed_after_it_was_shown_is_shown_again_first(friday, clock):
    sheet = read(friday, clock, "SKU,Harga\nWB86,30000\n")
    shown = dry_run(friday, sheet).digest
    save_product(friday, clock, "sari", replace(PRODUCT, price_rp=Rupiah(1)))

    with pytest.raises(SheetMovedError):
        take_sheet(friday, clock, "sari", sheet, shown)

    assert products(friday)["WB86"].price_rp == 1


def test_a_dropped_sheet_leaves_nothing(friday, clock):
    sheet = read(friday, clock, "SKU,Harga\nWB86,30000\n")

    drop_sheet(friday, clock, "sari", sheet)

    with pytest.raises(NotFoundError):
        open_sheet(friday, "c", "products", sheet.id)
    with pytest.raises(NotFoundError):
        drop_sheet(friday, clock, "sari", sheet)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Nama,Harga\nA,1\n", ColumnMissingError),
        ("SKU,SKU\nA,1\n", ColumnTwiceError),
        ("SKU,Harga\n,\n", SheetEmptyError),
        ("SKU\n" + "A\n" * 5_100, SheetTooLargeError),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused(friday, clock, text, error):
    with pytest.raises(error):
        read(friday, clock, text)


def test_no_cell_of_a_workbook_is_a_formula():
    cells = dict.fromkeys((column.key for column in vendor_sheets.COLUMNS), "=1+1")

    data = write_workbook("Penjual", vendor_sheets.COLUMNS, [cells])
    table = read_table("penjual.xlsx", data, vendor_sheets.COLUMNS, vendor_sheets.KEY)

    assert {table.rows[0].typed(key) for key in cells} == {"=1+1"}
