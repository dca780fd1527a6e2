"""The set-up pages: empty, filled, and every refusal at its field."""

import re

import pytest

from kiosk.hub.services.bundles import _content
from tests.hub.web.steps import FRIDAY, OTHER_QRIS, QRIS, VENDOR


def test_the_first_organiser_is_led_to_make_a_campaign(organiser):
    assert organiser.post("/sign-out").location == "/sign-in"


def test_every_page_of_an_empty_campaign_says_what_to_do_next(organiser):
    assert "Program baru" in organiser.get("/campaigns")

    campaign = organiser.campaign()

    assert "Belum ada yang terjual" in organiser.get(campaign)
    for page in (
        "totals",
        "imports",
        "review",
        "devices",
        "events",
        "vendors",
        "products",
        "matches",
    ):
        organiser.get(f"{campaign}/{page}")
    for page in ("events/new", "vendors/new", "products/new", "devices/new", "edit"):
        assert "<form" in organiser.get(f"{campaign}/{page}")


def test_a_campaign_without_a_name_is_refused_at_its_field_and_keeps_what_was_typed(organiser):
    data = {"name": " ", "city": "Jakarta Selatan", "target_rp": "seratus juta"}

    page = organiser.post("/campaigns/new", data, status=422).text

    assert "Isi bagian ini." in page
    assert "“seratus juta” bukan jumlah" in page
    assert 'value="Jakarta Selatan"' in page


def test_a_changed_campaign_is_shown_with_its_new_name(organiser):
    campaign = organiser.campaign()

    organiser.post(f"{campaign}/edit", {"name": "Beli Lokal Akbar", "target_rp": ""})

    assert "Beli Lokal Akbar" in organiser.get(campaign)


def test_an_event_keeps_its_windows_in_wib(organiser):
    campaign = organiser.campaign()

    event = organiser.event(campaign, qris=QRIS, target_rp="Rp10.000.000")

    page = organiser.get(event)
    assert 'value="2026-11-20T07:00"' in page
    assert 'value="2026-11-21T00:00"' in page
    assert "ID1020000000001" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"bazaar_end": "2026-11-20T06:00"}, "Bazar berakhir sebelum mulai"),
        ({"bazaar_start": "kapan-kapan"}, "Pilih tanggal dan jam"),
        ({"bazaar_start": ""}, "Isi bagian ini."),
        ({"online_end": ""}, "Isi awal dan akhir"),
        ({"online_end": "2026-11-19T00:00"}, "berakhir sebelum mulai"),
        ({"qris": QRIS[:-1] + "0"}, "QRIS ini tidak bisa dipakai"),
        ({"cash_rounding_rp": "333"}, "Pilih salah satu"),
        ({"name": "x" * 300}, "Persingkat"),
    ],
)
def test_a_wrong_event_is_refused_at_its_field(organiser, changes, sentence):
    campaign = organiser.campaign()

    page = organiser.post(f"{campaign}/events/new", FRIDAY | changes, status=422).text

    assert sentence in page
    assert 'aria-invalid="true"' in page


def test_overlapping_online_windows_are_saved_and_say_which_event_counts(organiser):
    campaign = organiser.campaign()
    organiser.event(campaign)

    organiser.event(
        campaign, name="Sabtu", online_start="2026-11-20T12:00", online_end="2026-11-22T00:00"
    )

    assert "dihitung untuk “Sabtu”" in organiser.get(f"{campaign}/events")


def test_a_vendor_takes_her_kecamatan_from_the_kelurahan_code(organiser):
    campaign = organiser.campaign()

    organiser.vendor(campaign)

    page = organiser.get(f"{campaign}/vendors")
    assert "Kebayoran Baru" in page
    assert "7,5 %" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kelurahan": "31.74.07"}, "Pilih kelurahan dari daftar"),
        ({"kelurahan": "Melawai"}, "Pilih kelurahan dari daftar"),
        ({"commission": "7,55"}, "Ketik persen"),
        ({"commission": "101"}, "Ketik persen"),
        ({"stage": "8"}, "Pilih salah satu"),
        ({"qris": "bukan qris"}, "QRIS ini tidak bisa dipakai"),
    ],
)
def test_a_wrong_vendor_is_refused_at_its_field(organiser, changes, sentence):
    campaign = organiser.campaign()

    page = organiser.post(f"{campaign}/vendors/new", VENDOR | changes, status=422).text

    assert sentence in page


def test_a_changed_qris_code_is_shown_with_its_old_and_new_nmid(organiser):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign, qris=QRIS)

    organiser.post(f"{campaign}/vendors/{vendor}", VENDOR | {"qris": OTHER_QRIS})

    page = organiser.get(f"{campaign}/vendors")
    assert "sebelumnya ID1020000000001, sekarang ID1020000000002" in page


def test_a_vendor_who_stops_selling_can_be_brought_back_at_once(organiser):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign)

    organiser.post(f"{campaign}/vendors/{vendor}/active", {"active": "0"})

    page = organiser.get(f"{campaign}/vendors")
    assert "tidak berjualan lagi" in page
    assert "Urungkan" in page
    organiser.post(f"{campaign}/vendors/{vendor}/active", {"active": "1"})
    assert "tidak berjualan lagi" not in organiser.get(f"{campaign}/vendors")


def test_a_sku_names_one_product_of_a_campaign(organiser):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign)
    organiser.product(campaign, vendor, "WB86-KOMPLIT", "Wedang Komplit")

    again = {
        "vendor": vendor,
        "sku": "wb86-komplit",
        "name": "Lain",
        "category": "Kuliner",
        "unit": "pcs",
    }
    page = organiser.post(f"{campaign}/products/new", again | {"price_rp": "1"}, status=422).text

    assert "“Wedang Komplit” sudah memakai SKU wb86-komplit" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"vendor": "nobody"}, "Pilih penjual dari daftar"),
        ({"price_rp": "25,5"}, "bukan jumlah"),
        ({"price_rp": ""}, "Isi bagian ini."),
        ({"unit": "liter"}, "Pilih salah satu"),
    ],
)
def test_a_wrong_product_is_refused_at_its_field(organiser, changes, sentence):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign)
    product = {
        "vendor": vendor,
        "sku": "A",
        "name": "A",
        "category": "Kriya",
        "unit": "pcs",
        "price_rp": "1000",
    }

    page = organiser.post(f"{campaign}/products/new", product | changes, status=422).text

    assert sentence in page


def test_what_tills_find_a_product_by_is_typed_on_its_form_and_kept(organiser):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign)
    typed = {
        "vendor": vendor,
        "sku": "TEH-ES",
        "name": "Teh Tarik",
        "variant": "es",
        "category": "Kuliner",
        "unit": "pcs",
        "price_rp": "15.000",
        "barcode": "0 012345 678905",
        "choices": "gula sedikit\ntanpa es",
        "stock": "1.200",
        "low_stock": "5",
        "open_price": "1",
    }

    wrong = organiser.post(f"{campaign}/products/new", typed | {"barcode": "12345678"}, status=422)
    organiser.post(f"{campaign}/products/new", typed)
    address = re.search(
        r'href="([^"]+/products/[0-9a-f-]{36})"', organiser.get(f"{campaign}/products")
    )
    form = organiser.get(address[1])

    assert "salah terbaca" in wrong.text
    assert 'value="0012345678905"' in form
    assert "gula sedikit\ntanpa es" in form
    assert 'value="1.200"' in form
    assert re.search(r'name="open_price" value="1" checked', form)


def test_lists_can_be_searched_also_without_htmx(organiser):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign)
    organiser.product(campaign, vendor, "K-100%", "Keripik 100% Singkong")
    organiser.product(campaign, vendor, "DODOL", "Dodol Betawi")

    found = organiser.get(f"{campaign}/products?q=100%25")
    none = organiser.get(f"{campaign}/products?q=_")

    assert "Keripik" in found
    assert "Dodol" not in found
    assert "Keripik" not in none
    organiser.client.declare("product-rows")
    fragment = organiser.client.htmx("GET", f"{campaign}/products?q=dodol").text
    assert "<html" not in fragment
    assert "Dodol" in fragment


@pytest.mark.parametrize(
    ("role", "pin", "sentence"),
    [
        ("cashier", "123", "PIN 4 sampai 12 angka"),
        ("coordinator", "12345", "PIN 6 sampai 12 angka"),
        ("cashier", "", "butuh PIN baru"),
        ("cashier", "abcd", "PIN 4 sampai 12 angka"),
        ("boss", "123456", "Pilih salah satu"),
    ],
)
def test_a_pin_has_as_many_digits_as_the_role_needs(organiser, role, pin, sentence):
    event = organiser.event(organiser.campaign())

    page = organiser.post(
        f"{event}/staff/new", {"name": "Rina", "role": role, "pin": pin}, status=422
    )

    assert sentence in page.text
    assert pin == "" or f'value="{pin}"' not in page.text


def test_a_cashier_who_becomes_coordinator_needs_a_longer_pin(organiser):
    event = organiser.event(organiser.campaign())
    organiser.post(f"{event}/staff/new", {"name": "Rina", "role": "cashier", "pin": "1234"})
    rina = organiser._last(f"{event}/staff", r"/staff/(%s)\"")

    kept = organiser.post(f"{event}/staff/{rina}", {"name": "Rina K", "role": "cashier", "pin": ""})
    page = organiser.post(
        f"{event}/staff/{rina}", {"name": "Rina", "role": "coordinator", "pin": ""}, status=422
    )

    assert kept.status_code == 303
    assert "butuh PIN baru" in page.text
    assert "Rina K" in organiser.get(f"{event}/staff")


def test_what_is_not_there_is_a_404_with_a_way_back(organiser):
    campaign = organiser.campaign()
    event = organiser.event(campaign)

    for path in (
        "/campaigns/nothing",
        f"{campaign}/events/nothing",
        f"{campaign}/vendors/nothing",
        f"{campaign}/products/nothing",
        f"{campaign}/imports/nothing",
        f"{campaign}/devices/nothing",
        f"{event}/staff/nothing",
        "/papan/nothing",
        "/campaigns/%00",
    ):
        page = organiser.get(path, status=404)
        assert '<a href="/">' in page, path


def test_a_thing_of_another_campaign_is_not_there(organiser):
    campaign = organiser.campaign()
    vendor = organiser.vendor(campaign)
    other = organiser.campaign("Lain")

    answer = organiser.client.get(f"{other}/vendors/{vendor}")

    assert answer.status_code == 404


def ways_to_be_paid(store):
    """Give for each stall what its tills are told of its code and its account."""
    with store.read() as connection:
        machine = connection.exec_driver_sql("SELECT id FROM installations").scalar_one()
        stalls = _content(connection, machine)["stalls"]
    return [(stall["qris_fills"], stall["transfer_account"]) for stall in stalls]


def test_a_vendors_account_and_the_amount_in_her_code_are_set_in_her_form_and_go_to_the_tills(
    organiser, store
):
    campaign = organiser.campaign()
    event = organiser.event(campaign).rsplit("/", 1)[1].split("?")[0]
    account = "Bank Contoh 000-1, a.n. Ibu Uji"
    vendor = organiser.vendor(campaign, qris=QRIS, qris_fills="1", transfer_account=account)
    organiser.post(f"{campaign}/devices/new", {"name": "Mesin 7", "event": event})

    form = organiser.get(f"{campaign}/vendors/{vendor}")
    switched_on = ways_to_be_paid(store)
    organiser.post(f"{campaign}/vendors/{vendor}", VENDOR | {"qris": QRIS})

    assert 'name="qris_fills" value="1" checked' in form
    assert "menolak kode seperti itu" in form
    assert f'value="{account}"' in form
    assert (switched_on, ways_to_be_paid(store)) == ([(True, account)], [(False, "")])
