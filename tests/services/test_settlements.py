"""What a stall is owed, handed over at noon and again in the evening."""

import pytest

from kiosk.domain.ids import IdNotUnderstoodError
from kiosk.domain.settlements import SettlementTooLargeError, SettlementWayError, StallAccount
from kiosk.services import journals, paying, refunds, settlements, shifts, stall_accounts
from kiosk.services.paying import PaymentForm
from kiosk.services.print_queue import jobs, story
from kiosk.services.printers import PrinterForm, keep_printer
from kiosk.services.refunds import RefundForm
from kiosk.services.settlements import (
    AlreadyUndoneError,
    DrawerTooEmptyError,
    SettlementForm,
)
from kiosk.services.sign_in import WrongPinError
from kiosk.services.stall_accounts import StallNotHereError
from printers.layout import as_text, lay_out
from tests.services.test_paying import expected_cash, ring_up
from tests.support.bazaar import APPROVED, BATIK, EVENT, KERIPIK, WEDANG, open_till

CASH = SettlementForm(way="cash")


def account(here, paired, stall):
    return stall_accounts.stall_page(here, paired, EVENT, stall).row.account


def hand_over(here, paired, stall, form=CASH, approval=APPROVED):
    entry_id = here.clock.new_id()
    settlements.settle(here, paired, (EVENT, stall), form, entry_id, approval)
    return entry_id


def sell(here, paired, number, *skus, form=None):
    cart = ring_up(here, paired, number, *skus)
    return paying.pay(here, paired, cart.id, form or PaymentForm("cash")).sale_id


@pytest.fixture
def sold(here, paired, number):
    """Batik of Rp175.000 in cash, of which a tenth is the campaign's."""
    return sell(here, paired, number, "BTK-ONDEL")


def test_a_stall_is_handed_its_share_out_of_the_drawer(here, paired, sold):
    before = account(here, paired, BATIK)

    hand_over(here, paired, BATIK)

    after = account(here, paired, BATIK)
    assert (before.net_rp, before.owed_rp) == (157_500, 157_500)
    assert (after.handed_rp, after.owed_rp) == (157_500, 0)
    assert expected_cash(here) == 200_000 + 175_000 - 157_500


def test_what_is_sold_after_noon_is_handed_over_in_the_evening(here, paired, number, sold):
    hand_over(here, paired, BATIK)
    sell(here, paired, number, "BTK-ONDEL")

    hand_over(here, paired, BATIK, SettlementForm("100.000", "transfer"))

    assert account(here, paired, BATIK).owed_rp == 57_500
    assert expected_cash(here) == 200_000 + 2 * 175_000 - 157_500


def test_what_buyers_paid_the_stall_itself_is_not_handed_over_again(here, paired, number):
    sell(here, paired, number, "WB86-KOMPLIT", form=PaymentForm("qris", payee=WEDANG))

    shown = account(here, paired, WEDANG)

    assert (shown.net_rp, shown.received_rp, shown.owed_rp) == (25_000, 25_000, 0)


def test_a_stall_that_was_paid_too_much_pays_in(here, paired, number, sold):
    hand_over(here, paired, BATIK)
    refunds.void(here, paired, sold, RefundForm(here.clock.new_id(), "salah", APPROVED))

    hand_over(here, paired, BATIK)

    assert account(here, paired, BATIK).handed_rp == 0
    assert expected_cash(here) == 200_000


def test_cash_is_handed_over_in_coins_there_are_and_the_rest_stays_open(here, paired, number):
    sell(here, paired, number, "KRP-TMP")

    hand_over(here, paired, KERIPIK)

    shown = account(here, paired, KERIPIK)
    assert (shown.net_rp, shown.handed_rp, shown.owed_rp) == (12_188, 12_100, 88)


def test_the_same_form_sent_twice_hands_over_once(here, paired, sold):
    entry_id = here.clock.new_id()
    for _ in range(2):
        form = SettlementForm("50.000", "cash")
        settlements.settle(here, paired, (EVENT, BATIK), form, entry_id, APPROVED)

    assert account(here, paired, BATIK).handed_rp == 50_000


def test_nothing_is_handed_over_that_is_not_owed_or_not_there(here, paired, number, sold):
    with pytest.raises(SettlementTooLargeError, match=r"Rp157\.500"):
        hand_over(here, paired, BATIK, SettlementForm("157.600", "cash"))
    with pytest.raises(SettlementWayError):
        hand_over(here, paired, BATIK, SettlementForm("1.000", "cheque"))
    with pytest.raises(StallNotHereError):
        hand_over(here, paired, "nobody")
    with pytest.raises(IdNotUnderstoodError):
        settlements.settle(here, paired, (EVENT, BATIK), CASH, sold, APPROVED)
    with pytest.raises(WrongPinError):
        hand_over(here, paired, BATIK, approval=type(APPROVED)(APPROVED.operator_id, "000000"))

    assert account(here, paired, BATIK).handed_rp == 0


def test_a_drawer_that_holds_less_hands_over_less(here, paired, number):
    for _ in range(2):
        sell(here, paired, number, "BTK-ONDEL", form=PaymentForm("debit"))

    with pytest.raises(DrawerTooEmptyError):
        hand_over(here, paired, BATIK)
    hand_over(here, paired, BATIK, SettlementForm("200.000", "cash"))

    assert expected_cash(here) == 0


def test_a_settlement_that_did_not_happen_is_taken_back_once(here, paired, sold):
    entry_id = hand_over(here, paired, BATIK)

    settlements.take_back(here, paired, entry_id, APPROVED)

    page = stall_accounts.stall_page(here, paired, EVENT, BATIK)
    assert page.row.account.owed_rp == 157_500
    assert [one.undone for one in page.settled] == [False, True]
    assert expected_cash(here) == 375_000
    for one in page.settled:
        with pytest.raises(AlreadyUndoneError):
            settlements.take_back(here, paired, one.entry.id, APPROVED)


def test_the_shifts_report_says_what_left_the_drawer_for_stalls(here, paired, sold):
    taken_back = hand_over(here, paired, BATIK, SettlementForm("20.000", "cash"))
    hand_over(here, paired, BATIK, SettlementForm("50.000", "cash"))
    hand_over(here, paired, BATIK, SettlementForm("10.000", "transfer"))
    settlements.take_back(here, paired, taken_back, APPROVED)

    closed = shifts.close_shift(here, paired, {100_000: "3", 5_000: "5"}, "")

    assert (closed.settled.times, closed.settled.amount_rp) == (1, 50_000)
    assert closed.closing.difference_rp == 0


def test_a_rebuilt_journal_owes_and_has_handed_over_the_same(here, paired, sold):
    settlements.take_back(here, paired, hand_over(here, paired, BATIK), APPROVED)
    hand_over(here, paired, BATIK, SettlementForm("50.000", "cash"))
    before = account(here, paired, BATIK), expected_cash(here)

    journals.rebuild(here)

    assert (account(here, paired, BATIK), expected_cash(here)) == before


def test_the_slip_is_printed_and_a_second_one_says_so(here, paired, sold):
    form = PrinterForm("Depan", "tcp://127.0.0.1:9", "generic-58", ("K01",))
    keep_printer(here, paired, None, form, APPROVED)
    entry_id = hand_over(here, paired, BATIK)

    settlements.print_again(here, paired, entry_id)

    second, first = (
        as_text(lay_out(story(here, job.id).document, 32)) for job in jobs(here, 1)[:2]
    )
    assert "DISERAHKAN" in first
    assert "Rp157.500" in first
    assert "SALINAN" not in first
    assert "SALINAN" in second


def test_a_stalls_own_till_shows_its_own_account_alone(here, paired, sold):
    at_wedang = open_till(here, "K02")

    shown = stall_accounts.stalls(here, at_wedang, "")

    assert [row.stall.id for row in shown.rows] == [WEDANG]
    with pytest.raises(StallNotHereError):
        stall_accounts.stall_page(here, at_wedang, EVENT, BATIK)
    with pytest.raises(StallNotHereError):
        settlements.settle(here, at_wedang, (EVENT, BATIK), CASH, here.clock.new_id(), APPROVED)


def test_an_event_nobody_knows_owes_nothing(here, paired, sold):
    assert stall_accounts.stalls(here, paired, "another").rows == ()
    assert StallAccount().is_empty
