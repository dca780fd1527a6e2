from kiosk.documents.receipts import receipt
from kiosk.domain.money import Rupiah
from kiosk.domain.payments import Payment
from printers.layout import as_text, lay_out
from tests.documents.samples import PLAIN_FRAME, PLETOK, sale


def printed(*payments):
    return as_text(lay_out(receipt(sale([PLETOK], payments), PLAIN_FRAME), 32))


def test_an_overpayment_is_printed_as_it_came_with_the_cash_that_went_back():
    text = printed(
        Payment(1, "transfer", "bazaar", Rupiah(50_000)),
        Payment(2, "cash", "bazaar", Rupiah(-15_000), Rupiah(0), Rupiah(15_000)),
    )

    lines = [line.split() for line in text.splitlines()]
    assert ["Transfer", "50.000"] in lines
    assert ["Kembali", "15.000"] in lines
    assert not any(words[:1] == ["Tunai"] for words in lines)


def test_a_method_is_printed_under_the_organisers_name_and_a_voucher_with_its_worth():
    text = printed(
        Payment(
            1, "voucher-pemkot", "bazaar", Rupiah(30_000), name="Voucher Pemkot",
            face_rp=Rupiah(50_000),
        ),
        Payment(2, "ewallet-ovo", "bazaar", Rupiah(5_000)),
    )  # fmt: skip

    lines = [line.split() for line in text.splitlines()]
    assert ["Voucher", "Pemkot", "30.000"] in lines
    assert ["Nilai", "50.000"] in lines
    assert ["Dompet", "digital", "5.000"] in lines
