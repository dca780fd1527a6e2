"""The page of incoming orders, as a stall's phone shows it."""

import re

import pytest

from tests.support.bazaar import BATIK, COORDINATOR, COORDINATOR_PIN, WEDANG
from tests.web.conftest import visitor_of

SEEN = re.compile(r'hx-get="([^"]*/list[^"]*)"')


@pytest.fixture
def kitchen(seller):
    seller.client.declare("orders")
    return seller


def live_address(page):
    return SEEN.search(page)[1].replace("&amp;", "&")


def test_a_stall_without_orders_says_that_they_come_by_themselves(kitchen):
    assert "Belum ada pesanan" in kitchen.look(f"/orders/{WEDANG}").text


def test_an_order_comes_up_by_itself_and_nothing_is_sent_while_nothing_happens(kitchen, number):
    address = live_address(kitchen.look(f"/orders/{WEDANG}").text)
    quiet = kitchen.glance(address)
    kitchen.buy(number["WB86-KOMPLIT"], number["BTK-ONDEL"])

    shown = kitchen.client.htmx("GET", address)

    assert quiet.status_code == 204
    assert "K01-0001" in shown.text
    assert "Wedang Komplit" in shown.text
    assert "Kain Batik" not in shown.text


def test_what_was_handed_over_stays_in_its_place_until_the_page_is_opened_anew(
    here, kitchen, number
):
    sale = kitchen.buy(number["WB86-KOMPLIT"])
    here.clock.pass_seconds(60)
    kitchen.buy(number["WB86-KOREA"])
    address = live_address(kitchen.look(f"/orders/{WEDANG}").text)
    kitchen.submit(f"/orders/{WEDANG}/{sale}/handed-over")

    open_page = kitchen.client.htmx("GET", address).text
    new_page = kitchen.look(f"/orders/{WEDANG}").text
    all_of_today = kitchen.look(f"/orders/{WEDANG}?all=1").text

    assert open_page.index("K01-0001") < open_page.index("K01-0002")
    assert "K01-0001" not in new_page
    assert "K01-0001" in all_of_today


def test_a_tick_stays_in_place_with_name_and_time_and_can_be_undone(kitchen, number):
    sale = kitchen.buy(number["WB86-KOMPLIT"])

    ticked = kitchen.client.htmx(
        "POST",
        f"/orders/{WEDANG}/{sale}/handed-over",
        data={"n": "1", "since": ""},
        headers={"X-CSRFToken": kitchen.token()},
    ).text
    undone = kitchen.client.htmx(
        "POST",
        f"/orders/{WEDANG}/{sale}/taken-back",
        data={"n": "1", "since": ""},
        headers={"X-CSRFToken": kitchen.token()},
    ).text

    assert "Diserahkan oleh Rina" in ticked
    assert "Diserahkan oleh Rina" not in undone


def test_without_scripts_the_same_buttons_work(kitchen, number):
    sale = kitchen.buy(number["WB86-KOMPLIT"])

    answer = kitchen.submit(f"/orders/{WEDANG}/{sale}/handed-over", n="1")

    assert answer.location == f"/orders/{WEDANG}"
    assert "Diserahkan oleh Rina" in kitchen.look(f"/orders/{WEDANG}?all=1").text


def test_a_used_slip_is_refused_with_who_and_when(kitchen, number):
    sale = kitchen.buy(number["WB86-KOMPLIT"])
    kitchen.submit(f"/orders/{WEDANG}/{sale}/handed-over")

    again = kitchen.press(f"/orders/{WEDANG}/{sale}/handed-over")
    found = kitchen.look("/orders/find?code=K01-0001").text

    assert again.status_code == 409
    assert "Rina" in again.text
    assert "10.00" in again.text
    assert "sudah dipakai" in found


@pytest.mark.parametrize("code", ["", "K99-0001", "'; DROP TABLE sales --", "x" * 5000, "\0"])
def test_a_code_nobody_was_given_is_a_404_that_says_what_to_type(kitchen, code):
    assert kitchen.look("/orders/find", query_string={"code": code}).status_code == 404


def test_a_stall_that_is_not_here_is_a_404(kitchen):
    for path in ("/orders/nobody", "/orders/nobody/list"):
        assert kitchen.look(path).status_code == 404


def test_the_list_of_stalls_counts_what_waits(kitchen, number):
    kitchen.buy(number["WB86-KOMPLIT"], number["BTK-ONDEL"])
    kitchen.buy(number["WB86-KOREA"])

    page = kitchen.look("/orders").text

    assert "2 pesanan menunggu" in page
    assert f"/orders/{BATIK}" in page


def test_only_a_coordinator_may_stop_slips(here, kitchen):
    assert kitchen.press(f"/orders/{WEDANG}/slips", wants="0").status_code == 403

    boss = visitor_of(here)
    boss.submit("/tills/K02")
    boss.sign_in(COORDINATOR, COORDINATOR_PIN)

    assert boss.submit(f"/orders/{WEDANG}/slips", wants="0").location == "/orders"


def test_a_stalls_phone_ticks_off_its_own_orders_and_sees_no_others(here, kitchen, number):
    sale = kitchen.buy(number["WB86-KOMPLIT"], number["BTK-ONDEL"])
    phone = visitor_of(here)
    phone.submit(f"/tills/stall/{WEDANG}")
    phone.sign_in()

    page = phone.look("/orders").text
    ticked = phone.submit(f"/orders/{WEDANG}/{sale}/handed-over")
    found = phone.look("/orders/find?code=K01-0001").text

    assert "Wedang Komplit" in page
    assert ticked.location == f"/orders/{WEDANG}"
    assert "sudah dipakai" in found
    assert "Kain Batik" not in found
    assert phone.look(f"/orders/{BATIK}").status_code == 404
    assert phone.press(f"/orders/{BATIK}/{sale}/handed-over").status_code == 404
