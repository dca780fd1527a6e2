import pytest

from tests.support.bazaar import CASHIER, COORDINATOR, COORDINATOR_PIN


def test_a_fresh_browser_is_led_to_the_tills_then_to_the_names(visitor):
    tills = visitor.look("/").text
    visitor.submit("/tills/K01")
    names = visitor.look("/").text

    assert "Laci 2" in tills
    assert "Rina" in names
    assert "Bu Sri" in names


def test_a_right_pin_leads_on(visitor):
    visitor.submit("/tills/K01")

    answer = visitor.sign_in()

    assert answer.headers["HX-Redirect"] == "/"


def test_a_wrong_pin_is_answered_in_place(visitor):
    visitor.submit("/tills/K01")

    answer = visitor.sign_in(pin="9999")

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#message"
    assert 'data-wait="0"' in answer.text


def test_after_wrong_pins_the_page_says_how_long_to_wait(visitor):
    visitor.submit("/tills/K01")
    for _ in range(3):
        answer = visitor.sign_in(pin="9999")

    refused = visitor.sign_in()

    assert 'data-wait="5"' in answer.text
    assert 'data-wait="' in refused.text
    assert refused.status_code == 422


def test_a_wrong_pin_without_scripts_has_a_page_with_a_way_back(visitor):
    visitor.submit("/tills/K01")

    page = visitor.submit("/sign-in", operator=CASHIER, pin="1")

    assert page.status_code == 422
    assert 'href="/sign-in"' in page.text


def test_somebody_who_is_not_on_the_list_is_refused(visitor):
    visitor.submit("/tills/K01")

    assert visitor.sign_in(operator="niemand").status_code == 422


def test_signing_out_leaves_the_order_where_it_is(seller, number):
    cart = seller.tap(number["WB86-KOMPLIT"])

    seller.submit("/sign-out")
    seller.sign_in(COORDINATOR, COORDINATOR_PIN)

    assert f'data-cart="{cart}"' in seller.look("/").text


@pytest.mark.parametrize("path", ["/", "/sales", "/shift", "/printers", "/status"])
def test_nobody_signed_in_sees_no_page_of_the_till(visitor, path):
    visitor.submit("/tills/K01")

    assert visitor.client.get(path).location == "/sign-in"


@pytest.mark.parametrize("theme", ["light", "dark", "sun", "auto"])
def test_a_browser_keeps_its_looks(seller, theme):
    seller.submit("/looks", theme=theme, next="/status")

    assert f'data-theme="{theme}"' in seller.look("/status").text


def test_the_till_speaks_english_when_asked(seller):
    seller.submit("/language", language="en", next="/")

    assert "Keyboard help" in seller.look("/").text
