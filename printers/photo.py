"""Paper as a PNG picture, dot for dot: what a photograph of the slip would show.

The letters are Pillow's own bitmap letters of 6 x 11 dots at twice their size, one in each
cell of 12 x 24, so that the picture needs no font and is the same on every machine.
"""

import io
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from printers.paper import PaperCut, PaperLine, PaperPulse, PaperRaster, Piece
from printers.profiles import LETTER_DOTS, LINE_DOTS

MARGIN_DOTS: Final = 24
_CUT_DOTS: Final = 24
_PAPER: Final = 255
_INK: Final = 17
_DASH: Final = 150
_LETTER_SCALE: Final = 2
_MOST_DOTS_TALL: Final = 60_000


def as_png(pieces: Iterable[Piece], paper_dots: int, columns: int) -> bytes:
    """Draw pieces of paper one under the other, `MARGIN_DOTS` of white around them.

    What is longer than 7.5 metres is cut off there.
    """
    from PIL import Image as Pictures  # noqa: PLC0415 - only who wants a picture pays for it

    shown = list(pieces)
    height = min(_MOST_DOTS_TALL, sum(_height(piece) for piece in shown))
    size = (paper_dots + 2 * MARGIN_DOTS, height + 2 * MARGIN_DOTS)
    sheet = Pictures.new("L", size, _PAPER)
    _draw(sheet, shown, paper_dots, columns)
    target = io.BytesIO()
    sheet.quantize(16).save(target, "PNG", optimize=True)
    return target.getvalue()


def _height(piece: Piece) -> int:
    match piece:
        case PaperLine(height=height):
            return LINE_DOTS + LETTER_DOTS * (height - 1)
        case PaperRaster(height=height):
            return height
        case PaperCut() | PaperPulse():
            return _CUT_DOTS


def _draw(sheet: Any, pieces: Sequence[Piece], paper_dots: int, columns: int) -> None:
    top = MARGIN_DOTS
    for piece in pieces:
        match piece:
            case PaperLine():
                _letters(sheet, piece, top, paper_dots, paper_dots // columns)
            case PaperRaster():
                _raster(sheet, piece, top)
            case PaperCut():
                _dashes(sheet, top + _CUT_DOTS // 2)
            case PaperPulse(pin):
                said = PaperLine(f"[drawer {pin}]")
                _letters(sheet, said, top, paper_dots, paper_dots // columns)
        top += _height(piece)


def _letters(sheet: Any, line: PaperLine, top: int, paper_dots: int, cell_dots: int) -> None:
    """Draw one line, each letter in its own cell."""
    cell = cell_dots * line.width
    spare = max(0, paper_dots - cell * len(line.text))
    left = MARGIN_DOTS + {"left": 0, "center": spare // 2, "right": spare}[line.align]
    for place, char in enumerate(line.text):
        if char != " ":
            drawn = letter(char, line.width, line.height, bold=line.bold)
            sheet.paste(_INK, (left + place * cell, top), drawn)


def _raster(sheet: Any, piece: PaperRaster, top: int) -> None:
    from PIL import Image as Pictures  # noqa: PLC0415 - as above

    with Pictures.open(io.BytesIO(piece.png), formats=["PNG"]) as opened:
        ink = opened.convert("L").point(lambda value: 255 - value)
    sheet.paste(_INK, (MARGIN_DOTS + piece.left, top), ink)


def _dashes(sheet: Any, middle: int) -> None:
    for left in range(0, sheet.width, 18):
        sheet.paste(_DASH, (left, middle, left + 10, middle + 2))


@lru_cache(maxsize=512)
def letter(char: str, width: int, height: int, *, bold: bool) -> Any:
    """Draw a letter as a mask, `width` and `height` times the ordinary one.

    A bold one is drawn twice, one dot apart, within its cell.
    """
    from PIL import Image as Pictures  # noqa: PLC0415 - as above
    from PIL import ImageFont  # noqa: PLC0415 - as above

    core = ImageFont.load_default_imagefont().getmask(char, mode="L")
    small = Pictures.frombytes("L", core.size, bytes(core))
    scale = (_LETTER_SCALE * width, _LETTER_SCALE * height)
    size = (small.width * scale[0], small.height * scale[1])
    drawn = small.resize(size, Pictures.Resampling.NEAREST)
    if bold:
        twice = Pictures.new("L", drawn.size)
        twice.paste(drawn, (1, 0))
        twice.paste(255, (0, 0), drawn)
        return twice
    return drawn
