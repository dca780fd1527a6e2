"""What a test page makes a printer try, whether or not its profile says that it can.

Everything else in a document keeps to the profile; this is how the profile is found out: a
ruler as long as it is called, a QR code drawn by the printer, the letters of each code page,
a cut, a kick of the drawer.
"""

from collections.abc import Mapping
from typing import Final

from printers.elements import Trial, TrialName
from printers.paper import PaperCut, PaperLine, PaperPulse, PaperRaster, Piece
from printers.profiles import CODE_PAGES, LINE_DOTS
from printers.qr import QUIET_MODULES, draw, side_modules

RULERS: Final[Mapping[TrialName, int]] = {"ruler-32": 32, "ruler-42": 42, "ruler-48": 48}
CODE_PAGE_TRIALS: Final[Mapping[TrialName, str]] = {
    "code-page-0": "cp437",
    "code-page-2": "cp850",
    "code-page-16": "cp1252",
    "code-page-19": "cp858",
}
QR_TEXT: Final = "LAPAK"
QR_DOTS: Final = 6
LETTERS: Final = "é ñ ü ö à"
_DRAWER_PIN: Final = 2
_CUT: Final = b"\x1dVB\0"
_KICK: Final = b"\x1bp\x00\x19\xfa"


def ruler(columns: int) -> str:
    """Count the columns: `1234567890…`, exactly as many as are asked for."""
    return "".join(str(n % 10) for n in range(1, columns + 1))


def trial_bytes(trial: Trial, usual_code_page: int) -> bytes:
    """Give the commands of a trial but the QR code's, which the driver writes."""
    if trial.what in RULERS:
        return ruler(RULERS[trial.what]).encode("ascii") + b"\n"
    if trial.what in CODE_PAGE_TRIALS:
        codec = CODE_PAGE_TRIALS[trial.what]
        number = CODE_PAGES[codec]
        letters = f"{number}: {LETTERS}".encode(codec)
        return b"\x1bt" + bytes([number]) + letters + b"\n\x1bt" + bytes([usual_code_page])
    return _CUT if trial.what == "cut" else _KICK


def trial_rows(trial: Trial) -> int:
    """Count the dot rows of paper a trial takes on paper as wide as it needs."""
    if trial.what in ("qr-printer", "qr-picture"):
        return side_modules(QR_TEXT) * QR_DOTS
    return 0 if trial.what == "drawer" else LINE_DOTS


def trial_piece(trial: Trial, paper_dots: int) -> Piece:
    """Say what is on paper if the trial succeeds."""
    if trial.what in RULERS:
        return PaperLine(ruler(RULERS[trial.what]))
    if trial.what in CODE_PAGE_TRIALS:
        return PaperLine(f"{CODE_PAGES[CODE_PAGE_TRIALS[trial.what]]}: {LETTERS}")
    if trial.what == "cut":
        return PaperCut(partial=True)
    if trial.what == "drawer":
        return PaperPulse(_DRAWER_PIN)
    code = draw(QR_TEXT, QR_DOTS, QUIET_MODULES)
    return PaperRaster(code.to_png(), code.width, code.height, code.centred_on(paper_dots))
