"""Monthly statements, the recap of events and the year's omzet, as people take them away."""

import io
import zipfile

import openpyxl
import pypdfium2

from kiosk.hub.services.accounts import add_user
from kiosk.hub.services.ingest import receive_segment
from kiosk.hub.storage.scope import Scope
from kiosk.hub.web.tables import TABLES
from tests.hub.services.building import (
    CAMPAIGN,
    EVENT,
    KEYS,
    VENDOR,
    Journal,
    line,
    refund,
    sale,
    set_up,
)
from tests.hub.web.conftest import signed_in
from tests.hub.web.steps import PASSWORD, Organiser, figures, read_csv

REPORTS = f"/campaigns/{CAMPAIGN}/reports"


def sell(store, clock):
    journal = Journal()
    sold = journal.add("sale", sale([line(qty=10)]), at="2026-10-02T10:00:00.000+07:00")
    journal.add("sale", sale([line(qty=5)]), at="2026-11-20T10:00:00.000+07:00")
    back = refund(sold, [(1, 1, 12_000)])
    journal.add("refund", back, at="2026-11-20T11:00:00.000+07:00")
    receive_segment(store, clock, KEYS, journal.segment())


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def cells(workbook):
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return {name: [list(row) for row in book[name].values] for name in book.sheetnames}


def test_a_statement_counts_its_month_and_the_year_up_to_it(store, clock, organiser):
    set_up(store)
    sell(store, clock)

    page = organiser.get(f"{REPORTS}/statements?month=2026-11")
    pdf = organiser.client.get(f"{REPORTS}/statements/2026-11/{VENDOR}.pdf").data
    october = text_of(organiser.client.get(f"{REPORTS}/statements/2026-10/{VENDOR}.pdf").data)

    assert figures(page)[1][:5] == ["Wedang Sari", "4", "48.000", "48.000", "168.000"]
    november = text_of(pdf)
    assert "Laporan penjualan November 2026" in november
    assert "Bahan laporan keuangan" in november
    assert "Rp48.000" in november
    assert "mencapai Rp168.000" in november
    assert "mencapai Rp120.000" in october


def test_all_statements_of_a_month_come_in_one_zip(store, clock, organiser):
    set_up(store)
    sell(store, clock)

    packed = organiser.client.get(f"{REPORTS}/statements/2026-11.zip").data

    archive = zipfile.ZipFile(io.BytesIO(packed))
    assert archive.namelist() == ["001-wedang-sari-2026-11.pdf", "001-wedang-sari-2026-11.xlsx"]
    sheets = cells(archive.read("001-wedang-sari-2026-11.xlsx"))
    assert ["Wedang uwuh", 4, 48_000, 48_000] in next(
        rows for name, rows in sheets.items() if name.endswith("Menurut produk")
    )
    organiser.get(f"{REPORTS}/statements/2026-09.zip", status=404)
    organiser.get(f"{REPORTS}/statements/bukan-bulan.pdf", status=404)


def test_the_recap_has_a_row_for_each_event_and_their_sum(store, clock, organiser):
    set_up(store)
    sell(store, clock)

    rows = read_csv(organiser.client.get(f"{REPORTS}/tables/recap.csv").text)
    sheet = cells(organiser.client.get(f"{REPORTS}/tables/recap.xlsx").data)
    pdf = text_of(organiser.client.get(f"{REPORTS}/tables/recap.pdf").data)

    assert rows[1][2:8] == ["Bazar Jumat", "1", "1", "14", "168000", "168000"]
    assert rows[2][5:8] == ["14", "168000", "168000"]
    assert next(iter(sheet.values()))[1][3:7] == [1, 1, 14, 168_000]
    assert "Rekap semua acara" in pdf


def test_the_running_omzet_of_the_year_stands_by_month(store, clock, organiser):
    set_up(store)
    sell(store, clock)

    page = organiser.get(f"{REPORTS}/tables/yearly?year=2026")

    assert figures(page)[1][-5:] == ["120.000", "48.000", "0", "168.000", "0%"]
    assert "PPh final 0,5 persen" in page


def test_an_event_report_says_figures_status_and_coverage(store, clock, organiser):
    set_up(store)
    sell(store, clock)

    now = text_of(organiser.client.get(f"{REPORTS}/events/{EVENT}.pdf").data)
    organiser.post(f"{REPORTS}/versions", {"event": EVENT, "status": "final"})
    frozen = text_of(organiser.client.get(f"{REPORTS}/versions/1/report.pdf").data)

    for words in (
        "Rp168.000",
        "Angka sementara",
        "Wedang Sari",
        "Mesin 1",
        "Unit per hari",
        "Unit menurut jam",
    ):
        assert words in now
    assert "Versi 1, Jumat, 20 November 2026, 10.30 WIB" in frozen
    assert "Angka final" in frozen
    organiser.get(f"{REPORTS}/events/{CAMPAIGN}.pdf", status=404)


def test_every_table_can_be_taken_away_and_holds_no_formula(store, clock, organiser):
    set_up(store)
    sell(store, clock)
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE vendors SET name = '=1+1', owner = '@SUM(A1)'")
    organiser.post(f"{REPORTS}/versions", {"event": "", "status": "final"})

    for table in TABLES:
        page = organiser.get(f"{REPORTS}/tables/{table}")
        files = {
            ending: organiser.client.get(f"{REPORTS}/tables/{table}.{ending}")
            for ending in ("csv", "xlsx", "pdf")
        }
        assert {one.status_code for one in files.values()} == {200}, table
        rows = read_csv(files["csv"].text)
        assert len(rows) == 1 or len(figures(page)) == len(rows), table
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "@"))], table
        book = openpyxl.load_workbook(io.BytesIO(files["xlsx"].data))
        kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
        assert "f" not in kinds, table
    assert "'=1+1" in organiser.client.get(f"{REPORTS}/tables/vendors.csv").text


def test_all_totals_come_in_one_workbook(store, clock, organiser):
    set_up(store)
    sell(store, clock)

    sheets = cells(organiser.client.get(f"{REPORTS}/tables/totals.xlsx?event={EVENT}").data)
    single = cells(organiser.client.get(f"/campaigns/{CAMPAIGN}/totals/vendor.csv?as=xlsx").data)

    vendors = next(rows for name, rows in sheets.items() if name.endswith("Penjual"))
    assert vendors[1] == ["Wedang Sari", 14, 168_000, 14, 168_000]
    assert next(iter(single.values()))[1][:3] == ["Wedang Sari", 14, 168_000]


def test_a_mentor_takes_away_her_own_vendors_and_nothing_of_others(app, store, clock):
    set_up(store)
    sell(store, clock)
    for login, office in (("ppkukm", "PPKUKM"), ("parekraf", "Parekraf")):
        scope = Scope("binaan", office)
        add_user(
            store,
            clock,
            by="",
            login=login,
            name=login,
            role="mentor",
            password=PASSWORD,
            scope=scope,
        )
    with store.begin() as connection:
        connection.exec_driver_sql("UPDATE vendors SET binaan = 'PPKUKM'")
    hers, other = (Organiser(signed_in(app, login)) for login in ("ppkukm", "parekraf"))

    assert "Wedang Sari" in hers.get(f"{REPORTS}/statements")
    assert "Wedang Sari" not in other.get(f"{REPORTS}/statements")
    other.get(f"{REPORTS}/statements/2026-11/{VENDOR}.pdf", status=404)
    assert "Wedang Sari" not in other.client.get(f"{REPORTS}/tables/yearly.csv").text
    hers.get(f"{REPORTS}/versions", status=403)
    hers.get(f"{REPORTS}/events/{EVENT}.pdf", status=403)
    assert "Siaran pers" not in hers.get(REPORTS)


def test_there_are_words_where_nothing_was_sold_yet(store, organiser):
    set_up(store)

    assert "Belum ada yang terjual" in organiser.get(f"{REPORTS}/statements")
    assert organiser.client.get(f"{REPORTS}/tables/yearly.pdf").data.startswith(b"%PDF")
    organiser.get(f"{REPORTS}/tables/nothing", status=404)
    organiser.get(f"{REPORTS}/tables/recap.exe", status=404)
