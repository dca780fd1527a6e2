"""Barcodes: a real reader reads back from the paper what was to be printed."""

import io

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pictures

from printers.elements import QR, Barcode, Cut, Document, Image, Text
from printers.encode import encode
from printers.errors import BadDocumentError, BarcodeTooWideError
from printers.layout import as_text, lay_out
from printers.paper import PaperRaster
from printers.photo import as_png
from printers.preview import pieces
from printers.profiles import GENERIC_58, GENERIC_80_48
from printers.simulator import Machine

letters = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=12)


def printed(document, profile):
    machine = Machine(profile)
    machine.receive(encode(lay_out(document, profile.columns), profile), 0.0)
    machine.advance(0.0)
    return machine.paper


def read_from(paper, profile):
    """Hold a reader over the paper; what it reads, and as what."""
    picture = Pictures.open(io.BytesIO(as_png(paper, profile.paper_dots, profile.columns)))
    return [(str(found.format), found.text) for found in zxingcpp.read_barcodes(picture)]


def ean13(first_twelve):
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first_twelve))
    return first_twelve + str(-total % 10)


@settings(deadline=None, max_examples=25)
@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.sampled_from((GENERIC_58, GENERIC_80_48)))
def test_every_ean_13_reads_back_from_the_paper(digits, profile):
    code = ean13(digits)

    paper = printed(Document((Text("Keripik"), Barcode(code, "ean13"), Cut())), profile)

    assert [text.zfill(13) for _, text in read_from(paper, profile)] == [code]


@settings(deadline=None, max_examples=25)
@given(letters.filter(lambda text: text == text.strip()))
def test_every_code_128_reads_back_from_the_paper(text):
    paper = printed(Document((Barcode(text, "code128"),)), GENERIC_80_48)

    assert [found for _, found in read_from(paper, GENERIC_80_48)] == [text]


@pytest.mark.parametrize("digits", ["1234", "12345", "20211126000000000017"])
def test_digits_go_in_pairs_and_read_back(digits):
    paper = printed(Document((Barcode(digits, "code128"),)), GENERIC_58)

    assert [found for _, found in read_from(paper, GENERIC_58)] == [digits]


def test_a_qr_code_reads_back_from_the_paper():
    paper = printed(Document((QR("https://toko.example/wedang", size=4),)), GENERIC_58)

    assert ("QR Code", "https://toko.example/wedang") in read_from(paper, GENERIC_58)


def test_the_digits_stand_under_the_bars():
    laid_out = lay_out(Document((Barcode("8991234567891", "ean13"),)), 32)

    assert as_text(laid_out) == "<ean13 8991234567891>\n         8991234567891\n"


def test_the_screen_shows_the_bars_that_are_on_paper():
    document = Document((Barcode("LPK-00123", "code128"),))

    on_paper = [each for each in printed(document, GENERIC_58) if isinstance(each, PaperRaster)]

    (shown,) = [
        each for each in pieces(lay_out(document, 32), GENERIC_58) if isinstance(each, PaperRaster)
    ]
    assert sum(each.height for each in on_paper) == shown.height


@pytest.mark.parametrize(
    ("data", "symbol"),
    [
        ("8991234567890", "ean13"),
        ("123", "ean13"),
        ("", "code128"),
        ("kopi☕", "code128"),
        ("a", "x"),
    ],
)
def test_a_code_that_nothing_could_read_is_refused(data, symbol):
    with pytest.raises(BadDocumentError):
        Barcode(data, symbol)


def test_a_code_wider_than_the_paper_is_refused():
    long = Document((Barcode("Wedang Batavia komplit hangat", "code128"),))

    with pytest.raises(BarcodeTooWideError):
        encode(lay_out(long, 32), GENERIC_58)


def test_a_picture_that_is_not_ours_is_scaled_and_dithered_the_same_for_screen_and_paper():
    target = io.BytesIO()
    Pictures.linear_gradient("L").resize((900, 300)).save(target, "PNG")
    document = Document((Image(target.getvalue(), 800),))

    on_paper = [each for each in printed(document, GENERIC_58) if isinstance(each, PaperRaster)]

    (shown,) = pieces(lay_out(document, 32), GENERIC_58)
    assert sum(each.height for each in on_paper) - shown.height in (0, 1)
    assert shown.width == 384
