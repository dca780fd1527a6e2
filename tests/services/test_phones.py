import pytest

from kiosk.domain.carts import CartEmptyError
from kiosk.services import carts, paying, phones, queue
from kiosk.services.browsers import assign_till, pair_local, recognise
from kiosk.services.cart_errors import CartUnknownError, NotThisStallsError
from kiosk.services.paying import PaymentForm
from kiosk.services.sign_in import sign_in
from tests.support.bazaar import BATIK, CASHIER, CASHIER_PIN, WEDANG, open_till


def phone_of(here, stall):
    browser = pair_local(here)
    phones.assign_stall(here, browser, stall)
    return sign_in(here, browser, CASHIER, CASHIER_PIN)


@pytest.fixture
def wedang_phone(here):
    return phone_of(here, WEDANG)


def write_down(here, phone, *numbers):
    """Put pieces on the phone's cart; gives it as it is then."""
    cart = phones.phone_cart(here, recognise(here, phone.id))
    for number in numbers:
        cart = carts.add(here, cart.id, number, None)
    return cart


def sent(here, phone, *numbers):
    cart = write_down(here, phone, *numbers)
    phones.send(here, recognise(here, phone.id))
    return cart


def test_an_order_from_a_phone_is_opened_by_its_number_and_paid(here, paired, number, wedang_phone):
    cart = sent(here, wedang_phone, number["WB86-KOMPLIT"], number["WB86-TUBRUK"])
    waiting = phones.order(here, cart.id)

    opened = queue.resume_called(here, paired, f"pesanan-{cart.label}")
    at_till = phones.order(here, cart.id)
    paying.pay(here, recognise(here, paired.id), opened.id, PaymentForm("cash"))
    paid = phones.order(here, cart.id)

    assert [waiting.state, at_till.state, paid.state] == ["waiting", "at_till", "paid"]
    assert at_till.till == "Laci 1"
    assert (paid.pieces, paid.total_rp) == (2, 60_000)


def test_a_phone_needs_no_shift_and_its_order_waits_for_the_cashiers(here, number, wedang_phone):
    cart = sent(here, wedang_phone, number["WB86-KOMPLIT"])

    assert [number for _, number, _ in queue.numbers_waiting(here)] == [int(cart.label)]
    assert cart.till == ""


def test_the_goods_of_two_stalls_phones_go_on_one_number(here, paired, number, wedang_phone):
    first = sent(here, wedang_phone, number["WB86-KOMPLIT"])
    batik_phone = phone_of(here, BATIK)

    phones.join(here, batik_phone, first.label)
    write_down(here, batik_phone, number["BTK-ONDEL"])

    opened = queue.resume_called(here, paired, first.label)
    assert opened.total_rp == 200_000
    assert len(opened.stalls()) == 2


def test_a_phone_sells_its_own_stall_s_goods_alone(here, number, wedang_phone):
    mine = write_down(here, wedang_phone, number["WB86-KOMPLIT"])
    both = carts.add(here, mine.id, number["BTK-ONDEL"], None)

    with pytest.raises(NotThisStallsError):
        phones.check_goods(here, wedang_phone, number["BTK-ONDEL"])
    with pytest.raises(NotThisStallsError):
        phones.check_line(here, wedang_phone, both.id, both.lines[1].key)

    phones.check_goods(here, wedang_phone, number["WB86-TUBRUK"])
    phones.check_line(here, wedang_phone, both.id, both.lines[0].key)


def test_an_empty_order_is_not_sent_and_its_number_is_used_again(here, wedang_phone):
    cart = phones.phone_cart(here, wedang_phone)

    with pytest.raises(CartEmptyError):
        phones.send(here, recognise(here, wedang_phone.id))
    assign_till(here, wedang_phone, "K01")

    assert phones.phone_cart(here, phone_of(here, BATIK)).id == cart.id


def test_an_order_nobody_ever_began_is_said_to_be_unknown(here):
    with pytest.raises(CartUnknownError):
        phones.order(here, "no-such-order")


def test_a_stall_that_is_not_here_has_no_phone(here, paired):
    with pytest.raises(phones.StallUnknownError):
        phones.assign_stall(here, paired, "nobody")


def test_a_stall_s_own_till_does_not_take_an_order_with_others_goods(here, number):
    hers = open_till(here, till="K02")
    cart = sent(here, phone_of(here, BATIK), number["BTK-ONDEL"])

    with pytest.raises(NotThisStallsError):
        carts.resume(here, hers, cart.id)
