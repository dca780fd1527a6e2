"""What is on paper: lines of letters, pictures, cuts and drawer pulses.

Said by the preview before printing and by the virtual printer after it, in the same words,
so that the two can be compared and drawn alike.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from printers.elements import Align


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of letters; `width` and `height` are 1 to 8 times the ordinary letter."""

    text: str
    bold: bool = False
    width: int = 1
    height: int = 1
    align: Align = "left"
    underline: bool = False


@dataclass(frozen=True, slots=True)
class PaperRaster:
    """A picture as dots: a PNG, and where its left edge stands, counted in dots.

    `words` is what a code says that the printer itself drew; dots are compared, not words.
    """

    png: bytes
    width: int
    height: int
    left: int = 0
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class PaperCut:
    """The knife went through here; `partial` leaves a bridge."""

    partial: bool = False


@dataclass(frozen=True, slots=True)
class PaperPulse:
    """The drawer on this pin, 2 or 5, was kicked; nothing is on paper."""

    pin: int = 2


Piece = PaperLine | PaperRaster | PaperCut | PaperPulse


def piece_to_row(piece: Piece) -> dict[str, Any]:
    """Say a piece as a JSON object, as the virtual printer's paper log holds it."""
    match piece:
        case PaperLine(text, bold, width, height, align, underline):
            line = {"text": text, "bold": bold, "width": width, "height": height, "align": align}
            return {**line, "underline": True} if underline else line
        case PaperRaster(png, width, height, left, words):
            raster = base64.b64encode(png).decode("ascii")
            dots = {"raster": raster, "width": width, "height": height, "left": left}
            return {**dots, "words": words} if words else dots
        case PaperCut(partial):
            return {"cut": "partial" if partial else "full"}
        case PaperPulse(pin):
            return {"drawer": pin}


def piece_from_row(row: Mapping[str, Any]) -> Piece:
    """Read what `piece_to_row` wrote. Raises `KeyError` for an object that is no piece."""
    if "text" in row:
        underline = row.get("underline", False)
        return PaperLine(
            row["text"], row["bold"], row["width"], row["height"], row["align"], underline
        )
    if "raster" in row:
        png = base64.b64decode(row["raster"])
        return PaperRaster(png, row["width"], row["height"], row["left"], row.get("words", ""))
    if "cut" in row:
        return PaperCut(row["cut"] == "partial")
    return PaperPulse(row["drawer"])
