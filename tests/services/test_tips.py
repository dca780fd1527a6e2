import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.ids import IdNotUnderstoodError
from kiosk.domain.shifts import NoOpenShiftError
from kiosk.domain.tips import TipReasonError, TipTooLargeError, TipTooSmallError
from kiosk.errors import KioskError
from kiosk.services import journals, paying, sales, shifts, tips
from kiosk.services.approvals import Approval
from kiosk.services.paying import PaymentForm, TipTooEarlyError
from kiosk.services.sign_in import WrongPinError
from kiosk.services.tips import TipForm, TipUnknownError
from kiosk.storage import shifts as shift_rows
from printers.layout import as_text, lay_out
from tests.services.test_paying import expected_cash, ring_up
from tests.support.bazaar import COORDINATOR, COORDINATOR_PIN


@pytest.fixture
def sold(here, paired, number):
    """A sale of Rp37.500 paid with Rp50.000: Rp12.500 of change."""
    cart = ring_up(here, paired, number, "WB86-KOMPLIT", "KRP-TMP")
    return paying.pay(here, paired, cart.id, PaymentForm("cash", tendered="50.000")).sale_id


def leave(here, paired, sale, reason="tip", amount=""):
    entry_id = here.clock.new_id()
    tips.leave_change(here, paired, sale, TipForm(reason, amount), entry_id)
    return entry_id


def test_change_left_is_in_the_drawer_and_not_in_the_sale(here, paired, sold):
    leave(here, paired, sold, "donation")

    view = sales.sale(here, sold)
    report = shifts.report(here, view.sale.shift)
    assert (view.sale.total_rp, view.change_rp) == (37_500, 0)
    assert report.sold.omzet_rp == 37_500
    assert [(one.reason, one.times, one.amount_rp) for one in report.tips] == [
        ("donation", 1, 12_500)
    ]
    assert [(one.method, one.amount_rp) for one in report.takings] == [("cash", 37_500)]
    assert expected_cash(here) == 250_000


def test_change_left_while_paying_stands_on_the_receipt(here, paired, number):
    cart = ring_up(here, paired, number, "WB86-KOMPLIT")
    form = PaymentForm("cash", tendered="30.000", tip=TipForm("tip", "2.000"))

    sale = paying.pay(here, paired, cart.id, form).sale_id

    written = as_text(lay_out(sales.receipt(here, sale), 42))
    assert "Direlakan (tip)" in written
    assert "-2.000" in written
    assert sales.sale(here, sale).change_rp == 3_000
    assert expected_cash(here) == 227_000


def test_the_same_form_sent_twice_leaves_change_once(here, paired, sold):
    entry = here.clock.new_id()
    for _ in range(2):
        tips.leave_change(here, paired, sold, TipForm("tip", "2.500"), entry)

    assert expected_cash(here) == 240_000


def test_no_more_is_left_than_the_change_however_often(here, paired, sold):
    leave(here, paired, sold, amount="10.000")

    with pytest.raises(TipTooLargeError, match=r"Rp2\.500"):
        leave(here, paired, sold, amount="2.501")
    leave(here, paired, sold, "donation")
    with pytest.raises(TipTooLargeError, match="no change"):
        leave(here, paired, sold)


def test_what_was_left_is_undone_by_a_counter_entry_of_a_coordinator(here, paired, sold):
    entry = leave(here, paired, sold)
    with pytest.raises(WrongPinError):
        tips.undo_tip(here, paired, sold, entry, Approval(COORDINATOR, "000000"))

    tips.undo_tip(here, paired, sold, entry, Approval(COORDINATOR, COORDINATOR_PIN))

    assert sales.sale(here, sold).change_rp == 12_500
    assert expected_cash(here) == 237_500
    with pytest.raises(TipUnknownError):
        tips.undo_tip(here, paired, sold, entry, Approval(COORDINATOR, COORDINATOR_PIN))
    tips.leave_change(here, paired, sold, TipForm("tip"), entry)
    assert expected_cash(here) == 237_500


def test_nothing_is_left_or_undone_once_the_drawer_was_counted(here, paired, sold):
    entry = leave(here, paired, sold, amount="2.500")
    shifts.close_shift(here, paired, {100_000: "2", 20_000: "2"}, "")

    assert tips.leavable(here, sold).most_rp == 0
    with pytest.raises(NoOpenShiftError):
        leave(here, paired, sold)
    with pytest.raises(NoOpenShiftError):
        tips.undo_tip(here, paired, sold, entry, Approval(COORDINATOR, COORDINATOR_PIN))


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (TipForm("sedekah"), TipReasonError),
        (TipForm("tip", "0"), TipTooSmallError),
        (TipForm("tip", "99.000"), TipTooLargeError),
    ],
)
def test_a_form_that_does_not_fit_takes_no_money_at_all(here, paired, number, form, error):
    cart = ring_up(here, paired, number, "KRP-TMP")

    with pytest.raises(error):
        paying.pay(here, paired, cart.id, PaymentForm("cash", tendered="20.000", tip=form))

    assert sales.todays_sales(here, "K01") == []


def test_change_is_left_only_when_the_whole_order_is_paid(here, paired, number):
    cart = ring_up(here, paired, number, "BTK-ONDEL")
    form = PaymentForm("cash", amount="10.000", tendered="20.000", tip=TipForm("tip"))

    with pytest.raises(TipTooEarlyError):
        paying.pay(here, paired, cart.id, form)

    assert paying.due(here, cart.id).payments == ()


def test_a_form_may_not_name_another_entry(here, paired, sold):
    with pytest.raises(IdNotUnderstoodError):
        tips.leave_change(here, paired, sold, TipForm("tip"), sold)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_the_drawer_is_cash_in_less_change_less_given_back_plus_tips(here, paired, number, data):
    for _ in range(data.draw(st.integers(1, 3))):
        cart = ring_up(here, paired, number, data.draw(st.sampled_from(sorted(number))))
        due = paying.due(here, cart.id)
        method = data.draw(st.sampled_from(["cash", "transfer"]))
        over = data.draw(st.sampled_from([0, 500, 20_000]))
        form = (
            PaymentForm("cash", tendered=str(due.cash_rest_rp + over))
            if method == "cash"
            else PaymentForm("transfer", amount=str(due.rest_rp + over), gives_back=True)
        )
        sale = paying.pay(here, paired, cart.id, form).sale_id
        for amount in data.draw(st.lists(st.sampled_from(["", "100", "700"]), max_size=2)):
            try:
                leave(here, paired, sale, amount=amount)
            except KioskError:
                assert sales.sale(here, sale).change_rp < int(amount or "1")

    with here.db.read() as connection:
        shift = shift_rows.open_shift(connection, "K01")
        made = [
            sales.sealed_sale(connection, row.id).sale for row in sales.todays_sales(here, "K01")
        ]
        views = [sales.sale(here, sale.id) for sale in made]
        tendered = sum(part.tendered_rp or 0 for sale in made for part in sale.payments)
        handed_out = sum(view.change_rp for view in views)
        assert shift_rows.expected_cash(connection, shift.id) == 200_000 + tendered - handed_out
    assert journals.rebuild(here).drifted == ()
