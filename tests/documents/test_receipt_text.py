"""A receipt as text for a phone: bounded whatever was bought, and never without its number."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.frames import ReceiptFrame, StallFrame
from kiosk.documents.receipt_text import receipt_text
from kiosk.domain.money import format_rupiah
from tests.domain.test_refunds import sales

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=200)


def frame(event="Jumat Beli Lokal", footer=("Tukar barang: lapak 3",)):
    return ReceiptFrame(
        event=event,
        place="Rumah Wirausaha",
        header=("Selamat datang",),
        footer=footer,
        stalls={name: StallFrame(f"Lapak {name}") for name in "abcde"},
        cashier="Rina",
        at="2026-11-20T10:42:00+07:00",
    )


@given(sales(), words, st.lists(words, max_size=10), st.integers(300, 1200))
def test_the_text_is_never_longer_than_asked_and_keeps_number_date_and_total(
    sale, event, footer, most_bytes
):
    text = receipt_text(sale, frame(event, tuple(footer)), most_bytes)

    assert len(text.encode()) <= most_bytes
    assert "No K01-0001" in text
    assert "Tanggal 20/11/2026 10.42 WIB" in text
    assert f"TOTAL {format_rupiah(sale.total_rp)}" in text


@given(sales())
def test_what_fits_is_whole(sale):
    text = receipt_text(sale, frame(), 1_000_000)

    assert "Terima kasih sudah beli lokal" in text
    assert "baris lagi" not in text
    assert text.isascii()


@given(sales())
def test_what_is_left_out_is_counted(sale):
    whole = receipt_text(sale, frame(), 1_000_000)
    short = receipt_text(sale, frame(footer=("x" * 2000,)), 400)

    goods = [line for line in whole.splitlines() if line not in short.splitlines()]

    assert ("baris lagi" in short) or not any(" x " in line for line in goods)
