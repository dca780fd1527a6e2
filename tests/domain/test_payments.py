import pytest

from kiosk.domain.money import Rupiah
from kiosk.domain.payments import QRIS_LIMIT, Payment, PaymentTooSmallError, QrisLimitError


def test_what_was_tendered_less_the_change_is_what_stays():
    with pytest.raises(ValueError, match="less change"):
        Payment(1, "cash", "bazaar", Rupiah(25_000), Rupiah(50_000), Rupiah(24_000))


def test_a_qris_payment_above_the_limit_is_refused():
    with pytest.raises(QrisLimitError):
        Payment(1, "qris", "bazaar", Rupiah(QRIS_LIMIT + 1))


def test_qris_is_only_claimed_until_a_statement_shows_it():
    payment = Payment(
        1, "qris", "bazaar", Rupiah(25_000), nmid="ID1", reference="1234", state="claimed"
    )

    assert payment.as_json() == {
        "n": 1,
        "method": "qris",
        "payee": "bazaar",
        "nmid": "ID1",
        "amount_rp": 25_000,
        "tendered_rp": None,
        "change_rp": None,
        "state": "claimed",
        "reference": "1234",
    }


def test_a_payment_of_nothing_is_refused():
    with pytest.raises(PaymentTooSmallError):
        Payment(1, "transfer", "bazaar", Rupiah(0))


def test_only_cash_gives_money_back():
    back = Payment(2, "cash", "bazaar", Rupiah(-15_000), Rupiah(0), Rupiah(15_000))

    assert back.gives_back
    with pytest.raises(PaymentTooSmallError):
        Payment(2, "transfer", "bazaar", Rupiah(-15_000))
    with pytest.raises(ValueError, match="hands none over"):
        Payment(2, "cash", "bazaar", Rupiah(-5_000), Rupiah(10_000), Rupiah(15_000))


def test_a_voucher_keeps_what_it_was_worth():
    paid = Payment(1, "voucher-pemkot", "bazaar", Rupiah(35_000), face_rp=Rupiah(50_000))

    assert paid.as_json()["face_rp"] == 50_000
    with pytest.raises(ValueError, match="at most what it is worth"):
        Payment(1, "voucher-pemkot", "bazaar", Rupiah(35_000), face_rp=Rupiah(20_000))


def test_a_payment_without_a_name_of_its_own_is_written_as_ever():
    written = Payment(1, "transfer", "bazaar", Rupiah(1)).as_json()

    assert not {"name", "face_rp", "nmid"} & set(written)
