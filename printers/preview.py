"""A document on the screen before it is on paper: the same lines, as pieces and as a picture.

It needs no printer and no driver library, so a page that only shows receipts stays light.
"""

from collections.abc import Iterator, Sequence

from printers import picture
from printers.elements import QR, Cut, Drawer, Feed, Image
from printers.layout import LaidOut, LaidOutLine
from printers.paper import PaperCut, PaperLine, PaperPulse, PaperRaster, Piece
from printers.profiles import GENERIC_58, Profile
from printers.qr import draw, fitting_module_dots


def pieces(laid_out: Sequence[LaidOut], profile: Profile = GENERIC_58) -> tuple[Piece, ...]:
    """Say what that printer will put on paper.

    Raises `QRTooLargeError` when a QR code does not fit its paper.
    """
    return tuple(piece for one in laid_out for piece in _pieces(one, profile))


def as_svg(
    laid_out: Sequence[LaidOut], profile: Profile = GENERIC_58, title: str = "Receipt"
) -> str:
    """Draw what that printer will put on paper. Raises as `pieces` does."""
    shown = pieces(laid_out, profile)
    return picture.as_svg(shown, profile.paper_dots, profile.columns, title)


def _pieces(one: LaidOut, profile: Profile) -> Iterator[Piece]:
    match one:
        case LaidOutLine(text, bold, width, height):
            yield PaperLine(text, bold, width, height)
        case QR(data=data, size=size):
            module_dots = fitting_module_dots(data, size, profile.paper_dots)
            code = draw(data, module_dots)
            left = (profile.paper_dots - code.width) // 2
            yield PaperRaster(code.to_png(), code.width, code.height, left)
        case Image():
            width, height = one.printed_dots(profile.paper_dots)
            yield PaperRaster(one.png, width, height, (profile.paper_dots - width) // 2)
        case Feed(lines=lines):
            yield from [PaperLine("")] * lines
        case Cut():
            yield from [PaperLine("")] * profile.feed_lines_at_end
            yield from [PaperCut(partial=True)] * profile.has_cutter
        case Drawer():
            yield PaperPulse()
