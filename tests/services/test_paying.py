import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.methods import MethodUnknownError
from kiosk.domain.money import AmountNotUnderstoodError
from kiosk.domain.payments import PaymentTooLargeError, PaymentTooSmallError
from kiosk.services import carts, journals, paying, sales
from kiosk.services.browsers import recognise
from kiosk.services.bundles import apply_bundle
from kiosk.services.paying import PaymentForm
from kiosk.services.sign_in import sign_out
from kiosk.services.tills import NotSignedInError
from kiosk.storage import shifts
from tests.support.bazaar import KERIPIK, WEDANG, bundle_document, open_till


def ring_up(here, paired, number, *skus):
    cart = carts.new_cart(here, paired)
    for sku in skus:
        cart = carts.add(here, cart.id, number[sku], None)
    return cart


def expected_cash(here):
    with here.db.read() as connection:
        return shifts.expected_cash(connection, shifts.open_shift(connection, "K01").id)


def test_cash_makes_a_sale_with_change_and_only_what_stayed_is_in_the_drawer(here, paired, number):
    cart = ring_up(here, paired, number, "WB86-KOMPLIT", "KRP-TMP")

    answer = paying.pay(here, paired, cart.id, PaymentForm("cash", tendered="50.000"))

    sale = sales.sale(here, answer.sale_id).sale
    assert (sale.number, sale.total_rp) == ("K01-0001", 37_500)
    assert (sale.payments[0].tendered_rp, sale.payments[0].change_rp) == (50_000, 12_500)
    assert expected_cash(here) == 237_500


def test_cash_is_rounded_down_on_its_own_line_and_no_share_bears_it(here, paired, number):
    cart = ring_up(here, paired, number, "KRP-CURAH")

    answer = paying.pay(here, paired, cart.id, PaymentForm("cash"))

    sale = sales.sale(here, answer.sale_id).sale
    assert (sale.rounding_rp, sale.total_rp) == (-5, 8_500)
    assert sale.shares[0].gross_rp == 8_505


def test_qris_shows_the_stalls_own_code_and_is_only_claimed(here, paired, number):
    cart = ring_up(here, paired, number, "WB86-KOMPLIT")

    choices = paying.codes_for(here, paying.due(here, cart.id)).choices
    answer = paying.pay(
        here, paired, cart.id, PaymentForm("qris", payee=WEDANG, reference=" 4711 ")
    )

    payment = sales.sale(here, answer.sale_id).sale.payments[0]
    assert [choice.payee for choice in choices] == [WEDANG, "bazaar"]
    assert (payment.payee, payment.nmid, payment.state) == (WEDANG, "ID1020000000001", "claimed")
    assert payment.reference == "4711"
    assert expected_cash(here) == 200_000


def test_a_mixed_cart_is_paid_to_the_bazaars_code_and_a_stalls_code_takes_no_more_than_her_goods(
    here, paired, number
):
    cart = ring_up(here, paired, number, "WB86-KOMPLIT", "BTK-ONDEL")

    choices = paying.codes_for(here, paying.due(here, cart.id)).choices

    assert [(choice.payee, choice.most_rp) for choice in choices] == [
        ("bazaar", 200_000),
        (WEDANG, 25_000),
    ]
    with pytest.raises(PaymentTooLargeError):
        paying.pay(here, paired, cart.id, PaymentForm("qris", amount="25.001", payee=WEDANG))


def test_a_split_over_two_methods_is_one_sale_when_nothing_is_left(here, paired, number):
    cart = ring_up(here, paired, number, "BTK-ONDEL")

    first = paying.pay(here, paired, cart.id, PaymentForm("transfer", amount="100.000"))
    second = paying.pay(here, paired, cart.id, PaymentForm("cash", tendered="100.000"))

    assert first.sale_id is None
    assert first.due.rest_rp == 75_000
    sale = sales.sale(here, second.sale_id).sale
    assert [(part.method, part.amount_rp) for part in sale.payments] == [
        ("transfer", 100_000),
        ("cash", 75_000),
    ]


def test_a_part_sent_twice_is_taken_once(here, paired, number):
    cart = ring_up(here, paired, number, "BTK-ONDEL")
    form = PaymentForm("transfer", amount="100.000", place="1")

    paying.pay(here, paired, cart.id, form)
    answer = paying.pay(here, paired, cart.id, form)

    assert answer.due.rest_rp == 75_000


def test_a_part_can_be_taken_back_and_until_then_the_goods_stay(here, paired, number):
    cart = ring_up(here, paired, number, "BTK-ONDEL")
    paying.pay(here, paired, cart.id, PaymentForm("transfer", amount="100.000"))

    with pytest.raises(carts.CartBeingPaidError):
        carts.add(here, cart.id, number["KRP-TMP"], None)
    due = paying.take_back(here, cart.id, 1)

    assert due.rest_rp == 175_000
    assert carts.add(here, cart.id, number["KRP-TMP"], None).total_rp == 187_500


def test_paying_the_same_cart_again_answers_with_the_same_sale(here, paired, number):
    cart = ring_up(here, paired, number, "KRP-TMP")

    first = paying.pay(here, paired, cart.id, PaymentForm("cash"))
    again = paying.pay(here, paired, cart.id, PaymentForm("qris"))

    assert first == again
    assert len(sales.todays_sales(here, "K01")) == 1


def test_the_same_cart_paid_by_eight_at_once_is_one_sale(here, paired, number):
    cart = ring_up(here, paired, number, "KRP-TMP")
    answers = []
    at_once = threading.Barrier(8)

    def pay():
        at_once.wait()
        answers.append(paying.pay(here, paired, cart.id, PaymentForm("cash")))

    threads = [threading.Thread(target=pay) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.sale_id for answer in answers} == {cart.id}
    assert len(answers) == 8
    assert len(sales.todays_sales(here, "K01")) == 1


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (PaymentForm("cash", tendered="sepuluh"), AmountNotUnderstoodError),
        (PaymentForm("cash", tendered="-5000"), AmountNotUnderstoodError),
        (PaymentForm("cash", tendered="10.000"), PaymentTooSmallError),
        (PaymentForm("cash", amount="99.999.999"), PaymentTooLargeError),
        (PaymentForm("transfer", amount="12.501"), PaymentTooLargeError),
        (PaymentForm("transfer", amount="0"), PaymentTooSmallError),
        (PaymentForm("kerang"), MethodUnknownError),
    ],
)
def test_a_pay_form_that_does_not_fit_changes_nothing(here, paired, number, form, error):
    cart = ring_up(here, paired, number, "KRP-TMP")

    with pytest.raises(error):
        paying.pay(here, paired, cart.id, form)

    assert paying.due(here, cart.id).rest_rp == 12_500
    assert sales.todays_sales(here, "K01") == []


def test_nobody_signed_out_takes_money(here, paired, number):
    cart = ring_up(here, paired, number, "KRP-TMP")
    sign_out(here, paired)

    with pytest.raises(NotSignedInError):
        paying.pay(here, recognise(here, paired.id), cart.id, PaymentForm("cash"))


def test_numbers_are_gapless_per_till(here, paired, number):
    other = open_till(here, "K02")
    for at in (paired, other, paired):
        cart = ring_up(here, at, number, "WB86-KOMPLIT")
        paying.pay(here, at, cart.id, PaymentForm("cash"))

    own = [row.number for row in sales.todays_sales(here, "K01")]
    assert own == ["K01-0002", "K01-0001"]
    assert [row.number for row in sales.todays_sales(here, "K02")] == ["K02-0001"]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_a_replayed_journal_gives_the_same_rows_whatever_was_sold(here, paired, number, data):
    for _ in range(data.draw(st.integers(1, 4))):
        skus = data.draw(st.lists(st.sampled_from(sorted(number)), min_size=1, max_size=5))
        cart = ring_up(here, paired, number, *skus)
        for method in data.draw(st.lists(st.sampled_from(["transfer", "qris"]), max_size=2)):
            part = data.draw(st.integers(1, 5_000))
            if part < paying.due(here, cart.id).rest_rp:
                form = PaymentForm(method, amount=str(part), payee="bazaar")
                paying.pay(here, paired, cart.id, form)
        paying.pay(here, paired, cart.id, PaymentForm("cash"))

    rebuilt = journals.rebuild(here)

    assert rebuilt.drifted == ()
    with here.db.read() as connection:
        assert all(verdict.fault is None for verdict in journals.verify(connection))


def with_accounts(here, accounts, bazaars=""):
    """Give stalls accounts of their own, and the bazaar one for mixed orders."""
    document = bundle_document("2" * 16)
    for stall in document["stalls"]:
        stall["transfer_account"] = accounts.get(stall["id"], "")
    document["event"]["methods"] = [
        {"code": "cash", "kind": "cash"},
        {"code": "transfer", "kind": "transfer", "account": bazaars},
    ]
    with here.db.write() as connection:
        apply_bundle(here, connection, document)


def accounts(here, cart):
    now_due = paying.due(here, cart.id)
    return paying.accounts_for(here, now_due, now_due.methods[-1])


def test_a_transfer_goes_to_the_stalls_own_account_and_a_mixed_order_to_the_bazaars(
    here, paired, number
):
    with_accounts(here, {WEDANG: "Bank Uji 86"}, "Bank Bazar 1")
    one_stall = ring_up(here, paired, number, "WB86-KOMPLIT")
    mixed = ring_up(here, paired, number, "WB86-KOMPLIT", "BTK-ONDEL")

    own, common = accounts(here, one_stall), accounts(here, mixed)
    for cart in (one_stall, mixed):
        paying.pay(here, paired, cart.id, PaymentForm("transfer"))

    assert [one.account for one in own.choices] == ["Bank Uji 86", "Bank Bazar 1"]
    assert [one.account for one in common.choices] == ["Bank Bazar 1", "Bank Uji 86"]
    payees = [sales.sale(here, cart.id).sale.payments[0].payee for cart in (one_stall, mixed)]
    assert payees == [WEDANG, "bazaar"]
    assert journals.rebuild(here).drifted == ()


def test_without_the_bazaars_account_each_stall_gets_its_own_transfer(here, paired, number):
    with_accounts(here, {WEDANG: "Bank Uji 86", KERIPIK: "Bank Uji 3"})
    cart = ring_up(here, paired, number, "WB86-KOMPLIT", "BTK-ONDEL", "KRP-TMP")

    first = accounts(here, cart)
    paying.pay(here, paired, cart.id, PaymentForm("transfer", payee=KERIPIK, place="1"))
    again = paying.pay(here, paired, cart.id, PaymentForm("transfer", payee=KERIPIK, place="1"))
    second = accounts(here, cart)
    paying.pay(here, paired, cart.id, PaymentForm("transfer", place="2"))
    unknown = accounts(here, cart)
    paying.pay(here, paired, cart.id, PaymentForm("transfer", place="3"))

    assert (first.steps, first.without_rp, again.sale_id) == (2, 175_000, None)
    assert [(one.payee, one.most_rp) for one in second.choices] == [(WEDANG, 25_000)]
    assert unknown.choices == ()
    assert [(part.payee, part.amount_rp) for part in sales.sale(here, cart.id).sale.payments] == [
        (KERIPIK, 12_500),
        (WEDANG, 25_000),
        ("bazaar", 175_000),
    ]
