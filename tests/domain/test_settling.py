import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.methods import Method
from kiosk.domain.money import Rupiah
from kiosk.domain.payments import (
    QRIS_LIMIT,
    PaymentTooLargeError,
    PaymentTooSmallError,
    QrisLimitError,
    still_due,
)
from kiosk.domain.settling import (
    Bill,
    CashStepError,
    GivenBackTooMuchError,
    OverpaidError,
    Tender,
    take,
    take_part_back,
)
from kiosk.errors import KioskError

CASH = Method("cash", "cash")
QRIS = Method("qris", "qris", state="claimed")
TRANSFER = Method("transfer", "transfer")
VOUCHER = Method("voucher-pemkot", "voucher", name="Voucher Pemkot")
VOUCHER_WITH_CHANGE = Method("voucher-pasar", "voucher", name="Pasar", gives_change=True)
GOPAY = Method("ewallet-gopay", "ewallet", name="GoPay", state="claimed")

sums = st.integers(0, 500_000).map(Rupiah)
tenders = st.builds(
    Tender,
    method=st.sampled_from([CASH, QRIS, TRANSFER, VOUCHER, VOUCHER_WITH_CHANGE, GOPAY]),
    payee=st.sampled_from(["bazaar", "stall"]),
    amount_rp=st.none() | sums,
    tendered_rp=st.none() | sums,
    most_rp=st.none() | sums.filter(bool),
    gives_back=st.booleans(),
    most_back_rp=sums,
)


def offer(method, amount_rp=None, **more):
    amount = None if amount_rp is None else Rupiah(amount_rp)
    return Tender(method, "bazaar", amount_rp=amount, most_back_rp=Rupiah(200_000), **more)


@given(st.integers(0, 1_000_000), st.sampled_from([0, 100, 500]), st.lists(tenders, max_size=8))
def test_any_parts_make_a_balanced_bill_or_a_clear_refusal(total_rp, step_rp, offered):
    bill = Bill(Rupiah(total_rp), (), step_rp)
    for tender in offered:
        try:
            settled = take(bill, tender)
        except KioskError:
            continue
        drawer_rp = sum((part.tendered_rp or 0) - (part.change_rp or 0) for part in settled.parts)
        cash_rp = sum(part.amount_rp for part in settled.parts if part.method == "cash")
        assert drawer_rp == cash_rp
        assert settled.left_rp == still_due(Rupiah(total_rp + settled.rounding_rp), settled.parts)
        if settled.is_paid:
            assert total_rp + settled.rounding_rp >= 0
            assert -max(step_rp, 1) < settled.rounding_rp <= 0
            assert not settled.rounding_rp or settled.parts[-1].method == "cash"
            return
        assert settled.rounding_rp == 0
        assert step_rp < 1 or all(
            part.amount_rp % step_rp == 0
            for part in settled.parts
            if part.method == "cash" and part.amount_rp > 0
        )
        assert [part.n for part in settled.parts] == list(range(1, len(settled.parts) + 1))
        bill = Bill(bill.total_rp, settled.parts, step_rp)


def test_a_part_in_cash_is_one_that_coins_can_make():
    bill = Bill(Rupiah(43_350), (), 100)

    with pytest.raises(CashStepError, match="steps of Rp100"):
        take(bill, offer(CASH, 20_050))

    part = take(bill, offer(CASH, 20_000))
    rest = take(Bill(bill.total_rp, part.parts, 100), offer(CASH))
    assert [one.amount_rp for one in rest.parts] == [20_000, 23_300]


@given(st.integers(1, 500_000), st.lists(tenders, max_size=6), st.integers(1, 6))
def test_a_part_taken_back_takes_its_give_back_along_and_no_other_part(total_rp, offered, place):
    bill = Bill(Rupiah(total_rp))
    for tender in offered:
        try:
            settled = take(bill, tender)
        except KioskError:
            continue
        if settled.is_paid:
            break
        bill = Bill(bill.total_rp, settled.parts)

    left = take_part_back(bill.parts, place)

    if place <= len(bill.parts) and not bill.parts[place - 1].gives_back:
        gone = [part for part in bill.parts if part not in left]
        assert gone[0].n == place
        assert all(part.gives_back and part.n == place + 1 for part in gone[1:])
        if place < len(bill.parts) and bill.parts[place].gives_back:
            assert len(gone) == 2


def test_only_cash_at_the_end_is_rounded():
    bill = Bill(Rupiah(8_505), (), 100)

    by_cash = take(bill, offer(CASH))
    by_qris = take(bill, offer(QRIS))
    mixed = take(Bill(bill.total_rp, take(bill, offer(CASH, 5_000)).parts, 100), offer(QRIS))

    assert (by_cash.rounding_rp, by_cash.parts[0].amount_rp) == (-5, 8_500)
    assert (by_qris.rounding_rp, by_qris.parts[0].amount_rp) == (0, 8_505)
    assert (mixed.rounding_rp, mixed.parts[1].amount_rp) == (0, 3_505)


def test_a_transfer_of_too_much_is_asked_about_then_the_rest_goes_back_in_cash():
    bill = Bill(Rupiah(85_000), (), 100)

    with pytest.raises(OverpaidError) as asked:
        take(bill, offer(TRANSFER, 100_000))
    settled = take(bill, offer(TRANSFER, 100_000, gives_back=True))

    assert asked.value.back == 15_000
    assert [(part.method, part.amount_rp) for part in settled.parts] == [
        ("transfer", 100_000),
        ("cash", -15_000),
    ]
    assert (settled.parts[1].tendered_rp, settled.parts[1].change_rp) == (0, 15_000)
    assert settled.is_paid


def test_what_goes_back_is_rounded_in_the_buyers_favour():
    settled = take(Bill(Rupiah(84_995), (), 100), offer(TRANSFER, 100_000, gives_back=True))

    assert (settled.parts[1].change_rp, settled.rounding_rp) == (15_100, -95)


def test_no_more_goes_back_than_may():
    with pytest.raises(GivenBackTooMuchError):
        take(Bill(Rupiah(1_000)), offer(TRANSFER, 201_001, gives_back=True))


def test_a_voucher_gives_no_change_unless_it_may():
    bill = Bill(Rupiah(35_000))

    lost = take(bill, offer(VOUCHER, 50_000)).parts
    changed = take(bill, offer(VOUCHER_WITH_CHANGE, 50_000)).parts

    assert [(part.amount_rp, part.face_rp) for part in lost] == [(35_000, 50_000)]
    assert [part.amount_rp for part in changed] == [50_000, -15_000]


def test_a_stalls_code_takes_no_more_than_her_goods_unless_the_rest_goes_back():
    bill = Bill(Rupiah(85_000))
    to_stall = {"most_rp": Rupiah(25_000), "gives_back": True}

    settled = take(bill, offer(QRIS, 30_000, **to_stall))

    assert [part.amount_rp for part in settled.parts] == [30_000, -5_000]
    assert settled.left_rp == 60_000


def test_an_order_that_became_cheaper_gives_the_difference_back():
    parts = take(Bill(Rupiah(50_000)), offer(CASH, 20_000)).parts

    settled = take(Bill(Rupiah(15_000), parts), offer(CASH))

    assert settled.is_paid
    assert settled.parts[-1].amount_rp == -5_000


def test_an_order_of_nothing_is_paid_without_a_payment():
    settled = take(Bill(Rupiah(0)), offer(CASH))

    assert settled.is_paid
    assert settled.parts == ()


@pytest.mark.parametrize(
    ("tender", "refusal"),
    [
        (offer(CASH, 20_000, tendered_rp=Rupiah(10_000)), PaymentTooSmallError),
        (offer(CASH, 0), PaymentTooSmallError),
        (offer(CASH, 20_000_001), PaymentTooLargeError),
        (offer(QRIS, QRIS_LIMIT + 1), QrisLimitError),
        (offer(TRANSFER, 0), PaymentTooSmallError),
        (offer(GOPAY, 20_000_001), OverpaidError),
    ],
)
def test_a_part_that_cannot_be_is_refused(tender, refusal):
    with pytest.raises(refusal):
        take(Bill(Rupiah(20_000_000)), tender)


def test_what_was_given_back_leaves_with_the_part_that_brought_too_much():
    bill = Bill(Rupiah(85_000), take(Bill(Rupiah(85_000)), offer(CASH, 20_000)).parts)
    parts = take(bill, offer(QRIS, 30_000, most_rp=Rupiah(25_000), gives_back=True)).parts

    assert [part.amount_rp for part in parts] == [20_000, 30_000, -5_000]
    assert [part.amount_rp for part in take_part_back(parts, 2)] == [20_000]
    assert [part.amount_rp for part in take_part_back(parts, 1)] == [30_000, -5_000]
