import re

from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN

APPROVED = {"operator": COORDINATOR, "pin": COORDINATOR_PIN}
REFUND_ID = re.compile(r'name="id" value="([^"]+)"')
UNKNOWN = "00000000-0000-7000-8000-00000000ffff"


def refund_id(seller, sale, kind="void"):
    seller.client.declare("money")
    return REFUND_ID.search(seller.look(f"/sales/{sale}/{kind}").text)[1]


def test_a_sale_is_voided_with_one_form_and_says_so_afterwards(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])
    form = {"id": refund_id(seller, sale), "reason": "Salah ketik", **APPROVED}

    answer = seller.press(f"/sales/{sale}/void", **form)

    assert answer.headers["HX-Redirect"] == f"/sales/{sale}"
    page = seller.look(f"/sales/{sale}").text
    assert "<s>K01-0001</s>" in page
    assert "disetujui Bu Sri" in page
    assert f"/sales/{sale}/refund" not in page
    assert "<s>25.000</s>" in seller.look("/sales").text


def test_the_form_shows_the_money_that_goes_back(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"], number["BTK-ONDEL"])

    page = seller.look(f"/sales/{sale}/void").text

    assert re.search(r"is-huge[^>]*>Rp200\.000<", page)
    assert "Bu Sri" in page


def test_the_money_follows_the_pieces_typed(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"], number["BTK-ONDEL"])
    refund_id(seller, sale, "refund")

    some = seller.press(f"/sales/{sale}/refund/money", **{"qty-2": "1"})
    none = seller.press(f"/sales/{sale}/refund/money", **{"qty-2": ""})
    seller.client.declare("money")
    too_many = seller.press(f"/sales/{sale}/refund/money", **{"qty-2": "2"})

    assert "Rp175.000" in some.text
    assert "Rp0" in none.text
    assert "tinggal 1 yang bisa kembali" in too_many.text
    assert "Rp0" in too_many.text


def test_a_return_is_marked_in_the_list_and_on_the_sale(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"], number["BTK-ONDEL"])
    form = {"id": refund_id(seller, sale, "refund"), "other": "sobek", "qty-2": "1", **APPROVED}

    seller.press(f"/sales/{sale}/refund", **form)

    page = seller.look(f"/sales/{sale}").text
    assert "sobek" in page
    assert f"/sales/{sale}/refund" in page
    assert f"/sales/{sale}/void" not in page
    assert "Rp175.000" in seller.look("/sales").text
    assert "-Rp175.000" in seller.look("/shift").text


def test_a_form_pressed_twice_pays_once(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])
    form = {"id": refund_id(seller, sale), "reason": "Salah ketik", **APPROVED}

    answers = [seller.press(f"/sales/{sale}/void", **form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert "-Rp25.000" in seller.look("/shift").text


def test_a_wrong_pin_is_said_in_place_and_then_waits(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])
    form = {"id": refund_id(seller, sale), "reason": "Salah ketik", **APPROVED, "pin": "1"}

    for _ in range(3):
        answer = seller.press(f"/sales/{sale}/void", **form)

    assert answer.status_code == 422
    assert 'data-wait="5"' in answer.text


def test_without_scripts_what_was_typed_stands_there_again(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"], number["BTK-ONDEL"])
    made = refund_id(seller, sale, "refund")

    answer = seller.submit(
        f"/sales/{sale}/refund", id=made, other="sobek", **{"qty-1": "1", "qty-2": "7"}, **APPROVED
    )

    assert answer.status_code == 422
    assert 'value="sobek"' in answer.text
    assert 'value="7"' in answer.text
    assert made in answer.text
    assert COORDINATOR_PIN not in answer.text


def test_without_scripts_the_money_is_worked_out_by_a_button(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])
    made = refund_id(seller, sale, "refund")

    page = seller.submit(f"/sales/{sale}/refund/money", id=made, **{"qty-1": "1"}).text

    assert re.search(r"is-huge[^>]*>Rp25\.000<", page)
    assert made in page


def test_grams_may_be_typed_with_a_dot_between_thousands(seller, number):
    cart = seller.tap(number["KRP-CURAH"])
    seller.press(f"/carts/{cart}/line/1/quantity", qty="1500")
    seller.press(f"/carts/{cart}/payments", method="cash", place="1")
    refund_id(seller, cart, "refund")

    right = seller.press(f"/sales/{cart}/refund/money", **{"qty-1": "1.250"})
    seller.client.declare("money")
    wrong = seller.press(f"/sales/{cart}/refund/money", **{"qty-1": "1.25"})

    assert "Rp106." in right.text
    assert "message is-bad" in wrong.text


def test_a_coordinator_who_is_signed_in_is_asked_no_pin(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])
    seller.sign_in(COORDINATOR, COORDINATOR_PIN)

    made = refund_id(seller, sale)
    page = seller.look(f"/sales/{sale}/void").text
    answer = seller.press(f"/sales/{sale}/void", id=made, reason="Pembeli batal")

    assert 'name="pin"' not in page
    assert answer.status_code == 204


def test_a_sale_that_came_back_whole_has_no_form_any_more(seller, number):
    sale = seller.buy(number["WB86-KOMPLIT"])
    form = {"id": refund_id(seller, sale), "reason": "Salah ketik", **APPROVED}
    seller.press(f"/sales/{sale}/void", **form)

    assert seller.look(f"/sales/{sale}/void").status_code == 422
    assert seller.look(f"/sales/{UNKNOWN}/void").status_code == 404
