import pytest

from tests.support.bazaar import (
    BATIK,
    BAZAAR_QRIS,
    CASHIER,
    CASHIER_PIN,
    COORDINATOR,
    COORDINATOR_PIN,
    WEDANG,
    WEDANG_QRIS,
)

BU_SRI = {"operator": COORDINATOR, "pin": COORDINATOR_PIN}


@pytest.fixture
def cart(seller, number):
    return seller.tap(number["WB86-KOMPLIT"])


def test_an_outage_is_in_the_bar_of_every_screen_and_greys_qris_until_it_is_over(seller, cart):
    seen = seller.glance("/top-bar").text
    seller.press("/qris/outage", out="1", **BU_SRI)
    bar = seller.glance("/top-bar").text
    panel = seller.glance(f"/carts/{cart}/pay?method=qris").text
    refused = seller.press(f"/carts/{cart}/payments", method="qris", place="1")
    seller.press("/qris/outage", out="0", **BU_SRI)

    assert "data-qris-out" not in seen
    assert "data-qris-out" in bar
    assert "QRIS sedang gangguan" in panel
    assert refused.status_code == 422
    assert "data-qris-out" not in seller.glance("/top-bar").text


def test_the_outage_switch_takes_a_coordinator(seller):
    wrong = seller.press("/qris/outage", out="1", operator=COORDINATOR, pin="000000")
    nobody = seller.press("/qris/outage", out="1", operator=CASHIER, pin=CASHIER_PIN)

    assert (wrong.status_code, nobody.status_code) == (422, 403)
    assert "data-qris-out" not in seller.glance("/top-bar").text


def test_a_stalls_code_is_pasted_and_shown_with_the_organisers_beside_it(seller, cart):
    seller.press(f"/qris/{WEDANG}", payload=BAZAAR_QRIS, **BU_SRI)

    page = seller.look(f"/qris/{WEDANG}").text
    listed = seller.look("/qris").text
    panel = seller.glance(f"/carts/{cart}/pay?method=qris").text

    assert "ID1020000000002" in page
    assert "ID1020000000001" in page
    assert "diubah di sini" in listed
    assert "JAMU UJI" in panel


def test_a_code_that_cannot_be_is_refused_in_place(seller):
    answer = seller.press(f"/qris/{WEDANG}", payload=WEDANG_QRIS[:-1], **BU_SRI)

    assert answer.status_code == 422
    assert seller.look("/qris/kerang").status_code == 404
    assert seller.press(f"/qris/{BATIK}/amount", fills="1", **BU_SRI).status_code == 422


def test_filling_the_amount_in_is_off_warned_about_and_has_a_way_back(seller, cart):
    before = seller.look(f"/qris/{WEDANG}").text
    seller.press(f"/qris/{WEDANG}/amount", fills="1", **BU_SRI)
    on = seller.look(f"/qris/{WEDANG}").text
    panel = seller.glance(f"/carts/{cart}/pay?method=qris").text
    seller.submit(f"/qris/{WEDANG}/amount", fills="0", **BU_SRI)

    assert "Tidak ada pihak resmi" in before
    assert "Tampilkan kode asli penjual" in on
    assert "Jumlah sudah terisi" in panel
    assert "Tetap isi jumlahnya" in seller.look(f"/qris/{WEDANG}").text


def test_stalls_are_paid_one_after_the_other_where_the_bazaar_has_no_code(seller, number):
    seller.press("/qris/bazaar", payload="", **BU_SRI)
    seller.press(f"/qris/{BATIK}", payload=BAZAAR_QRIS, **BU_SRI)
    seller.tap(number["WB86-KOMPLIT"])
    cart = seller.tap(number["BTK-ONDEL"])

    first = seller.glance(f"/carts/{cart}/pay?method=qris").text
    second = seller.press(f"/carts/{cart}/payments", method="qris", place="1", payee=WEDANG).text
    paid = seller.press(f"/carts/{cart}/payments", method="qris", place="2", payee=BATIK).text

    assert "Lapak 1 dari 2: Rp25.000, sisa Rp175.000" in first
    assert "Lapak 2 dari 2: Rp175.000, sisa Rp0" in second
    assert "Lunas" in paid


def test_more_than_the_schemes_limit_is_asked_for_in_two_parts(seller, number):
    cart = seller.tap(number["BTK-ONDEL"])
    seller.press(f"/carts/{cart}/line/1/quantity", qty="60")

    first = seller.glance(f"/carts/{cart}/pay?method=qris").text
    whole = seller.press(f"/carts/{cart}/payments", method="qris", place="1")
    part = seller.press(f"/carts/{cart}/payments", method="qris", place="1", amount="10000000")
    rest = seller.glance(f"/carts/{cart}/pay?method=qris").text

    assert "paling banyak Rp10.000.000" in first
    assert 'name="amount" value="10000000"' in first
    assert whole.status_code == 422
    assert "Rp500.000" in part.text
    assert 'data-due="500000"' in rest
