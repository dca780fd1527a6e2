from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN

PRINTER = {
    "name": "Depan",
    "address": "null:",
    "profile": "generic-58",
    "receipt": "K01",
    "operator": COORDINATOR,
    "pin": COORDINATOR_PIN,
}
UNKNOWN = "00000000-0000-7000-8000-00000000ffff"


def test_a_shift_without_sales_has_one_sentence_and_one_button(seller):
    page = seller.look("/sales").text

    assert 'class="empty"' in page


def test_the_list_finds_a_sale_by_part_of_its_number(seller, number):
    for _ in range(2):
        seller.buy(number["WB86-KOMPLIT"])

    found = seller.look("/sales?number=0002").text
    none = seller.look("/sales?number=9999").text

    assert "K01-0002" in found
    assert "K01-0001" not in found
    assert "9999" in none


def test_a_sale_shows_lines_payment_and_state(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"], number["BTK-ONDEL"])

    page = seller.look(f"/sales/{sale}").text

    assert "Rp200.000" in page
    assert "Kain Batik Cap" in page
    assert "Batik Uji" in page


def test_the_receipt_is_shown_as_a_picture_and_as_text(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])

    page = seller.look(f"/sales/{sale}/receipt").text

    assert "<svg" in page
    assert "K01-0001" in page


def test_the_state_of_the_receipt_is_one_small_fragment(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])

    assert "K01-0001" in seller.glance(f"/sales/{sale}/print-state").text


def test_a_cashier_asks_the_coordinator_for_a_copy(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])

    answer = seller.press(f"/sales/{sale}/reprint")

    assert answer.status_code == 403
    assert answer.headers["HX-Retarget"] == "#message"


def test_a_copy_takes_the_coordinators_pin_on_the_spot(seller, number):
    seller.press("/printers", **PRINTER)
    sale = seller.buy(number["WB86-KOMPLIT"])
    page = seller.look(f"/sales/{sale}/reprint").text

    wrong = seller.press(f"/sales/{sale}/reprint", operator=COORDINATOR, pin="1")
    right = seller.press(f"/sales/{sale}/reprint", operator=COORDINATOR, pin=COORDINATOR_PIN)

    assert "Bu Sri" in page
    assert wrong.status_code == 422
    assert right.headers["HX-Redirect"] == f"/sales/{sale}"


def test_a_receipt_is_a_picture_file_too(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])

    answer = seller.client.get(f"/sales/{sale}/receipt.png")

    assert answer.mimetype == "image/png"
    assert answer.data.startswith(b"\x89PNG")
    assert 'filename="K01-0001.png"' in answer.headers["Content-Disposition"]


def test_a_coordinator_prints_a_copy(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])
    seller.sign_in(COORDINATOR, COORDINATOR_PIN)
    seller.press("/printers", **PRINTER)

    answer = seller.press(f"/sales/{sale}/reprint")

    assert answer.headers["HX-Redirect"] == f"/sales/{sale}"


def test_a_sale_that_is_not_there_is_a_404_with_a_way_back(seller):
    for path in (f"/sales/{UNKNOWN}", f"/sales/{UNKNOWN}/receipt"):
        assert seller.look(path).status_code == 404


def test_an_address_that_is_none_is_a_404_with_a_way_back(seller):
    page = seller.look("/kerang")

    assert page.status_code == 404
    assert 'href="/"' in page.text
