"""Paper drawn as an SVG picture: nothing in it but shapes, letters and embedded PNGs.

Every letter comes through `escape`, there is no script and no outside address, so that it may
stand in a page with a strict policy. Lengths are printer dots.
"""

import base64
from collections.abc import Iterable
from html import escape
from typing import Final

from printers.paper import PaperCut, PaperLine, PaperPulse, PaperRaster, Piece
from printers.profiles import LETTER_DOTS, LINE_DOTS

_MARGIN_DOTS: Final = 24
_BASELINE_DOTS: Final = 20
_CUT_DOTS: Final = 24
_LETTER_TO_EM: Final = 0.6


def as_svg(pieces: Iterable[Piece], paper_dots: int, columns: int, title: str = "Receipt") -> str:
    """Draw pieces of paper one under the other on a strip `paper_dots` wide."""
    top = _MARGIN_DOTS
    shapes: list[str] = []
    for piece in pieces:
        shapes.append(_shape(piece, top, paper_dots, paper_dots // columns))
        top += _height(piece)
    width, height = paper_dots + 2 * _MARGIN_DOTS, top + _MARGIN_DOTS
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" role="img" font-family="monospace" fill="#111">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f"{''.join(shapes)}</svg>"
    )


def _height(piece: Piece) -> int:
    match piece:
        case PaperLine(height=height):
            return LINE_DOTS + LETTER_DOTS * (height - 1)
        case PaperRaster(height=height):
            return height
        case PaperCut() | PaperPulse():
            return _CUT_DOTS


def _shape(piece: Piece, top: int, paper_dots: int, letter_dots: int) -> str:
    match piece:
        case PaperLine():
            return _letters(piece, top, paper_dots, letter_dots)
        case PaperRaster(png, width, height, left):
            data = base64.b64encode(png).decode("ascii")
            return (
                f'<image x="{_MARGIN_DOTS + left}" y="{top}" width="{width}" height="{height}"'
                f' href="data:image/png;base64,{data}"/>'
            )
        case PaperCut():
            middle = top + _CUT_DOTS // 2
            return (
                f'<path d="M0 {middle}H{paper_dots + 2 * _MARGIN_DOTS}" stroke="#999"'
                ' stroke-width="2" stroke-dasharray="10 8"/>'
            )
        case PaperPulse(pin):
            return (
                f'<text x="{_MARGIN_DOTS}" y="{top + _BASELINE_DOTS}" font-size="18"'
                f' fill="#666">[drawer {pin}]</text>'
            )


def _letters(line: PaperLine, top: int, paper_dots: int, letter_dots: int) -> str:
    """One line, each letter on its own column whatever font the screen has."""
    if not line.text.strip():
        return ""
    cell = letter_dots * line.width
    length = cell * len(line.text)
    spare = paper_dots - length
    indent = {"left": 0, "center": spare // 2, "right": spare}[line.align]
    left = _MARGIN_DOTS + max(0, indent)
    baseline = top + _BASELINE_DOTS + LETTER_DOTS * (line.height - 1)
    stretch = line.height / line.width
    weight = ' font-weight="bold"' if line.bold else ""
    weight += ' text-decoration="underline"' if line.underline else ""
    return (
        f'<text transform="translate({left} {baseline}) scale(1 {stretch:g})"'
        f' font-size="{cell / _LETTER_TO_EM:g}" textLength="{length}"'
        f' lengthAdjust="spacingAndGlyphs" xml:space="preserve"{weight}>'
        f"{escape(line.text)}</text>"
    )
