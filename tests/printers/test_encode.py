"""Bytes: golden ones, and that what is laid out is what comes out on paper."""

import io
import logging
from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given, settings
from PIL import Image as Pictures

from printers.elements import QR, Cut, Document, Drawer, Image, Pair, Text
from printers.encode import (
    FLUSH,
    STRIP_ROWS,
    confirmation_request,
    encode,
    process_id,
)
from printers.errors import (
    BadImageError,
    DocumentTooLongError,
    NoDrawerError,
    QRTooLargeError,
)
from printers.layout import as_text, lay_out
from printers.paper import PaperCut, PaperLine, PaperRaster, piece_from_row, piece_to_row
from printers.preview import as_svg, pieces
from printers.profiles import EPSON_TM, GENERIC_58, GENERIC_80_42, GENERIC_80_48, PROFILES
from printers.simulator import Machine
from printers.simulator.parser import next_command
from printers.testpage import page
from tests.printers.samples import picture, receipt
from tests.printers.strategies import documents

WIDTHS = (GENERIC_58, GENERIC_80_42, GENERIC_80_48)


def printed(payload, profile):
    machine = Machine(profile)
    machine.receive(payload, 0.0)
    machine.advance(0.0)
    return machine.paper


def words_alone(document):
    return Document(tuple(each for each in document.elements if not isinstance(each, QR)))


def dots(found):
    """The black dots of pictures standing one under the other, cropped to the ink."""
    tiles = [Pictures.open(io.BytesIO(each.png)).convert("L") for each in found]
    sheet = Pictures.new("L", (576, sum(tile.height for tile in tiles)), 255)
    top = 0
    for tile, each in zip(tiles, found, strict=True):
        sheet.paste(tile, (each.left, top))
        top += tile.height
    ink = sheet.point(lambda value: 255 - value).convert("1")
    return ink.crop(ink.getbbox()).tobytes() if ink.getbbox() else b""


def comparable(found):
    """Lines and cuts as they are; neighbouring pictures as the dots they show together."""
    groups = groupby(found, key=lambda each: isinstance(each, PaperRaster))
    for is_picture, group in groups:
        yield from [dots(list(group))] if is_picture else group


@pytest.mark.parametrize("profile", WIDTHS, ids=lambda profile: profile.key)
def test_the_receipt_stays_as_it_is(profile, snapshot):
    laid_out = lay_out(receipt(), profile.columns)

    assert as_text(laid_out) == snapshot(name="text")


@pytest.mark.parametrize("profile", WIDTHS, ids=lambda profile: profile.key)
def test_the_receipts_bytes_stay_as_they_are(profile, snapshot):
    payload = encode(lay_out(words_alone(receipt()), profile.columns), profile)

    assert payload.split(b"\n") == snapshot(name="bytes")


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.key)
def test_every_job_begins_with_a_reset(profile):
    payload = encode(lay_out(receipt(), profile.columns), profile)

    assert payload.startswith(b"\x1b@\x1c.\x1bt\x00")


@settings(deadline=None, max_examples=40)
@given(documents)
def test_what_is_laid_out_is_what_is_on_paper(document):
    profile = GENERIC_80_48
    laid_out = lay_out(document, profile.columns)

    paper = printed(encode(laid_out, profile), profile)

    assert list(comparable(paper)) == list(comparable(pieces(laid_out, profile)))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.key)
def test_the_test_page_prints_on_every_kind_of_printer(profile):
    laid_out = lay_out(page(profile, "Depan"), profile.columns)

    paper = printed(encode(laid_out, profile), profile)

    lines = [piece for piece in pieces(laid_out, profile) if isinstance(piece, PaperLine)]
    rulers = [line.text for line in lines if line.text.startswith("12345")]
    assert [len(ruler) for ruler in rulers] == [32, 42, 48]
    assert "Rp 5.000" in [piece.text for piece in paper if isinstance(piece, PaperLine)]
    assert sum(isinstance(piece, PaperCut) for piece in paper) == 2 * profile.has_cutter


def test_a_qr_code_of_the_printers_own_shows_the_same_dots_as_the_drawn_one():
    laid_out = lay_out(Document((QR("https://lapak.example/r/1", size=4),)), 48)

    native = printed(encode(laid_out, EPSON_TM), EPSON_TM)
    drawn = printed(encode(laid_out, GENERIC_80_48), GENERIC_80_48)

    assert dots(native) == dots(drawn) != b""


def test_after_a_job_broken_anywhere_the_flush_lets_the_next_one_print():
    payload = encode(lay_out(receipt(), 48), GENERIC_80_48)
    next_job = encode(lay_out(Document((Text("utuh"), Cut())), 48), GENERIC_80_48)

    for cut_at in range(600, len(payload), 397):
        machine = Machine(GENERIC_80_48)
        for part in (payload[:cut_at], FLUSH, next_job):
            machine.receive(part, 0.0)
            machine.advance(0.0)
        assert machine.paper[-3].text.endswith("utuh")


def test_pictures_go_in_strips_that_no_printer_misreads():
    profile = GENERIC_80_48
    payload = encode(lay_out(Document((picture(300, 700),)), 48), profile)

    strips = []
    while (found := next_command(payload)) is not None:
        command, length = found
        payload = payload[length:]
        if command.name == b"\x1dv":
            strips.append(int.from_bytes(command.arguments[4:6], "little"))

    assert sum(strips) in (700, 701)
    assert all(rows <= STRIP_ROWS and rows % 48 for rows in strips)
    assert all(rows * profile.paper_dots // 8 <= len(FLUSH) for rows in strips)


def test_a_picture_wider_than_the_paper_is_scaled_down():
    laid_out = lay_out(Document((Image(picture(1000, 500).png, 800),)), 32)

    paper = printed(encode(laid_out, GENERIC_58), GENERIC_58)

    assert {piece.width for piece in paper} == {384}


def test_a_picture_that_is_broken_inside_is_refused():
    broken = Image(picture().png[:60])

    with pytest.raises(BadImageError):
        encode(lay_out(Document((broken,)), 32), GENERIC_58)


def test_a_qr_code_too_fine_for_the_paper_is_refused():
    narrow = replace(GENERIC_58, paper_dots=128, columns=16)

    with pytest.raises(QRTooLargeError):
        encode((QR("x" * 400),), narrow)


def test_a_job_of_too_many_bytes_is_refused():
    many = (picture(384, 4000),) * 7

    with pytest.raises(DocumentTooLongError):
        encode(many, GENERIC_58)


def test_a_printer_without_a_drawer_refuses_to_kick_it():
    with pytest.raises(NoDrawerError):
        encode((Drawer(),), GENERIC_58)


def test_neighbouring_jobs_have_different_printable_ids():
    tokens = [process_id(job) for job in (0, 1, 93, 94, 10**7)]

    assert len(set(tokens)) == len(tokens)
    assert all(0x20 <= byte <= 0x7E for token in tokens for byte in token)


def test_the_question_for_confirmation_is_the_printers_own():
    assert confirmation_request("process_id", b"!!!!") == b"\x1d(H\x06\x0000!!!!"
    assert confirmation_request("gs_r", b"!!!!") == b"\x1dr\x01"
    assert confirmation_request("none", b"!!!!") == b""


def test_encoding_leaves_the_programs_log_alone():
    before = list(logging.getLogger().handlers)

    encode(lay_out(receipt(), 32), GENERIC_58)

    assert logging.getLogger().handlers == before


def test_encoding_prints_nothing_on_the_console(capsys):
    encode(lay_out(Document((*receipt().elements, picture())), 32), GENERIC_58)

    assert capsys.readouterr() == ("", "")


def test_the_picture_on_the_screen_holds_letters_and_no_commands():
    wicked = Document((Text('<script>alert(1)</script> & "x"'), Pair("a", "b"), picture(), Cut()))

    drawn = as_svg(lay_out(wicked, 32), GENERIC_58, title="<b>")

    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "<title>&lt;b&gt;</title>" in drawn
    assert drawn.count("<text") == 2


def test_a_piece_of_paper_reads_back_as_it_was_written():
    found = pieces(lay_out(Document((*receipt().elements, picture())), 48), GENERIC_80_48)

    assert tuple(piece_from_row(piece_to_row(piece)) for piece in found) == found
    assert pieces((Drawer(),)) == tuple(piece_from_row({"drawer": 2}) for _ in range(1))
