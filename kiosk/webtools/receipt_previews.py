"""Documents on the screen as each width of paper would show them."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from printers.elements import Document
from printers.errors import PrinterError
from printers.layout import as_text, lay_out
from printers.preview import as_svg
from printers.profiles import GENERIC_58, GENERIC_80_42, GENERIC_80_48, Profile

WIDTHS: Final = (GENERIC_58, GENERIC_80_42, GENERIC_80_48)


@dataclass(frozen=True, slots=True)
class PaperStrip:
    """One width of paper with what stands on it, as a picture and as text for a reader."""

    paper_mm: int
    columns: int
    picture: Markup
    text: str


def strip(document: Document, profile: Profile, title: str) -> PaperStrip:
    """Show a document as one kind of printer prints it; raises PrinterError."""
    laid_out = lay_out(document, profile.columns)
    drawn = as_svg(laid_out, profile, title)
    return PaperStrip(
        profile.paper_mm,
        profile.columns,
        Markup(drawn),  # noqa: S704 - drawn by printers.picture, which escapes every letter
        as_text(laid_out),
    )


def strips(document: Document, title: str) -> list[PaperStrip]:
    """Show a document at 32, 42 and 48 columns; what no paper takes is shown nowhere."""
    try:
        return [strip(document, profile, title) for profile in WIDTHS]
    except PrinterError:
        return []
