"""Files of other marketplaces: their columns are named once by hand, and remembered."""

import html
import re

import pytest

from tests.hub.setup.test_importing import every_byte
from tests.hub.web.steps import read_csv
from tests.hub.web.test_imports import totals

# As the old Bukalapak had it, with buyers in three columns and Rupiah in words.
ROWS = [
    "Tanggal;ID Transaksi;Nama Pembeli;No. HP;Alamat Pembeli;Nama Produk;Harga Produk;Jumlah Produk;SKU;Status",
    "20/11/2026 09.15;190001;Rahasia Satu;081200000001;Jalan Rahasia 1;Wedang Komplit;Rp25.000;2;WB86-KOMPLIT;Diterima & Selesai",
    "20/11/2026 09.20;190002;Rahasia Dua;081200000002;Jalan Rahasia 2;Bir Pletok;Rp 35.000;1;;Dikirim",
    ";;;;;Keripik Sagu;15.000;3;;",
    "20/11/2026 10.00;190003;Rahasia Tiga;081200000003;Jalan Rahasia 3;Wedang Komplit;25000;1;;Dikembalikan",
    "20/11/2026 10.05;190004;Rahasia Empat;081200000004;Jalan Rahasia 4;Wedang Komplit;25000;1;;Diselidiki",
]
FILE = "\r\n".join(ROWS).encode()


def upload(organiser, campaign, data, status=422, **fields):
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in fields.items()
    ]
    parts.append('--x\r\nContent-Disposition: form-data; name="file"; filename="bl.csv"\r\n\r\n')
    response = organiser.client.post(
        f"{campaign}/imports",
        data="".join(parts).encode() + data + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
    )
    assert response.status_code == status, response.text[:2000]
    return response


def filled_in(page, **changes):
    """Give what a browser would send of the form as it stands, with some fields changed."""
    values = dict(re.findall(r'name="(signature|word-\d+)" value="([^"]*)"', page))
    for name, options in re.findall(
        r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected|<option selected>([^<]*)', options)
        first = re.search(r'value="([^"]*)"', options)
        values[name] = (chosen[1] or chosen[2]) if chosen else first[1]
    decoded = {name: html.unescape(text) for name, text in values.items()}
    return decoded | {"step": "save"} | {n.replace("_", "-"): v for n, v in changes.items()}


@pytest.fixture
def mapped(organiser, friday):
    page = upload(organiser, friday, FILE).text
    return upload(organiser, friday, FILE, 303, **filled_in(page, channel="Bukalapak")).location


def test_an_unknown_file_shows_its_columns_with_guesses_and_counts_nothing(organiser, friday):
    page = upload(organiser, friday, FILE).text

    given = filled_in(page)
    assert [given[f"fact-{n}"] for n in range(1, 11)] == [
        "created_at", "order_id", "", "", "", "product_name", "unit_price", "quantity",
        "seller_sku", "status",
    ]  # fmt: skip
    assert [given[f"state-{n}"] for n in range(1, 5)] == [
        "completed", "paid", "cancelled", "unknown",
    ]  # fmt: skip
    assert totals(organiser, friday, "channel") == []


def test_a_mapped_file_counts_every_row_by_what_was_said_of_it(organiser, friday, mapped):
    organiser.post(mapped + "/take")

    assert totals(organiser, friday, "channel") == [["Bukalapak", "6", "130000", "2", "50000"]]
    products = {row[0]: row[1] for row in totals(organiser, friday, "product")}
    assert products == {"Wedang Komplit": "2", "Produk dan penjual belum dikenal": "4"}


def test_the_same_columns_in_another_order_are_known_without_a_word(organiser, friday, mapped):
    organiser.post(mapped + "/take")
    turned = [",".join(f'"{c}"' for c in reversed(row.split(";"))) for row in ROWS[:2]]
    later = "\n".join(turned).replace("25.000", "30.000")

    path = upload(organiser, friday, later.encode("utf-8-sig"), 303).location
    organiser.post(path + "/take", {"as_of": "2026-11-20T10:20"})

    assert totals(organiser, friday, "channel")[0][:3] == ["Bukalapak", "6", "140000"]


def test_buyers_of_a_mapped_file_are_in_no_byte_of_the_store(organiser, friday, mapped, store):
    organiser.post(mapped + "/take")

    held = every_byte(store)
    assert b"Keripik Sagu" in held
    assert b"Rahasia" not in held
    assert b"0812000" not in held


REFUSED = [
    ({"channel": ""}, "Isi bagian ini."),
    ({"channel": "Bazar"}, "Nama ini dipakai untuk hal lain"),
    ({"channel": "B", "fact_6": ""}, "Pilih kolom yang memuat ini"),
    ({"channel": "B", "fact_1": "order_id"}, "sudah memuat ini"),
    ({"channel": "B", "fact_9": "status"}, "sudah memuat ini"),
    ({"channel": "B", "fact_10": "", "fact_9": "status"}, "arti setiap kata status"),
    ({"channel": "B", "fact_1": "nonsense"}, "Pilih salah satu dari daftar"),
]


def test_what_cannot_give_a_total_is_refused_with_nothing_typed_lost(organiser, friday):
    asked = upload(organiser, friday, FILE).text

    for changes, sentence in REFUSED:
        page = upload(organiser, friday, FILE, 422, **filled_in(asked, **changes)).text
        assert sentence in page, changes
        assert filled_in(page)["fact-7"] == "unit_price"


def test_what_was_said_of_a_file_can_be_changed_and_forgotten(organiser, friday, mapped):
    organiser.post(mapped + "/drop")
    address = re.search(
        r'href="([^"]+/mappings/[0-9a-f]{16})"', organiser.get(f"{friday}/imports")
    )[1]
    given = filled_in(organiser.get(address), channel="Blibli", state_4="paid")

    organiser.post(address, given)
    organiser.post(upload(organiser, friday, FILE, 303).location + "/take")
    organiser.post(address + "/forget")

    assert totals(organiser, friday, "channel")[0][:2] == ["Blibli", "7"]
    assert "Jelaskan kolomnya sekali saja" in upload(organiser, friday, FILE + b"\r\n").text


def test_a_header_further_down_is_found_or_chosen(organiser, friday):
    below = b"Laporan;Penjualan;Toko Uji\r\n\r\n" + FILE

    found = filled_in(upload(organiser, friday, below).text)
    other = upload(
        organiser, friday, below, 200, **found | {"header_row": "1", "step": "look"}
    ).text

    assert found["header_row"] == "3"
    assert filled_in(other)["header_row"] == "1"
    assert "Penjualan" in other


def test_dates_and_amounts_are_read_as_was_said(organiser, friday):
    data = (
        b"Order No,Date Paid,Item Name,Line Total\n"
        b"#1,11/20/2026 2:30 PM,Wedang,12500.000\n#1,,Jahe,9000.000\n#2,13/45/2026,Madu,1\n"
    )
    page = upload(organiser, friday, data).text
    given = filled_in(
        page, channel="Toko Uji", dates="month_first", amounts="point", fact_1="order_id"
    )

    organiser.post(upload(organiser, friday, data, 303, **given).location + "/take")

    rows = {row[0]: row[1:3] for row in totals(organiser, friday, "event")}
    assert rows == {"Jumat 20 November": ["2", "21500"], "Di luar jendela": ["1", "1"]}


def test_a_file_of_which_no_row_can_be_read_says_why(organiser, friday):
    data = b"Order No,Date Paid,Item Name,Line Total\n#1,2026-11-20,Wedang,12.50\n"
    given = filled_in(upload(organiser, friday, data).text, channel="Toko", fact_1="order_id")

    page = upload(organiser, friday, data, 422, **given).text

    assert "Tidak satu baris pun" in page
    assert read_csv(organiser.get(f"{friday}/totals/channel.csv"))[1:] == []
