"""Laid-out lines as the bytes of one job.

The whole job is one `bytes` object before any of it is sent, so that it can be kept beside
the job's row. It begins with a reset: whatever the last job left behind, bold, a code page,
Chinese mode, is gone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from printers.barcode import draw_barcode
from printers.bitmap import Bitmap
from printers.dots import dots_of
from printers.elements import QR, Barcode, Cut, Drawer, Feed, Image, Trial
from printers.errors import DocumentTooLongError, NoDrawerError
from printers.escpos_driver import dummy
from printers.layout import LaidOut, LaidOutLine
from printers.profiles import Confirm, Profile
from printers.qr import draw, fitting_module_dots
from printers.trial import QR_DOTS, QR_TEXT, trial_bytes

MAX_JOB_BYTES: Final = 1024 * 1024
FLUSH: Final = b"\0" * 8192
"""Ends a picture that a broken job left unfinished: white dots, or nothing at all."""
END_OF_HEADER: Final = b"\0" * 16
"""Ends a command whose header was cut short, as one of no size, before anything else is said."""
STRIP_ROWS: Final = 110
"""Rows sent at once: under 8,192 bytes on 80 mm paper, so that `FLUSH` ends any strip."""

_ROWS_MISREAD: Final = 48
_ERROR_LEVEL_M: Final = 1
_DRAWER_PIN: Final = 2
_FIRST_ID_BYTE: Final = 0x21
_ID_LETTERS: Final = 0x7E - _FIRST_ID_BYTE + 1
PROCESS_IDS: Final = _ID_LETTERS**4
"""How many ids `process_id` can tell apart."""


Block = QR | Barcode | Image | Feed | Cut | Drawer | Trial


def encode(laid_out: Sequence[LaidOut], profile: Profile) -> bytes:
    """Turn laid-out lines into the bytes of one job for that printer.

    Raises `NoDrawerError`, `BadImageError`, `QRTooLargeError`, `BarcodeTooWideError` or
    `DocumentTooLongError`, all of them permanent.
    """
    printer = dummy(profile)
    style = (False, 1, 1)
    for one in laid_out:
        if isinstance(one, LaidOutLine):
            style = _line(printer, one, style)
        else:
            _block(printer, one, profile)
    job = _start(profile) + bytes(printer.output)
    if len(job) > MAX_JOB_BYTES:
        raise DocumentTooLongError(length=len(job), unit="bytes", limit=MAX_JOB_BYTES)
    return job


def process_id(number: int) -> bytes:
    """Four printable bytes that tell one try from its neighbours, made from its number."""
    digits = []
    for _ in range(4):
        number, digit = divmod(number, _ID_LETTERS)
        digits.append(_FIRST_ID_BYTE + digit)
    return bytes(digits)


def confirmation_request(confirm: Confirm, token: bytes) -> bytes:
    """Ask the printer to say when it has worked through what came before; maybe no bytes.

    `token` is the four bytes of `process_id`.
    """
    if confirm == "process_id":
        return b"\x1d(H\x06\x0000" + token
    return b"\x1dr\x01" if confirm == "gs_r" else b""


def _start(profile: Profile) -> bytes:
    """Reset, leave Chinese mode, and choose the code page, said outright each time."""
    return b"\x1b@\x1c.\x1bt" + bytes([profile.code_page_number])


def _line(printer: Any, line: LaidOutLine, style: tuple[bool, int, int]) -> tuple[bool, int, int]:
    """Add one line, changing only what differs from `style`; returns the style after it."""
    wanted = (line.bold, line.width, line.height)
    if wanted[1:] != style[1:]:
        printer.set(custom_size=True, width=line.width, height=line.height)
    if line.bold != style[0]:
        printer.set(bold=line.bold)
    printer.textln(line.text)
    return wanted


def _block(printer: Any, one: Block, profile: Profile) -> None:
    match one:
        case QR():
            _qr(printer, one, profile)
        case Image():
            _raster(printer, dots_of(one, profile.paper_dots), profile)
        case Barcode(data=data, symbol=symbol, height_dots=height_dots):
            _raster(printer, draw_barcode(data, symbol, profile.paper_dots, height_dots), profile)
        case Feed(lines=lines):
            printer.print_and_feed(lines)
        case Cut():
            printer.print_and_feed(profile.feed_lines_at_end)
            if profile.has_cutter:
                printer.cut(feed=False)
        case Drawer():
            if not profile.has_drawer:
                raise NoDrawerError
            printer.cashdraw(_DRAWER_PIN)
        case Trial():
            _trial(printer, one, profile)


def _qr(printer: Any, code: QR, profile: Profile) -> None:
    module_dots = fitting_module_dots(code.data, code.size, profile.paper_dots)
    if profile.qr_native:
        printer.set(align="center")
        printer.qr(code.data, native=True, size=module_dots, ec=_ERROR_LEVEL_M)
        printer.set(align="left")
        return
    _raster(printer, draw(code.data, module_dots), profile)


def _trial(printer: Any, trial: Trial, profile: Profile) -> None:
    if trial.what in ("qr-picture", "qr-printer"):
        tried = replace(profile, qr_native=trial.what == "qr-printer")
        _qr(printer, QR(QR_TEXT, size=QR_DOTS), tried)
    else:
        printer._raw(trial_bytes(trial, profile.code_page_number))  # noqa: SLF001 - it has no public name for it


def _raster(printer: Any, picture: Bitmap, profile: Profile) -> None:
    """Send a picture in strips, centred by us on a white ground as wide as the paper."""
    placed = picture.placed(picture.centred_on(profile.paper_dots), profile.paper_dots)
    step = placed.width_bytes
    for top, height, rows in _strips(placed.height):
        strip = placed.rows[top * step : (top + height) * step].ljust(rows * step, b"\0")
        head = b"\x1dv0\0" + step.to_bytes(2, "little") + rows.to_bytes(2, "little")
        # The library's own way to say bytes: its picture command would dither them once more.
        printer._raw(head + strip)  # noqa: SLF001 - it has no public name for it


def _strips(height: int) -> Iterator[tuple[int, int, int]]:
    """Where each strip starts, how many rows of the picture it has, and how many it sends.

    Some printers lose their place after a strip of a multiple of 48 rows, so one white row is
    added to it.
    """
    for top in range(0, height, STRIP_ROWS):
        rows = min(STRIP_ROWS, height - top)
        yield top, rows, rows + (rows % _ROWS_MISREAD == 0)
