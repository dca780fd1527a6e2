import pytest

from kiosk.domain.carts import CartEmptyError
from kiosk.domain.operators import NotAllowedError
from kiosk.domain.queue import NameTooLongError
from kiosk.services import carts, paying, queue
from kiosk.services.approvals import Approval
from kiosk.services.browsers import recognise
from kiosk.services.paying import PaymentForm
from kiosk.services.sign_in import WrongPinError
from kiosk.storage import queue as rows
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN, open_till

A_DAY = 24 * 60 * 60


@pytest.fixture
def other_till(here):
    return open_till(here, till="K02")


def fill(here, browser, number, sku="WB86-KOMPLIT"):
    """Put one piece into the browser's cart; gives cart and browser as they are now."""
    cart = carts.active_cart(here, browser)
    return carts.add(here, cart.id, number[sku], None), recognise(here, browser.id)


def parked(here, browser, number, name=""):
    cart, browser = fill(here, browser, number)
    carts.new_cart(here, browser, name)
    return cart, recognise(here, browser.id)


def test_numbers_are_the_whole_installation_s(here, paired, other_till, number):
    ours, _ = fill(here, paired, number)
    theirs, _ = fill(here, other_till, number)

    assert (ours.label, theirs.label) == ("1", "2")


def test_a_number_is_not_used_again_at_once_when_its_order_is_paid(here, paired, number):
    cart, paired = fill(here, paired, number)
    paying.pay(here, paired, cart.id, PaymentForm("cash"))

    following = carts.active_cart(here, recognise(here, paired.id))

    assert following.label == "2"


def test_an_order_parked_under_a_name_is_found_by_part_of_it(here, paired, other_till, number):
    cart, _ = parked(here, paired, number, "Bu Tini, topi merah")

    found = queue.resume_called(here, other_till, "bu tini")

    assert (found.id, found.till, found.name) == (cart.id, "K02", "Bu Tini, topi merah")


def test_an_order_resumed_elsewhere_leaves_the_screens_of_its_old_till(
    here, paired, other_till, number
):
    cart, paired = fill(here, paired, number)

    queue.resume_called(here, other_till, cart.label)

    assert recognise(here, paired.id).cart is None
    assert recognise(here, other_till.id).cart == cart.id


def test_a_partly_paid_order_stays_at_the_till_that_has_the_money(here, paired, other_till, number):
    cart, paired = fill(here, paired, number)
    paying.pay(here, paired, cart.id, PaymentForm("cash", amount="10000"))

    with pytest.raises(carts.CartHeldError, match="Laci 1"):
        carts.resume(here, other_till, cart.id)


def test_a_name_that_two_orders_have_is_asked_about(here, paired, number):
    for name in ("Pak Budi", "Bu Budi"):
        _, paired = parked(here, paired, number, name)

    with pytest.raises(queue.SeveralOrdersError):
        queue.resume_called(here, paired, "budi")


@pytest.mark.parametrize("typed", ["", "77", "nobody", "9" * 30, "²"])
def test_what_no_order_is_called_is_said(here, paired, number, typed):
    _, paired = parked(here, paired, number)

    with pytest.raises(queue.NoSuchOrderError):
        queue.resume_called(here, paired, typed)


def test_a_name_too_long_parks_nothing(here, paired, number):
    _, paired = fill(here, paired, number)

    with pytest.raises(NameTooLongError):
        carts.new_cart(here, paired, "x" * 30)

    assert recognise(here, paired.id).cart == paired.cart


def test_an_empty_order_takes_no_name_and_one_that_was_emptied_gives_its_name_up(
    here, paired, number
):
    cart, paired = parked(here, paired, number, "Bu Tini")
    carts.empty(here, cart.id)

    with pytest.raises(CartEmptyError):
        carts.new_cart(here, paired, "Pak Budi")
    again = carts.new_cart(here, paired)

    assert (again.id, again.name) == (cart.id, "")


def test_the_list_tells_age_pieces_total_and_place(here, paired, other_till, number):
    _, paired = parked(here, paired, number)
    here.clock.pass_seconds(600)
    on_screen, _ = fill(here, other_till, number, "WB86-TUBRUK")

    waiting = queue.waiting_carts(here, paired)

    first = waiting[0]
    assert (first.number, first.pieces, first.total_rp, first.place) == (1, 1, 25_000, "Laci 1")
    assert first.age.total_seconds() == 600
    assert [(cart.id, cart.place, cart.is_on_screen) for cart in waiting[1:]] == [
        (on_screen.id, "Laci 2", True)
    ]
    assert [number for _, number, _ in queue.numbers_waiting(here)] == [1]


def test_a_coordinator_throws_away_what_earlier_days_left_and_nothing_else(here, paired, number):
    old, paired = parked(here, paired, number)
    held, paired = fill(here, paired, number)
    paying.pay(here, paired, held.id, PaymentForm("cash", amount="10000"))
    carts.new_cart(here, paired)
    here.clock.pass_seconds(A_DAY)
    fresh, paired = parked(here, recognise(here, paired.id), number)

    cleared = queue.clear_left_over(here, paired, Approval(COORDINATOR, COORDINATOR_PIN))

    left = {cart.id: cart.is_left_over for cart in queue.waiting_carts(here, paired)}
    assert cleared == 1
    assert left == {held.id: True, fresh.id: False}
    with pytest.raises(carts.CartUnknownError):
        carts.shown_cart(here, old.id)


def test_throwing_away_takes_a_coordinator_s_pin(here, paired, number):
    old, paired = parked(here, paired, number)
    here.clock.pass_seconds(A_DAY)

    with pytest.raises(NotAllowedError):
        queue.clear_left_over(here, paired, Approval())
    with pytest.raises(WrongPinError):
        queue.clear_left_over(here, paired, Approval(COORDINATOR, "000000"))

    with here.db.read() as connection:
        assert [row.id for row in rows.rows(connection)] == [old.id]
