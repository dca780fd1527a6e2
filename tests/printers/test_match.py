"""One document, three shapes: what is laid out, what the bytes print, what the pictures show."""

import html
import io
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pictures

from printers import preview
from printers.elements import Document, Drawer, Heading, Pair, Text
from printers.encode import encode
from printers.layout import LaidOutLine, lay_out
from printers.paper import PaperLine, PaperRaster
from printers.photo import MARGIN_DOTS, letter
from printers.profiles import GENERIC_58, GENERIC_80_42, GENERIC_80_48, LETTER_DOTS, LINE_DOTS
from printers.simulator import Machine
from printers.simulator.parser import next_command
from tests.printers.strategies import documents

profiles = st.sampled_from((GENERIC_58, GENERIC_80_42, GENERIC_80_48))
PRINTABLE = [chr(code) for code in range(32, 127)]
OURS = {b"\x1b@", b"\x1c.", b"\x1bt", b"\x1d!", b"\x1bE", b"\x1bd", b"\x1dV", b"\x1dv", b"\x1bp"}
any_text = st.text(max_size=500)


def machine_of(payload, profile):
    machine = Machine(profile)
    machine.receive(payload, 0.0)
    machine.advance(0.0)
    return machine


def written(rows):
    return [row for row in rows if row.strip()]


def rows_of_svg(svg):
    return [html.unescape(found) for found in re.findall(r"<text [^>]*>(.*?)</text>", svg)]


def rows_of_png(png, pieces, profile):
    """Read the letters back, cell by cell, from their dots."""
    sheet = Pictures.open(io.BytesIO(png)).convert("L").point(lambda value: 255 * (value < 128))
    top = MARGIN_DOTS
    for piece in pieces:
        if isinstance(piece, PaperLine):
            yield "".join(cells_of(sheet, piece, top, profile.paper_dots // profile.columns))
            top += LINE_DOTS + LETTER_DOTS * (piece.height - 1)
        else:
            top += piece.height if isinstance(piece, PaperRaster) else 24


def cells_of(sheet, line, top, cell_dots):
    cell = cell_dots * line.width
    for place in range(len(line.text)):
        left = MARGIN_DOTS + place * cell
        seen = sheet.crop((left, top, left + cell, top + 22 * line.height))
        yield next(char for char in PRINTABLE if seen.tobytes() == dots_of(char, line, seen.size))


def dots_of(char, line, size):
    cell = Pictures.new("L", size)
    drawn = letter(char, line.width, line.height, bold=line.bold)
    cell.paste(drawn, (0, 0))
    return cell.tobytes()


@settings(deadline=None, max_examples=40)
@given(documents.filter(lambda one: Drawer() not in one.elements), profiles)
def test_the_rows_laid_out_are_the_rows_of_the_bytes_and_of_the_picture(document, profile):
    laid_out = lay_out(document, profile.columns)

    printed = machine_of(encode(laid_out, profile), profile).paper

    rows = written(one.text for one in laid_out if isinstance(one, LaidOutLine))
    assert written(piece.text for piece in printed if isinstance(piece, PaperLine)) == rows
    assert rows_of_svg(preview.as_svg(laid_out, profile)) == rows


@settings(deadline=None, max_examples=10)
@given(st.lists(st.text(st.characters(codec="ascii"), max_size=40), min_size=1, max_size=4))
def test_the_letters_of_the_photograph_read_as_the_rows_laid_out(texts):
    document = Document((*map(Text, texts), *map(Heading, texts), Pair(texts[0], "1.000", size=2)))
    laid_out = lay_out(document, 32)
    pieces = preview.pieces(laid_out, GENERIC_58)

    seen = list(rows_of_png(preview.as_png(laid_out, GENERIC_58), pieces, GENERIC_58))

    assert seen == [one.text for one in laid_out]


@settings(deadline=None, max_examples=100)
@given(any_text, any_text)
def test_no_text_can_say_a_command_to_the_printer(left, right):
    document = Document((Heading(left), Text(right, size=2), Pair(left, right)))

    payload = encode(lay_out(document, 32, max_lines=10_000, max_millimetres=10**6), GENERIC_58)

    while (found := next_command(payload)) is not None:
        command, length = found
        payload = payload[length:]
        plain = len(command.name) == 1 and (command.name == b"\n" or b" " <= command.name <= b"~")
        assert plain or command.name in OURS
    assert payload == b""
