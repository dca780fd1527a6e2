"""A stall's phone at the till's pages: what it is shown, and what it may not do."""

import re

import pytest

from kiosk.services import phones
from kiosk.services.browsers import pair_local
from tests.support.bazaar import CASHIER, CASHIER_PIN, WEDANG
from tests.web.conftest import visitor_of


@pytest.fixture
def phone(visitor):
    """Wedang's phone, Rina signed in, no till open anywhere."""
    visitor.submit(f"/tills/stall/{WEDANG}")
    visitor.sign_in(CASHIER, CASHIER_PIN)
    return visitor


def test_a_phone_shows_its_stall_s_goods_and_no_way_to_take_money(phone):
    page = phone.look("/").text

    assert "Wedang Komplit" in page
    assert "Kain Batik" not in page
    assert "data-pay" not in page


def test_a_phones_menu_offers_only_what_a_phone_may_do(phone):
    page = phone.look("/phone").text

    assert 'href="/preferences"' in page
    for path in ("/sales", "/shift", "/shift/close", "/printers", "/displays"):
        assert f'href="{path}"' not in page


def test_a_sent_order_shows_its_number_with_a_code(phone, number):
    cart = phone.tap(number["WB86-KOMPLIT"])

    answer = phone.press("/phone/send")
    page = phone.look(answer.headers["HX-Redirect"]).text

    assert f"/phone/orders/{cart}" in answer.headers["HX-Redirect"]
    assert re.search(r'class="number">1<', page)
    assert "<svg" in page
    assert "Bayar di kasir" in page


@pytest.mark.parametrize(
    "path",
    [
        "/carts",
        "/carts/{cart}/payments",
        "/carts/{cart}/undo",
        "/carts/{cart}/resume",
        "/shift/open",
    ],
)
def test_a_phone_takes_no_money_and_does_nothing_else_a_till_does(phone, number, path):
    cart = phone.tap(number["WB86-KOMPLIT"])

    answer = phone.press(path.format(cart=cart), method="cash")

    assert answer.status_code == 403
    assert "hanya mencatat pesanan" in answer.text


@pytest.mark.parametrize("path", ["/", "/sales", "/shift/close", "/queue"])
def test_a_page_of_the_till_leads_a_phone_to_its_own(phone, path):
    assert phone.client.get(path).location == "/phone"


def test_a_phone_cannot_tap_another_stall_s_goods(phone, number):
    answer = phone.press(f"/carts/active/lines/{number['BTK-ONDEL']}")

    assert answer.status_code == 422
    assert "Kain Batik" in answer.text


def test_what_a_phone_is_told_of_its_order_is_not_sent_twice(phone, number):
    cart = phone.tap(number["WB86-KOMPLIT"])
    phone.press("/phone/send")

    again = phone.glance(f"/phone/orders/{cart}/state?seen=waiting")
    first = phone.glance(f"/phone/orders/{cart}/state?seen=filling")

    assert again.status_code == 204
    assert "Bayar di kasir" in first.text


def test_a_number_that_is_none_is_said_in_place(phone):
    answer = phone.press("/phone/join", called="77")

    assert answer.status_code == 404
    assert "77" in answer.text


def test_a_phone_that_becomes_a_till_sells_again(phone):
    phone.submit("/tills/K01")

    assert phone.client.get("/").location == "/shift/open"


def test_news_of_another_screen_s_tap_come_to_a_second_browser(here, seller, number):
    cart = seller.tap(number["WB86-KOMPLIT"])
    second = visitor_of(here)
    second.submit("/tills/K01")
    second.sign_in()
    second.press(f"/carts/{cart}/resume")

    seller.tap(number["WB86-KOMPLIT"], cart)
    news = second.glance(f"/carts/{cart}/news?seen=1-0&queue=")
    seen = re.search(r'data-seen="(2-0)"', news.text)[1]
    queue = re.search(r'id="queue".*?data-seen="(\w+)"', news.text)[1]
    nothing = second.glance(f"/carts/{cart}/news?seen={seen}&queue={queue}")

    assert 'data-q="2"' in news.text
    assert nothing.status_code == 204


def test_news_of_a_paid_or_moved_order_free_the_screen_and_say_so(here, seller, number):
    moved = seller.tap(number["WB86-KOMPLIT"])
    second = visitor_of(here).begin("K02")
    second.press(f"/carts/{moved}/resume")
    gone = seller.glance(f"/carts/{moved}/news?seen=1-0&queue=")
    second.press(f"/carts/{moved}/payments", method="cash", place="1")
    paid = seller.glance(f"/carts/{moved}/news?seen=1-0&queue=")

    assert (gone.headers["Lapak-Cart"], paid.headers["Lapak-Cart"]) == ("gone", "paid")
    assert "Laci 2" in gone.text
    assert "sudah dibayar" in paid.text


def test_phones_are_offered_for_the_stalls_that_sell_here(here, visitor):
    page = visitor.look("/tills").text

    assert all(stall.name in page for stall in phones.stalls(here))
    assert pair_local(here).stall is None
