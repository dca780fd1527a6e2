"""Goods on the till's pages: sheets, scans, new products, stock."""

import re

import pytest

from tests.support.bazaar import (
    CASHIER_PIN,
    COORDINATOR,
    COORDINATOR_PIN,
    KERIPIK,
    WEDANG,
    close_bazaar,
    open_bazaar,
)
from tests.support.goods import SIRUP, TWIN, VENDOR, goods_bundle


@pytest.fixture
def here(tmp_path):
    """An installation whose goods have all that goods can have."""
    installation = open_bazaar(tmp_path / "till", bundle=goods_bundle())
    yield installation
    close_bazaar(installation)


@pytest.fixture
def sri(visitor):
    """Bu Sri, the coordinator, at Laci 1."""
    return visitor.begin(operator=COORDINATOR, pin=COORDINATOR_PIN)


def test_variants_share_a_tile_that_says_what_is_left(seller):
    page = seller.look("/").text

    assert page.count("<b>Teh Tarik</b>") == 1
    assert "12.000–15.000" in page
    assert "sisa 3" in page


def test_the_sheet_of_a_product_shows_each_variant_and_bars_what_is_sold_out(seller, number):
    sheet = seller.glance(f"/products/{number['KAOS-L']}").text

    assert sheet.index(">S</b>") < sheet.index(">M</b>") < sheet.index(">L</b>")
    assert "HABIS" in sheet
    assert sheet.count("data-pick") == 2
    assert "sisa 2" in sheet


def test_a_coordinator_may_sell_what_is_sold_out_from_the_sheet(sri, number):
    sheet = sri.glance(f"/products/{number['KAOS-L']}").text
    answer = sri.press(f"/carts/active/lines/{number['KAOS-M']}")

    assert "disabled" not in sheet
    assert answer.status_code == 200


def test_a_cashier_sells_what_is_sold_out_with_a_coordinators_pin_on_the_spot(seller, number):
    sheet = seller.glance(f"/products/{number['KAOS-M']}").text
    asked = seller.glance(f"/carts/active/oversell/{number['KAOS-M']}").text
    add = f"/carts/active/lines/{number['KAOS-M']}"
    wrong = seller.press(add, tap="a", operator=COORDINATOR, pin="000000")
    added = seller.press(add, tap="a", operator=COORDINATOR, pin=COORDINATOR_PIN)

    assert f"/carts/active/oversell/{number['KAOS-M']}" in sheet
    assert 'name="pin"' in asked
    assert wrong.status_code == 422
    assert (added.status_code, added.text.count("<li ")) == (200, 1)


def test_a_line_beyond_what_is_left_asks_for_the_pin_and_keeps_what_was_typed(seller, number):
    cart = seller.press(f"/carts/active/lines/{number['KAOS-S']}").text
    line = re.search(r'data-cart="([^"]+)"', cart)[1]
    typed = {"qty": "41", "note": "bungkus", "size": "", "version": "1"}

    asked = seller.press(f"/carts/{line}/line/1", **typed)
    approval = {"operator": COORDINATOR, "pin": COORDINATOR_PIN}
    given = seller.press(f"/carts/{line}/line/1", **typed, **approval)

    assert (asked.status_code, asked.headers["HX-Retarget"]) == (422, "#pay")
    assert 'name="pin"' in asked.text
    assert 'value="41"' in asked.text
    assert given.status_code == 200
    assert 'data-q="41"' in given.text


def test_a_cashiers_tap_on_what_is_sold_out_is_refused_in_words(seller, number):
    answer = seller.press(f"/carts/active/lines/{number['KAOS-M']}")

    assert answer.status_code == 422
    assert "habis" in answer.text


def test_a_chosen_note_makes_a_line_of_its_own(seller, number):
    seller.press(f"/carts/active/lines/{number['TEH-ES']}", note="es sedikit")
    answer = seller.press(f"/carts/active/lines/{number['TEH-ES']}")

    assert answer.text.count("<li ") == 2
    assert "es sedikit" in answer.text


def test_a_scan_answers_with_the_order(seller):
    answer = seller.press("/carts/active/scan", code=SIRUP, tap="a")

    assert "Sirup Pala" in answer.text


def test_an_unknown_code_is_a_word_for_a_cashier_and_a_form_for_a_coordinator(seller, visitor):
    word = seller.press("/carts/active/scan", code="2000000000107")
    visitor.sign_in(COORDINATOR, COORDINATOR_PIN)
    form = visitor.press("/carts/active/scan", code="2000000000107")

    assert "Tidak ada produk dengan kode 2000000000107" in word.text
    assert "timbangan" in word.text
    assert form.headers["HX-Retarget"] == "#choose"
    assert 'value="2000000000107"' in form.text


def test_a_code_that_two_products_have_asks_which(seller):
    answer = seller.press("/carts/active/scan", code=f"]E0{TWIN}")

    assert answer.status_code == 422
    assert "Keripik Tempe" in answer.text
    assert "Keripik Singkong" in answer.text


def test_a_new_product_that_is_refused_keeps_what_was_typed(sri):
    typed = {"name": "Bumbu Pecel", "stall": KERIPIK, "category": "Kuliner", "barcode": ""}

    refused = sri.press("/products", **typed, price="murah")
    plain = sri.submit("/products", **typed, price="murah")

    for answer in (refused, plain):
        assert answer.status_code == 422
        assert 'value="Bumbu Pecel"' in answer.text
        assert 'value="murah"' in answer.text


def test_another_stalls_vendor_does_not_sign_in_on_a_phone(visitor):
    visitor.submit(f"/tills/stall/{WEDANG}")

    offered = visitor.look("/sign-in").text
    refused = visitor.press("/sign-in", operator=VENDOR, pin=CASHIER_PIN)
    visitor.submit(f"/tills/stall/{KERIPIK}")
    taken = visitor.press("/sign-in", operator=VENDOR, pin=CASHIER_PIN)

    assert "Ibu Contoh" not in offered
    assert (refused.status_code, taken.status_code) == (403, 204)
    assert "HP lapak lain" in refused.text


def test_a_new_product_without_a_price_is_not_given_away(sri):
    typed = {"name": "Bumbu Pecel", "stall": KERIPIK, "category": "Kuliner", "barcode": ""}

    refused = sri.press("/products", **typed, price="0")

    assert refused.status_code == 422
    assert "Ketik harganya" in refused.text
    assert "Bumbu Pecel" not in sri.look("/").text


def test_a_new_product_stands_in_the_order_and_among_the_tiles(sri):
    typed = {"name": "Bumbu Pecel", "stall": KERIPIK, "category": "Kuliner", "price": "18.000"}

    answer = sri.press("/products", **typed, barcode="2000000000107")

    assert "Rp18.000" in answer.text
    assert "Bumbu Pecel" in sri.glance("/grid").text


def test_the_tiles_are_asked_for_news_and_told_nothing_where_there_is_none(sri, number):
    first = sri.glance("/goods?seen=").json
    same = sri.glance(f"/goods?seen={first['seen']}")

    sri.press(f"/stock/{number['KAOS-S']}", move="counted", qty="4")
    sri.press(f"/stock/{number['KAOS-L']}", move="counted", qty="0")
    news = sri.glance(f"/goods?seen={first['seen']}").json

    assert same.status_code == 204
    assert news["goods"] == first["goods"]
    assert ["sisa 4", False] in news["tiles"].values()


def test_the_stock_page_moves_one_row_and_refuses_a_count_in_place(sri, number):
    page = sri.look(f"/stock?stall={KERIPIK}").text
    row = sri.press(f"/stock/{number['KRP-TMP']}", move="counted", qty="12").text
    refused = sri.press(f"/stock/{number['KRP-TMP']}", move="counted", qty="dua")

    assert "Keripik Bayam" in page
    assert ">12</output>" in row
    assert refused.status_code == 422
    assert "“dua” bukan jumlah" in refused.text


def test_a_cashier_sees_no_stock_page(seller):
    answer = seller.look("/stock")

    assert answer.status_code == 403


def test_a_pinned_product_is_a_quick_key_with_its_place(seller, number):
    seller.press(f"/products/{number['SRP-PALA']}/pin", on="1")
    pinned = seller.look("/").text
    seller.press(f"/products/{number['SRP-PALA']}/pin", on="0")

    assert pinned.count('data-f="1"') == 1
    assert 'data-f="' not in seller.look("/").text


@pytest.mark.parametrize("path", ["/products/999", "/products/99999999999999999999"])
def test_a_product_that_is_not_there_is_a_word(seller, path):
    answer = seller.glance(path)

    assert answer.status_code in {404, 422}


def test_barcodes_are_found_by_some_of_their_digits(seller, number):
    found = seller.glance("/barcodes/00015").json

    assert found == [number["SRP-PALA"]]
