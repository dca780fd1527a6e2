"""A document on the screen before it is on paper: the same lines, as pieces and as a picture.

It needs no printer and no driver library, so a page that only shows receipts stays light.
"""

from collections.abc import Iterator, Sequence

from printers import photo, picture
from printers.barcode import draw_barcode
from printers.bitmap import Bitmap
from printers.dots import dots_of
from printers.elements import QR, Barcode, Cut, Drawer, Feed, Image, Trial
from printers.layout import LaidOut, LaidOutLine
from printers.paper import PaperCut, PaperLine, PaperPulse, PaperRaster, Piece
from printers.profiles import GENERIC_58, Profile
from printers.qr import draw, fitting_module_dots
from printers.trial import trial_piece


def pieces(laid_out: Sequence[LaidOut], profile: Profile = GENERIC_58) -> tuple[Piece, ...]:
    """Say what that printer will put on paper.

    Raises `QRTooLargeError`, `BarcodeTooWideError` or `BadImageError`, as encoding it would.
    """
    return tuple(piece for one in laid_out for piece in _pieces(one, profile))


def as_svg(
    laid_out: Sequence[LaidOut], profile: Profile = GENERIC_58, title: str = "Receipt"
) -> str:
    """Draw what that printer will put on paper. Raises as `pieces` does."""
    shown = pieces(laid_out, profile)
    return picture.as_svg(shown, profile.paper_dots, profile.columns, title)


def as_png(laid_out: Sequence[LaidOut], profile: Profile = GENERIC_58) -> bytes:
    """Draw what that printer will put on paper, dot for dot. Raises as `pieces` does."""
    return photo.as_png(pieces(laid_out, profile), profile.paper_dots, profile.columns)


def _pieces(one: LaidOut, profile: Profile) -> Iterator[Piece]:
    match one:
        case LaidOutLine(text, bold, width, height):
            yield PaperLine(text, bold, width, height)
        case QR(data=data, size=size):
            module_dots = fitting_module_dots(data, size, profile.paper_dots)
            yield _centred(draw(data, module_dots), profile)
        case Barcode(data=data, symbol=symbol, height_dots=height_dots):
            yield _centred(draw_barcode(data, symbol, profile.paper_dots, height_dots), profile)
        case Image():
            yield _centred(dots_of(one, profile.paper_dots), profile)
        case Feed(lines=lines):
            yield from [PaperLine("")] * lines
        case Cut():
            yield from [PaperLine("")] * profile.feed_lines_at_end
            yield from [PaperCut(partial=True)] * profile.has_cutter
        case Drawer():
            yield PaperPulse()
        case Trial():
            yield trial_piece(one, profile.paper_dots)


def _centred(drawn: Bitmap, profile: Profile) -> PaperRaster:
    left = drawn.centred_on(profile.paper_dots)
    return PaperRaster(drawn.to_png(), drawn.width, drawn.height, left)
