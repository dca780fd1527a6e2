import pytest

from kiosk.services.shifts import current_shift


@pytest.fixture
def signed_in(visitor):
    visitor.submit("/tills/K01")
    visitor.sign_in()
    return visitor


def test_a_closed_till_is_opened_before_it_sells(signed_in):
    assert signed_in.client.get("/").location == "/shift/open"


@pytest.mark.parametrize("typed", ["dua ratus", "-1", "9" * 20])
def test_a_float_that_is_no_amount_is_refused_in_place(here, signed_in, typed):
    answer = signed_in.press("/shift/open", float=typed)

    assert answer.status_code == 422
    assert current_shift(here, "K01") is None


def test_an_open_till_is_not_opened_again(seller):
    assert seller.client.get("/shift/open").location == "/"
    assert seller.press("/shift/open", float="1").status_code == 422


def test_the_x_report_shows_what_was_sold(seller, number):
    seller.buy(number["WB86-KOMPLIT"])

    page = seller.look("/shift").text

    assert "Rp25.000" in page


def test_the_count_is_blind(seller, number):
    seller.buy(number["WB86-KOMPLIT"])

    page = seller.look("/shift/close").text

    assert "225.000" not in page


def test_a_large_difference_asks_for_a_reason_and_then_closes(seller):
    refused = seller.press("/shift/close", **{"kind-100000": "1"})
    closed = seller.press("/shift/close", **{"kind-100000": "1"}, reason="Tertukar laci")

    page = seller.look(closed.headers["HX-Redirect"]).text

    assert refused.status_code == 422
    assert "-Rp100.000" in page
    assert "Tertukar laci" in page


def test_a_count_with_letters_names_its_note(seller):
    answer = seller.press("/shift/close", **{"kind-50000": "tiga"})

    assert answer.status_code == 422
    assert "Rp50.000" in answer.text


def test_open_orders_are_named_before_closing(seller, number):
    seller.tap(number["WB86-KOMPLIT"])

    page = seller.look("/shift/close").text
    answer = seller.press("/shift/close", **{"kind-100000": "2"})

    assert "Rp25.000" in page
    assert answer.status_code == 422


def test_a_shift_that_is_not_there_is_refused(seller):
    assert seller.look("/shifts/00000000").status_code in {404, 422}


def test_a_closed_till_has_no_report_and_no_count(signed_in):
    assert signed_in.client.get("/shift").location == "/shift/open"
    assert signed_in.client.get("/shift/close").location == "/shift/open"
