"""Pages of set-up sheets: out, in, seen first, taken, undone; and who may not."""

import re

import pytest

from tests.hub.web.steps import figures

HEAD = "SKU,Produk,Varian,Kategori,Harga (Rp),Satuan,Penjual,Dijual,Catatan\n"


@pytest.fixture
def friday(organiser):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign)
    organiser.product(campaign, vendor, "WB86", "Wedang Komplit")
    return campaign


def read(organiser, campaign, text, kind="products", status=303):
    return organiser.upload(campaign, "lembar.csv", text.encode(), status, page=f"sheets/{kind}")


def take(organiser, sheet):
    digest = re.search(r'name="plan" value="(\w+)"', organiser.get(sheet))[1]
    return organiser.post(f"{sheet}/take", {"plan": digest})


@pytest.mark.parametrize("kind", ["products", "vendors"])
def test_a_downloaded_workbook_comes_back_and_changes_nothing(organiser, friday, kind):
    answer = organiser.client.get(f"{friday}/sheets/{kind}/download")

    sheet = organiser.upload(friday, "x.xlsx", answer.data, page=f"sheets/{kind}")

    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert "jumat-beli-lokal.xlsx" in answer.headers["Content-Disposition"]
    page = organiser.get(sheet)
    assert "tidak ada yang berubah" in page
    assert "Terapkan lembar ini" not in page


def test_a_sheet_is_shown_with_old_and_new_before_it_is_taken(organiser, friday):
    text = (
        HEAD
        + "WB86,Wedang Komplit,,Kuliner,27.500,pcs,Wedang Batavia 86,ya,enak\nBARU,Jahe,,Kuliner,9rb,pcs,Wedang Batavia 86,ya,\n"
    )
    sheet = read(organiser, friday, text)

    page = organiser.get(sheet)

    assert ["2", "Wedang Komplit", "Harga (Rp)", "25.000", "27.500"] in figures(page)
    assert "Kolom yang tidak dibaca: Catatan." in page
    assert "Jahe" in page
    assert "27.500" not in organiser.get(f"{friday}/products")
    take(organiser, sheet)
    assert "27.500" in organiser.get(f"{friday}/products")


def test_a_taken_sheet_can_be_undone_on_its_page(organiser, friday):
    sheet = read(organiser, friday, "SKU,Harga\nWB86,30000\n")
    take(organiser, sheet)
    assert "Urungkan" in organiser.get(f"{friday}/sheets/products")

    organiser.post(f"{sheet}/undo")

    assert "kembali seperti sebelumnya" in organiser.get(f"{friday}/sheets/products")
    assert "30.000" not in organiser.get(f"{friday}/products")
    assert organiser.client.get(sheet).status_code == 303


def test_wrong_cells_are_listed_with_what_to_do_and_the_sheet_cannot_be_taken(organiser, friday):
    sheet = read(organiser, friday, HEAD + "A,Jahe,,Kuliner,37.2,liter,Siapa,entah,\n")

    page = organiser.get(sheet)

    assert [row[:3] for row in figures(page) if row[0] == "2"] == [
        ["2", "Penjual", "Siapa"],
        ["2", "Harga (Rp)", "37.2"],
        ["2", "Satuan", "liter"],
        ["2", "Dijual", "entah"],
    ]
    assert "Tulis ya atau tidak." in page
    assert "Terapkan lembar ini" not in page
    organiser.post(f"{sheet}/take", {"plan": ""}, status=422)
    organiser.post(f"{sheet}/drop")
    organiser.get(sheet, status=404)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("Nama\nA\n", "tidak punya kolom “SKU”"), ("", "kosong"), ("SKU\n", "tidak punya baris")],
)
def test_a_file_that_is_no_sheet_is_refused_at_its_field(organiser, friday, text, sentence):
    page = read(organiser, friday, text, status=422)

    assert sentence in page
    assert 'aria-invalid="true"' in page


def test_no_file_and_an_unknown_kind_are_refused(organiser, friday):
    assert "Isi bagian ini." in organiser.post(f"{friday}/sheets/products", status=422).text
    organiser.get(f"{friday}/sheets/elephants", status=404)


def test_a_viewer_downloads_and_changes_nothing(organiser, viewer, friday):
    sheet = read(organiser, friday, "SKU,Harga\nWB86,30000\n")

    assert viewer.client.get(f"{friday}/sheets/products/download").status_code == 200
    assert "Unggah" not in viewer.get(f"{friday}/sheets/products")
    assert "Terapkan" not in viewer.get(sheet)
    viewer.post(f"{sheet}/take", status=403)
