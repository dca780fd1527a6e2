import pytest

from kiosk.domain.settling import GivenBackTooMuchError
from kiosk.services import carts, journals, paying, refunds, sales, shifts
from kiosk.services.bundles import apply_bundle
from kiosk.services.paying import DueChangedError, PaymentForm
from tests.services.test_paying import expected_cash, ring_up
from tests.support.bazaar import APPROVED, bundle_document


def reprice(here, sku, price_rp, version="1" * 16):
    document = bundle_document(version)
    for product in document["products"]:
        if product["sku"] == sku:
            product["price_rp"] = price_rp
    with here.db.write() as connection:
        apply_bundle(here, connection, document)


def test_an_order_of_free_goods_is_a_sale_without_money(here, paired, number):
    reprice(here, "KRP-TMP", 0)
    cart = ring_up(here, paired, number, "KRP-TMP")

    answer = paying.pay(here, paired, cart.id, PaymentForm("", place="1", shown="0"))

    view = sales.sale(here, answer.sale_id)
    assert (view.sale.total_rp, view.sale.payments) == (0, ())
    assert [(row.number, row.methods) for row in sales.todays_sales(here, "K01")] == [
        ("K01-0001", ())
    ]
    assert shifts.report(here, view.sale.shift).sold.sales == 1
    assert expected_cash(here) == 200_000
    assert journals.rebuild(here).drifted == ()


def test_free_goods_come_back_without_money(here, paired, number):
    reprice(here, "KRP-TMP", 0)
    cart = ring_up(here, paired, number, "KRP-TMP")
    sale = paying.pay(here, paired, cart.id, PaymentForm("")).sale_id

    refunds.void(here, paired, sale, refunds.RefundForm(here.clock.new_id(), "salah", APPROVED))

    assert sales.sale(here, sale).refunds[0].refund.back.payments == ()
    assert expected_cash(here) == 200_000


def test_an_order_that_became_cheaper_while_it_was_paid_gives_the_difference_back(
    here, paired, number
):
    cart = ring_up(here, paired, number, "BTK-ONDEL")
    paying.pay(here, paired, cart.id, PaymentForm("transfer", amount="100.000"))
    reprice(here, "BTK-ONDEL", 90_000)

    due = paying.due(here, cart.id)
    sale = paying.pay(here, paired, cart.id, PaymentForm("")).sale_id

    assert due.rest_rp == -10_000
    parts = sales.sale(here, sale).sale.payments
    assert [(part.method, part.amount_rp) for part in parts] == [
        ("transfer", 100_000),
        ("cash", -10_000),
    ]
    assert expected_cash(here) == 190_000


def test_an_order_that_grew_on_another_screen_is_not_paid_at_the_old_sum(here, paired, number):
    cart = ring_up(here, paired, number, "KRP-TMP")
    carts.add(here, cart.id, number["WB86-KOMPLIT"], None)

    with pytest.raises(DueChangedError, match=r"Rp12\.500.*Rp37\.500"):
        paying.pay(here, paired, cart.id, PaymentForm("cash", place="1", shown="12500"))
    with pytest.raises(DueChangedError):
        paying.pay(here, paired, cart.id, PaymentForm("cash", place="1", shown="9" * 5_000))

    assert paying.due(here, cart.id).payments == ()


def test_what_was_overpaid_comes_back_by_the_method_that_brought_it(here, paired, number):
    cart = ring_up(here, paired, number, "WB86-TUBRUK", "BTK-ONDEL")
    paying.pay(here, paired, cart.id, PaymentForm("cash", amount="35.000"))
    form = PaymentForm("transfer", amount="200.000", gives_back=True)
    sale = paying.pay(here, paired, cart.id, form).sale_id

    refunds.void(here, paired, sale, refunds.RefundForm(here.clock.new_id(), "salah", APPROVED))

    back = sales.sale(here, sale).refunds[0].refund.back
    assert [(part.method, part.amount_rp) for part in back.payments] == [
        ("cash", 35_000),
        ("transfer", 175_000),
    ]
    assert expected_cash(here) == 175_000
    assert journals.rebuild(here).drifted == ()


def test_no_more_goes_back_than_the_drawer_holds(here, paired, number):
    cart = ring_up(here, paired, number, "KRP-TMP")

    with pytest.raises(GivenBackTooMuchError, match=r"Rp200\.000"):
        paying.pay(
            here, paired, cart.id, PaymentForm("transfer", amount="300.000", gives_back=True)
        )
