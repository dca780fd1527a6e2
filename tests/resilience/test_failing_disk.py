"""A disk that fails, fills up or turns read-only: refused before “paid”, and on again by itself."""

import pytest

from tests.support.bazaar import CASHIER, CASHIER_PIN
from tests.support.sellers import Found, check_file
from tests.support.till_client import TillClient

# Writes and syncs of one paying transaction, and a few more than there are.
MOST_CALLS = 40


@pytest.fixture
def cashier(start_till, disk):
    """A cashier at a till whose disk can be told to fail."""
    client = TillClient(start_till(**disk.environment()).url)
    client.start("K01", CASHIER, CASHIER_PIN)
    return client


def is_refused(answer):
    return answer.status == 503 and "Kembalian" not in answer.text and "<p" in answer.text


@pytest.mark.parametrize("kind", ["writes", "syncs"])
def test_a_sale_is_whole_or_refused_at_whichever_call_the_disk_fails(
    cashier, disk, bazaar_folder, kind
):
    folder, numbers = bazaar_folder
    answered, refused = set(), 0

    for calls in range(MOST_CALLS):
        cart = cashier.next_cart()
        cashier.tap(numbers["WB86-KOMPLIT"])
        disk.fail(**{kind: calls})
        answer = cashier.pay_cash()
        went_well = disk.calls <= calls
        disk.heal()
        if answer.status != 200:
            assert is_refused(answer)
            refused += 1
            assert cashier.pay_cash().status == 200
        answered.add(cart)
        if went_well:
            break

    assert refused
    assert went_well
    assert check_file(folder, answered, {}) == Found(len(answered), 0, 0)
    with_sales = cashier.follow("/sales").text
    assert with_sales.count("K01-") >= len(answered)


@pytest.mark.parametrize(
    ("fault", "words"),
    [("fill", "penyimpanannya penuh"), ("make_read_only", "tidak ada yang tersimpan")],
)
def test_a_disk_that_takes_nothing_sells_nothing_and_sells_on_when_it_does(
    cashier, disk, bazaar_folder, fault, words
):
    folder, numbers = bazaar_folder
    cart = cashier.next_cart()
    cashier.tap(numbers["WB86-KOMPLIT"])

    getattr(disk, fault)()
    refused = [cashier.pay_cash(), cashier.pay_cash(100_000)]
    page = cashier.follow("/")
    disk.heal()
    paid = cashier.pay_cash()

    assert all(is_refused(answer) and words in answer.text for answer in refused)
    assert page.status == 200
    assert paid.status == 200
    assert check_file(folder, {cart}, {}) == Found(1, 0, 0)
