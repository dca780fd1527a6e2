import re

import pytest

from kiosk.services.bundles import apply_bundle
from tests.support.bazaar import bundle_document

UNKNOWN = "00000000-0000-7000-8000-00000000ffff"


def test_the_first_tap_after_start_opens_the_order_and_counts(seller, number):
    answer = seller.press(f"/carts/active/lines/{number['WB86-KOMPLIT']}", tap="a1")

    assert answer.status_code == 200
    assert "Rp25.000" in answer.text
    assert answer.text.lstrip().startswith('<section id="cart"')


def test_a_tap_sent_twice_counts_once(seller, number):
    cart = seller.tap(number["WB86-KOMPLIT"], tap="same")

    answer = seller.press(f"/carts/{cart}/lines/{number['WB86-KOMPLIT']}", tap="same")

    assert 'data-q="1"' in answer.text


def test_the_answer_to_a_tap_stays_small_on_the_wire(seller, number):
    cart = "active"
    for sku in ("WB86-KOMPLIT", "WB86-TUBRUK"):
        cart = seller.tap(number[sku], cart)

    answer = seller.client.htmx(
        "POST",
        f"/carts/{cart}/lines/{number['BTK-ONDEL']}",
        headers={"X-CSRFToken": seller.token(), "Accept-Encoding": "gzip"},
    )

    assert len(answer.data) < 1000


@pytest.mark.parametrize("typed", ["-1", "1000", "dua", "1,5", "", "9" * 40])
def test_a_quantity_nobody_sells_is_refused_in_place(seller, number, typed):
    cart = seller.tap(number["WB86-KOMPLIT"])

    answer = seller.press(f"/carts/{cart}/line/1/quantity", qty=typed)

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#message"
    assert 'data-q="1"' in seller.look("/").text


def test_goods_by_weight_are_set_in_grams(seller, number):
    cart = seller.tap(number["KRP-CURAH"])

    answer = seller.press(f"/carts/{cart}/line/1/quantity", qty="1.250")

    assert "106.313" in answer.text


def test_a_quantity_typed_on_an_older_view_is_refused(seller, number):
    cart = seller.tap(number["WB86-KOMPLIT"])
    seller.tap(number["WB86-KOMPLIT"], cart)

    answer = seller.press(f"/carts/{cart}/line/1/quantity", qty="7", version="1")

    assert answer.status_code == 409


def test_a_product_that_left_the_catalogue_is_named_when_paying(here, seller, number):
    cart = seller.tap(number["WB86-KOREA"])
    rest = [row for row in bundle_document()["products"] if row["sku"] != "WB86-KOREA"]
    with here.db.write() as connection:
        apply_bundle(here, connection, bundle_document("f" * 16, products=rest))

    page = seller.look("/")
    answer = seller.glance(f"/carts/{cart}/pay")

    assert page.status_code == 200
    assert answer.status_code == 422
    assert "Wedang Korea" in answer.text


def test_a_product_number_that_is_none_is_refused_in_place(seller):
    answer = seller.press("/carts/active/lines/9999")

    assert answer.status_code == 422


def test_an_order_that_is_not_there_is_a_friendly_404(seller):
    in_place = seller.press(f"/carts/{UNKNOWN}/lines/1")
    page = seller.look(f"/carts/{UNKNOWN}/pay")

    assert in_place.status_code == 404
    assert page.status_code == 404


def test_a_parked_order_waits_under_its_name_and_comes_back(seller, number):
    parked = seller.tap(number["WB86-KOMPLIT"])

    after_parking = seller.press("/carts").text
    resumed = seller.press(f"/carts/{parked}/resume").text

    assert f'data-resume="{parked}"' in after_parking
    assert f'data-cart="{parked}"' in resumed
    assert "Rp25.000" in resumed


def test_an_emptied_order_comes_back_by_undo(seller, number):
    cart = seller.tap(number["WB86-KOMPLIT"])

    emptied = seller.press(f"/carts/{cart}/empty").text
    undone = seller.press(f"/carts/{cart}/undo").text

    assert "Rp0" in emptied
    assert "Rp25.000" in undone


def test_nothing_to_undo_is_said_in_place(seller):
    seller.look("/")
    cart = re.search(r'data-cart="([^"]+)"', seller.look("/").text)[1]

    assert seller.press(f"/carts/{cart}/undo").status_code == 422


def test_without_scripts_a_tap_leads_back_to_the_selling_screen(seller, number):
    answer = seller.submit(f"/carts/active/lines/{number['WB86-KOMPLIT']}")

    assert answer.status_code == 303
    assert "Rp25.000" in seller.look(answer.location).text


def test_a_stall_s_own_till_shows_her_goods_alone(visitor):
    page = visitor.begin(till="K02").look("/").text

    assert "Wedang Komplit" in page
    assert "Kain Batik" not in page


def test_a_tap_on_a_paid_order_shows_its_sale(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])

    answer = seller.press(f"/carts/{sale}/lines/{number['WB86-KOMPLIT']}")

    assert answer.headers["HX-Redirect"] == f"/sales/{sale}"
