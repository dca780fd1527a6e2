"""What a receipt may not say, and the links that may stand on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.links import LONGEST_LINK_BYTES, ShopLinkError, read_shop_url
from kiosk.domain.receipt_texts import (
    ReceiptTextTooLongError,
    RefusesReturnsError,
    check_receipt_lines,
    read_lines,
    refusal_of_returns,
)


@pytest.mark.parametrize(
    "text",
    [
        "Barang yang sudah dibeli tidak dapat dikembalikan",
        "Barang yang sudah dibeli tidak dapat ditukar / dikembalikan",
        "BARANG YG SDH DIBELI TDK DPT DITUKAR ATAU DIKEMBALIKAN",
        "barang yang sudah dibeli tidak bisa dikembalikan lagi",
        "Maaf, tidak menerima retur.",
        "Kami tidak melayani penukaran barang",
        "Tidak ada pengembalian uang",
        "Barang tak dapat di kembalikan",
        "gak bisa tukar ya kak",
        "Pengembalian tidak dilayani",
        "Retur dan penukaran tidak diterima",
        "Uang tidak bisa kembali",
        "Tanpa retur",
        "No refunds",
        "No refund or exchange",
        "Goods sold cannot be returned",
        "Goods once sold can't be exchanged or returned.",
        "NON-REFUNDABLE",
        "All sales are final",
        "Penjualan bersifat final",
    ],
)
def test_words_that_refuse_returns_are_found(text):
    assert refusal_of_returns([text])


@pytest.mark.parametrize(
    "text",
    [
        "Penukaran 7 hari, bawa struk ini",
        "Tidak cocok? Tukar di lapak 3",
        "Barang cacat dapat dikembalikan dalam 3 hari",
        "Barang yang tidak cocok dapat ditukar",
        "Retur di meja panitia sampai pukul 17.00",
        "Tidak ada retur tanpa struk",
        "No returns without this receipt",
        "Simpan struk ini untuk penukaran",
        "Jangan lupa follow @umkm",
        "Terima kasih, datang kembali!",
        "Jangan lupa kembali Jumat depan",
        "Kembalian sudah dihitung",
        "Returns within 7 days",
        "Tidak puas, hubungi 0812 untuk penukaran",
        "",
    ],
)
def test_conditions_and_kind_words_are_not(text):
    assert refusal_of_returns([text]) is None


def test_a_sentence_over_several_printed_lines_is_one_sentence():
    with pytest.raises(RefusesReturnsError, match="tidak dapat dikembalikan"):
        check_receipt_lines(["Barang yang sudah dibeli tidak", "dapat", "dikembalikan"])


def test_more_than_ten_lines_are_no_receipt_text():
    with pytest.raises(ReceiptTextTooLongError):
        check_receipt_lines(["x"] * 11)
    with pytest.raises(ReceiptTextTooLongError):
        check_receipt_lines(["x" * 201])


@given(st.text())
def test_whatever_is_typed_becomes_printable_lines(text):
    lines = read_lines(text)

    assert all(line.isprintable() for line in lines)
    assert not lines or (lines[0] and lines[-1])


def test_a_short_https_link_is_kept_as_it_is_typed():
    assert read_shop_url(" https://Toko.example/wedang?x=1 ") == "https://Toko.example/wedang?x=1"
    assert read_shop_url("  ") == ""
    longest = "https://toko.example/".ljust(LONGEST_LINK_BYTES, "x")
    assert read_shop_url(longest) == longest


@pytest.mark.parametrize(
    "text",
    [
        "http://toko.example",
        "ftp://toko.example",
        "toko.example",
        "https://",
        "https://toko",
        "https://.",
        "https://a b.example",
        "https://toko.example\x1b@",
        "https://tokó.example",
        "https://user@toko.example",
        "https://toko.example:0/",
        "https://toko.example:x/",
        "https://[::1",
        "javascript:alert(1)",
        "https://toko.example/".ljust(LONGEST_LINK_BYTES + 1, "x"),
    ],
)
def test_any_other_text_is_no_link(text):
    with pytest.raises(ShopLinkError):
        read_shop_url(text)


@given(st.text())
def test_no_text_breaks_the_reading_of_links(text):
    try:
        assert read_shop_url(text).startswith("https://") or not text.strip()
    except ShopLinkError:
        assert text.strip()
