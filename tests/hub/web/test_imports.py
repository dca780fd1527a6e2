"""Importing the sample exports from end to end: exact totals, matching, and every way to say no."""

import csv
import html
import json
import re

import pytest

from tests.hub.web.steps import FRIDAY, SAMPLES, UUID, figures, read_csv

EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
TOKOPEDIA = (SAMPLES / "tokopedia_tiktok.csv").read_bytes()
SHOPEE = (SAMPLES / "shopee_order_all.csv").read_bytes()


def totals(organiser, campaign, by, **view):
    query = "&".join(f"{name}={value}" for name, value in view.items())
    return read_csv(organiser.get(f"{campaign}/totals/{by}.csv?{query}"))[1:]


def test_a_dry_run_counts_nothing_and_says_what_it_would_count(organiser, friday):
    expected = EXPECTED["tokopedia_tiktok"]

    page = organiser.get(organiser.upload(friday, "pesanan.csv", TOKOPEDIA))

    assert f"Rp{expected['product_omzet_after_discount_paid']:,}".replace(",", ".") in page
    assert f"Rp{expected['seller_omzet_before_platform_discount']:,}".replace(",", ".") in page
    assert totals(organiser, friday, "channel") == []


def test_the_sample_of_tokopedia_and_tiktok_comes_out_exactly(organiser, friday):
    expected = EXPECTED["tokopedia_tiktok"]

    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")

    rows = totals(organiser, friday, "channel")
    assert sum(int(row[1]) for row in rows) == expected["sold_units_paid"]
    assert sum(int(row[2]) for row in rows) == expected["product_omzet_after_discount_paid"]
    assert sum(int(row[3]) for row in rows) == expected["completed_only_units"]


def test_what_was_paid_after_midnight_stands_outside_the_window(organiser, friday):
    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")

    units = {row[0]: int(row[1]) for row in totals(organiser, friday, "event")}

    assert (
        units["Jumat 20 November"]
        == EXPECTED["tokopedia_tiktok"]["on_friday_20261120_by_paid_time_units"]
    )
    assert units["Di luar jendela"] == 1


def test_a_wider_window_takes_in_what_stood_outside(organiser, friday):
    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")
    event = organiser._last(f"{friday}/events", r"/events/(%s)/staff")

    organiser.post(f"{friday}/events/{event}", _friday_until("2026-11-22T00:00"))

    assert [row[0] for row in totals(organiser, friday, "event")] == ["Jumat 20 November"]


def _friday_until(end):
    return FRIDAY | {"online_end": end}


def test_the_sample_of_shopee_comes_out_exactly(organiser, friday):
    organiser.post(organiser.upload(friday, "Order.all.csv", SHOPEE) + "/take")

    rows = totals(organiser, friday, "channel")
    assert [row[:3] for row in rows] == [
        [
            "Shopee",
            str(EXPECTED["shopee"]["sold_units_paid"]),
            str(EXPECTED["shopee"]["product_omzet_paid"]),
        ]
    ]


def test_the_legacy_sample_comes_out_exactly(organiser, friday):
    data = (SAMPLES / "tokopedia_legacy_en.xlsx").read_bytes()

    organiser.post(organiser.upload(friday, "lama.xlsx", data) + "/take")

    expected = EXPECTED["tokopedia_legacy_en"]
    rows = totals(organiser, friday, "channel")
    assert [row[1:3] for row in rows] == [
        [str(expected["sold_units"]), str(expected["product_omzet"])]
    ]


def test_the_same_file_twice_says_so_and_adds_nothing(organiser, friday):
    path = organiser.upload(friday, "pesanan.csv", TOKOPEDIA)

    assert organiser.upload(friday, "lagi.csv", TOKOPEDIA) == path
    organiser.post(path + "/take")
    organiser.post(path + "/take")
    page = organiser.upload(friday, "lagi.csv", TOKOPEDIA, status=422)

    assert "sama persis sudah dihitung" in page
    assert sum(int(row[1]) for row in totals(organiser, friday, "channel")) == 7


def test_a_later_export_brings_orders_up_to_date_and_an_older_one_does_not(organiser, friday):
    newer = TOKOPEDIA.replace(b"23/11/2026 09:00:00", b"30/11/2026 09:00:00")
    shrunk = TOKOPEDIA.replace(b",Default,3,1,25000,75000", b",Default,2,1,25000,75000")
    organiser.post(organiser.upload(friday, "baru.csv", newer) + "/take")

    path = organiser.upload(friday, "lama.csv", shrunk)
    page = organiser.get(path)
    organiser.post(path + "/take")

    assert "Menghitung berkas ini tidak mengubah total." in page
    assert sum(int(row[1]) for row in totals(organiser, friday, "channel")) == 7


def test_a_dropped_file_is_gone_and_counted_nothing(organiser, friday):
    path = organiser.upload(friday, "pesanan.csv", TOKOPEDIA)

    organiser.post(path + "/drop")

    organiser.get(path, status=404)
    organiser.post(path + "/take", status=404)
    assert totals(organiser, friday, "channel") == []


def test_a_listing_matched_after_counting_moves_its_units_to_the_product(organiser, friday):
    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")
    before = {row[0]: int(row[1]) for row in totals(organiser, friday, "product")}

    page = organiser.get(f"{friday}/matches")
    source, key, product = _first_suggestion(page)
    organiser.post(f"{friday}/matches", {"source-1": source, "key-1": key, "product-1": product})

    after = {row[0]: int(row[1]) for row in totals(organiser, friday, "product")}
    assert before["Wedang Komplit"] == 4
    assert before["Produk dan penjual belum dikenal"] == 3
    assert after["Bir Pletok Tubruk"] == 2
    assert sum(after.values()) == sum(before.values())


def test_a_forgotten_match_stands_under_its_own_heading_again(organiser, friday):
    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")
    source, key, product = _first_suggestion(organiser.get(f"{friday}/matches"))
    organiser.post(f"{friday}/matches", {"source-1": source, "key-1": key, "product-1": product})

    organiser.post(f"{friday}/matches/forget", {"source": source, "key": key})

    assert {row[0]: int(row[1]) for row in totals(organiser, friday, "product")}[
        "Produk dan penjual belum dikenal"
    ] == 3


def test_sure_suggestions_are_filled_in_confirmed_at_once_and_undone_at_once(organiser, friday):
    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")
    before = totals(organiser, friday, "product")
    page = organiser.get(f"{friday}/matches")
    selects = re.findall(r'<select id="product-(\d+)"(.*?)</select>', page, re.DOTALL)
    chosen = [(n, re.search(rf'value="({UUID})" selected', options)) for n, options in selects]
    filled = [(n, option[1]) for n, option in chosen if option]
    hidden = dict(re.findall(r'name="((?:source|key)-\d+)" value="([^"]*)"', page))
    given = {name: html.unescape(text) for name, text in hidden.items()}

    organiser.post(
        f"{friday}/matches",
        given | {f"product-{n}": product for n, product in filled} | {"next": f"{friday}/matches"},
    )
    matched = {row[0]: int(row[1]) for row in totals(organiser, friday, "product")}
    undo = re.search(r'action="([^"]+/batches/[^"]+/undo)"', organiser.get(f"{friday}/matches"))[1]
    organiser.post(undo, {"active": "0"})

    assert matched["Bir Pletok Tubruk"] == 2
    assert len(filled) == 1
    assert totals(organiser, friday, "product") == before


def test_a_listing_whose_vendor_alone_is_known_has_a_heading_of_its_own(organiser, friday):
    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")
    page = organiser.get(f"{friday}/matches")
    source, key, _product = _first_suggestion(page)
    vendor = re.search(rf'<option value="vendor:({UUID})"', page)[1]
    before = {row[0]: int(row[1]) for row in totals(organiser, friday, "vendor")}

    organiser.post(
        f"{friday}/matches", {"source-1": source, "key-1": key, "product-1": f"vendor:{vendor}"}
    )

    after = {row[0]: int(row[1]) for row in totals(organiser, friday, "vendor")}
    products = {row[0]: int(row[1]) for row in totals(organiser, friday, "product")}
    assert after["Wedang Batavia 86"] == before["Wedang Batavia 86"] + 2
    assert products["Produk belum dikenal, penjual dikenal"] == 2
    assert products["Produk dan penjual belum dikenal"] == 1
    opened = organiser.get(f"{friday}/totals/product/rows.csv?key=only-vendor-known")
    assert [row[6] for row in csv.reader(opened.splitlines()[1:])] == ["2"]
    assert key not in html.unescape(organiser.get(f"{friday}/matches").split("known-head")[0])


def test_a_match_to_a_product_of_nowhere_is_refused(organiser, friday):
    data = {"source-1": "shopee", "key-1": "x", "product-1": "nothing"}

    assert (
        "Pilih produk atau penjual program ini"
        in organiser.post(f"{friday}/matches", data, status=422).text
    )


def _first_suggestion(page):
    source = re.search(r'name="source-1" value="([^"]+)"', page)[1]
    key = html.unescape(re.search(r'name="key-1" value="([^"]+)"', page)[1])
    product = re.search(rf'<optgroup label="Mirip namanya">\s*<option value="({UUID})"', page)[1]
    return source, key, product


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kosong.csv", b""),
        ("gambar.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100),
        ("lain.csv", b"a,b,c\n1,2,3\n"),
        ("rusak.xlsx", b"PK\x03\x04" + b"x" * 100),
        ("judul.csv", TOKOPEDIA.split(b"\n")[0] + b"\n"),
    ],
)
def test_a_file_that_is_no_export_is_refused_in_place(organiser, friday, name, data):
    page = organiser.upload(friday, name, data, status=422)

    assert 'id="file-about"' in page
    assert 'aria-invalid="true"' in page


def test_no_file_at_all_is_refused_in_place(organiser, friday):
    assert "Isi bagian ini." in organiser.post(f"{friday}/imports", {}, status=422).text


def test_a_file_above_sixty_four_megabytes_is_refused(organiser, friday):
    page = organiser.upload(friday, "besar.csv", b"x" * (65 << 20), status=413)

    assert "berkas yang lebih kecil" in page


def test_a_large_file_shows_its_rows_as_they_are_read_and_leads_on(organiser, friday):
    header, *rows = TOKOPEDIA.decode("utf-8-sig").splitlines()
    filler = "x" * 900
    many = [rows[0].replace("580000000000000001", f"58000000000000{n:04}") for n in range(4_100)]
    data = "\n".join([header, *(f"{row},{filler}" for row in many)]).encode()

    page = organiser.upload(friday, "besar.csv", data, status=200)
    again = organiser.upload(friday, "besar.csv", data, status=200)

    assert re.findall(r"([0-9.]+) baris dibaca", page) == ["2.000", "4.000"]
    address = re.search(r'content="0;url=([^"]+)"', page)[1]
    assert address in again
    assert "4.100" in organiser.get(address)


def test_a_large_file_that_cannot_be_read_to_its_end_says_so_and_keeps_nothing(organiser, friday):
    rows = TOKOPEDIA.decode("utf-8-sig").splitlines()
    broken = rows[1].replace("580000000000000001", "5,8E+17".replace(",", "."))
    data = "\n".join([*rows[:1], *(f"{rows[1]},{'x' * 900}" for _ in range(4_000)), broken])

    page = organiser.upload(friday, "besar.csv", data.encode(), status=200)

    assert "http-equiv" not in page
    assert "(baris 4002" in page or "4002" in page
    assert "besar.csv" not in organiser.get(f"{friday}/imports")


def test_a_file_of_some_megabytes_is_read_and_told_what_is_wrong(organiser, friday):
    page = organiser.upload(friday, "besar.csv", b"x" * (3 << 20), status=422)

    assert 'id="file-about"' in page


def test_names_that_look_like_formulas_do_not_run_in_a_spreadsheet(organiser, friday):
    event = organiser._last(f"{friday}/events", r"/events/(%s)/staff")
    organiser.post(
        f"{friday}/events/{event}", _friday_until("2026-11-22T00:00") | {"name": '=HYPERLINK("x")'}
    )
    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")

    assert totals(organiser, friday, "event")[0][0] == '\'=HYPERLINK("x")'


def test_a_table_is_sorted_and_filtered_by_its_address(organiser, friday):
    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")
    organiser.post(organiser.upload(friday, "order.csv", SHOPEE) + "/take")

    channels = [row[0] for row in totals(organiser, friday, "channel", sort="name")]
    tables = figures(organiser.get(f"{friday}/totals?by=channel&sort=-units&q=shopee"))

    assert channels == ["Shopee", "TikTok Shop", "Tokopedia"]
    assert tables[1][0] == "Shopee"
    assert tables[2][0] == "Total"
    organiser.get(f"{friday}/totals?by=nonsense&sort=%00&event=none")


def test_the_board_and_the_scoreboard_show_what_was_imported(organiser, friday, stranger):
    organiser.post(organiser.upload(friday, "pesanan.csv", TOKOPEDIA) + "/take")

    board = organiser.get(friday)
    score = stranger.get("/papan").text

    assert "Rp198.000" in board
    assert "Barang daring tanpa produk" in board
    assert "diimpor" in board
    assert "Rp198.000" in score
    assert "Wedang Batavia 86" not in score


def test_two_organisers_see_one_scoreboard_of_the_newest_campaign(organiser, stranger):
    organiser.campaign("Lama")
    organiser.campaign("Baru")

    assert "Baru" in stranger.get("/papan").text
