"""The sheets over the grid: a line, an open price, discounts, and what is refused in them."""

import pytest

from kiosk.services.bundles import apply_bundle
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN, bundle_document
from tests.web.test_cart import UNKNOWN


@pytest.fixture
def cart(seller, number):
    return seller.tap(number["WB86-KOMPLIT"])


def save(seller, cart, key=1, **form):
    return seller.press(f"/carts/{cart}/line/{key}", **{"qty": "1", **form})


def newer(here, sku, **facts):
    rows = [{**row, **facts} if row["sku"] == sku else row for row in bundle_document()["products"]]
    with here.db.write() as connection:
        apply_bundle(here, connection, bundle_document("f" * 16, products=rows))


def test_the_sheet_of_a_line_holds_what_stands_in_it(seller, cart):
    save(seller, cart, qty="3", note="tanpa es", size="5", kind="percent", reason="Langganan")

    sheet = seller.glance(f"/carts/{cart}/line/1").text

    assert 'name="qty" value="3"' in sheet
    assert 'name="note" value="tanpa es"' in sheet
    assert 'name="size" value="5"' in sheet
    assert 'value="Langganan" checked' in sheet


def test_a_reason_of_ones_own_comes_back_in_its_field(seller, cart):
    save(seller, cart, size="1000", kind="rupiah", other="Gelas retak")

    sheet = seller.glance(f"/carts/{cart}/line/1").text

    assert 'name="other" value="Gelas retak"' in sheet
    assert 'value="rupiah" checked' in sheet


def test_the_sheet_opened_by_itself_is_the_selling_page_with_it(seller, cart):
    page = seller.look(f"/carts/{cart}/line/1")

    assert page.status_code == 200
    assert 'class="pay sheet"' in page.text
    assert 'id="grid"' in page.text


def test_without_scripts_a_saved_line_leads_back_to_the_selling_screen(seller, cart):
    answer = seller.submit(f"/carts/{cart}/line/1", qty="2")

    assert answer.status_code == 303
    assert "Rp50.000" in seller.look(answer.location).text


def test_a_line_is_taken_out_by_its_own_button(seller, cart):
    assert "Rp0" in save(seller, cart, remove="1").text


def test_a_large_discount_asks_for_a_coordinator_and_loses_nothing_typed(seller, cart):
    asked = save(seller, cart, note="bungkus", size="100", kind="percent", reason="Hadiah")

    assert asked.status_code == 422
    assert asked.headers["HX-Retarget"] == "#pay"
    assert "Bu Sri" in asked.text
    assert 'name="note" value="bungkus"' in asked.text
    assert 'name="size" value="100"' in asked.text

    taken = save(
        seller, cart, size="100", reason="Hadiah", operator=COORDINATOR, pin=COORDINATOR_PIN
    )
    assert taken.status_code == 200
    assert "-25.000" in taken.text


def test_a_wrong_pin_is_said_in_place(seller, cart):
    answer = save(seller, cart, size="100", reason="Hadiah", operator=COORDINATOR, pin="000000")

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#message"


@pytest.mark.parametrize(
    "form",
    [
        {"qty": "1.5"},
        {"qty": "99999"},
        {"size": "101"},
        {"size": "-5", "kind": "rupiah", "reason": "Hadiah"},
        {"size": "5"},
        {"size": "5", "other": "x" * 61},
        {"note": "x" * 121},
        {"size": "\u0661", "reason": "Hadiah"},
    ],
)
def test_what_cannot_be_is_refused_in_place(seller, cart, form):
    answer = save(seller, cart, **form)

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#message"


def test_a_line_typed_on_an_older_view_or_gone_says_so(seller, number, cart):
    seller.tap(number["WB86-KOMPLIT"], cart)

    assert save(seller, cart, version="1").status_code == 409
    assert save(seller, cart, key=9).status_code == 409
    assert seller.glance(f"/carts/{cart}/line/9").status_code == 409
    assert seller.glance(f"/carts/{UNKNOWN}/line/1").status_code == 404


def test_a_discount_on_the_order_is_shown_under_its_lines_and_taken_back(seller, number, cart):
    seller.tap(number["BTK-ONDEL"], cart)

    given = seller.press(f"/carts/{cart}/discount", size="10", kind="percent", reason="Langganan")
    assert "-20.000" in given.text
    assert "Rp180.000" in given.text

    taken_back = seller.press(f"/carts/{cart}/discount", remove="1")
    assert "Rp200.000" in taken_back.text


def test_a_tap_on_goods_with_an_open_price_asks_for_it_wherever_it_comes_from(here, seller, number):
    newer(here, "KRP-TMP", open_price=True)

    asked = seller.press(f"/carts/active/lines/{number['KRP-TMP']}", tap="t", note="pedas")

    assert asked.status_code == 422
    assert asked.headers["HX-Retarget"] == "#pay"
    assert 'name="price"' in asked.text
    assert 'name="note" value="pedas"' in asked.text
    added = seller.press(
        f"/carts/active/lines/{number['KRP-TMP']}", tap="t", note="pedas", price="15.000"
    )
    assert "15.000" in added.text


def test_a_price_that_changed_under_the_order_is_said(here, seller, cart):
    newer(here, "WB86-KOMPLIT", price_rp=27_500)

    assert "Harga berubah: 25.000 → 27.500" in seller.look("/").text


def test_an_order_whose_discount_outgrew_the_limit_says_so_when_paying(seller, number, cart):
    seller.tap(number["BTK-ONDEL"], cart)
    seller.press(f"/carts/{cart}/discount", size="40.000", kind="rupiah", reason="Langganan")
    seller.press(f"/carts/{cart}/line/2/quantity", qty="0")

    answer = seller.glance(f"/carts/{cart}/pay")

    assert answer.status_code == 422
    assert "Rp50.000 / 20 %" in answer.text


def test_a_discount_is_on_the_sales_page_its_receipt_and_the_shift_so_far(seller, number, cart):
    seller.tap(number["BTK-ONDEL"], cart)
    save(seller, cart, size="10", kind="percent", reason="Langganan")
    seller.press(f"/carts/{cart}/payments", method="cash", place="1")

    page = seller.look(f"/sales/{cart}").text
    receipt = seller.look(f"/sales/{cart}/receipt").text
    shift = seller.look("/shift").text

    assert "Diskon: Langganan -2.500" in page
    assert "Rp197.500" in page
    assert "Diskon (Langganan)" in receipt
    assert receipt.count("Subtotal") >= 2
    assert "Diskon diberikan" in shift
    assert "-Rp2.500" in shift
