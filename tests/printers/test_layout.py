"""Layout: what must hold for every text on every paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.elements import Cell, Columns, Document, Feed, Pair, Text
from printers.errors import DocumentTooLongError
from printers.layout import LaidOutLine, as_text, lay_out, millimetres
from printers.plaintext import plain
from tests.printers.samples import receipt
from tests.printers.strategies import any_text, columns, documents


def lines(*elements, on=32):
    return [line.text for line in lay_out(Document(elements), on)]


@given(documents, columns)
def test_no_line_is_wider_than_the_paper(document, width):
    laid_out = lay_out(document, width)

    for line in laid_out:
        if isinstance(line, LaidOutLine):
            assert len(line.text) * line.width <= width
            assert line.text.isascii()
            assert line.text.isprintable() or not line.text


@given(any_text)
def test_every_text_becomes_plain_letters_without_commands(text):
    spelt = plain(text)

    assert all(" " <= char <= "~" for char in spelt)


@given(any_text, columns)
def test_no_letter_is_lost_by_wrapping(text, width):
    laid_out = lay_out(Document((Text(text),)), width)

    shown = "".join(line.text for line in laid_out)
    assert shown.replace(" ", "") == "".join(plain(text.replace("\n", " ")).split())


@given(any_text, st.integers(0, 10**9), columns)
def test_an_amount_ends_at_the_right_edge(left, amount, width):
    laid_out = lay_out(Document((Pair(left, str(amount)),)), width)

    assert len(laid_out[-1].text) == width
    assert laid_out[-1].text.endswith(str(amount))


@given(st.lists(st.integers(1, 100), min_size=1, max_size=6), columns)
def test_cells_side_by_side_fill_the_paper(weights, width):
    cells = tuple(Cell("x" * 200, weight) for weight in weights)

    laid_out = lay_out(Document((Columns(cells),)), width)

    assert len(laid_out[0].text) == width


def test_a_control_character_in_a_name_is_no_command():
    shown = lines(Text("Kopi\x1bp\x00\x19\xfa\x1dV\x00 susu"))

    assert shown == ["Kopip" + "uV susu"]


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("Café – 5.000", "Cafe - 5.000"),
        ("Rp\u00a05.000", "Rp 5.000"),
        ("e\u0301", "e"),
        ("“Kue” … ½", '"Kue" ... 1/2'),
        ("Kopi ☕", "Kopi ?"),
        ("中文", "??"),
        ("👨\u200d👩", "??"),
        ("Ａ１", "A1"),
    ],
)
def test_a_text_is_spelt_as_near_as_plain_letters_go(written, spelt):
    assert plain(written) == spelt


def test_a_long_name_wraps_by_word_and_a_long_word_is_broken():
    shown = lines(Text("Kue nastar " + "x" * 40 + " toples"))

    assert shown == ["Kue nastar", "x" * 32, "x" * 8 + " toples"]


def test_an_amount_without_room_beside_the_name_goes_below():
    shown = lines(Pair("Kue kering nastar isi nanas asli", "125.000"))

    assert shown == ["Kue kering nastar isi nanas asli", "125.000".rjust(32)]


def test_double_width_halves_the_columns():
    shown = lines(Pair("TOTAL Rp", "125.000", size=2))

    assert shown == ["TOTAL Rp 125.000"]


def test_centred_text_stands_in_the_middle():
    assert lines(Text("Terima kasih", align="center")) == [" " * 10 + "Terima kasih"]


def test_a_footer_of_two_lines_stays_two_lines():
    assert lines(Text("Terima kasih\r\nSampai jumpa")) == ["Terima kasih", "Sampai jumpa"]


def test_a_job_with_too_many_lines_is_refused():
    with pytest.raises(DocumentTooLongError) as refused:
        lay_out(Document((Text("a\n" * 700),)), 32)

    assert "600" in str(refused.value)


def test_a_job_that_would_use_up_the_roll_is_refused():
    with pytest.raises(DocumentTooLongError) as refused:
        lay_out(Document((Feed(20),) * 50), 32)

    assert "mm" in str(refused.value)


def test_the_length_of_paper_is_counted():
    laid_out = lay_out(Document((Text("a"), Text("b", size=2), Feed(2))), 32)

    assert millimetres(laid_out) == -(-(30 + 54 + 60) // 8)


def test_the_receipt_reads_as_text():
    shown = as_text(lay_out(receipt(), 32))

    assert "TOTAL Rp 140.000\n" in shown
    assert shown.endswith("Terima kasih\n<cut>\n")
