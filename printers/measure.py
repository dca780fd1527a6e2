"""How much paper a document takes at one printer, counted in dot rows.

`layout.millimetres` gives the least it takes anywhere, before a printer is known; this is
what comes out of that printer, its feed past the knife or the tear bar included.
"""

from collections.abc import Sequence

from printers.elements import QR, Barcode, Cut, Drawer, Feed, Image, Trial
from printers.layout import LaidOut, LaidOutLine
from printers.profiles import LETTER_DOTS, LINE_DOTS, Profile
from printers.qr import QUIET_MODULES, fitting_module_dots, side_modules
from printers.trial import trial_rows


def paper_rows(laid_out: Sequence[LaidOut], profile: Profile) -> int:
    """Count the dot rows of paper; raises `QRTooLargeError` when a code does not fit."""
    return sum(_rows(one, profile) for one in laid_out)


def _rows(one: LaidOut, profile: Profile) -> int:
    match one:
        case LaidOutLine(height=height):
            rows = LINE_DOTS + LETTER_DOTS * (height - 1)
        case QR(data=data, size=size):
            modules = side_modules(data) - (2 * QUIET_MODULES if profile.qr_native else 0)
            rows = modules * fitting_module_dots(data, size, profile.paper_dots)
        case Barcode(height_dots=height_dots):
            rows = height_dots
        case Image():
            rows = one.printed_dots(profile.paper_dots)[1]
        case Feed(lines=lines):
            rows = LINE_DOTS * lines
        case Cut() | Drawer():
            rows = LINE_DOTS * profile.feed_lines_at_end * isinstance(one, Cut)
        case Trial():
            rows = trial_rows(one)
    return rows
