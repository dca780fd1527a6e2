"""QR codes drawn by us: how large they come out, and their dots.

Error correction is level M: a thermal receipt gets creased, and a campaign's links are short.
"""

from typing import Any, Final

from printers.bitmap import Bitmap
from printers.errors import QRTooLargeError

QUIET_MODULES: Final = 4
_SMALLEST_MODULE_DOTS: Final = 2


def _code(data: str) -> Any:
    import segno  # noqa: PLC0415 - only a process that draws one pays for it

    return segno.make_qr(data, error="m", boost_error=False)


def side_modules(data: str) -> int:
    """How many modules wide and high the code is, its quiet zone included."""
    return int(_code(data).symbol_size(border=QUIET_MODULES)[0])


def fitting_module_dots(data: str, wanted_dots: int, paper_dots: int) -> int:
    """Find the largest module, at most `wanted_dots`, with which the code fits the paper.

    Raises `QRTooLargeError` when it would be under two dots, which no phone reads.
    """
    side = side_modules(data)
    module_dots = min(wanted_dots, paper_dots // side)
    if module_dots < _SMALLEST_MODULE_DOTS:
        raise QRTooLargeError(needed=side * _SMALLEST_MODULE_DOTS, paper=paper_dots)
    return module_dots


def draw(data: str, module_dots: int, quiet_modules: int = QUIET_MODULES) -> Bitmap:
    """Draw the code with square modules of that many dots."""
    matrix = _code(data).matrix_iter(scale=module_dots, border=quiet_modules)
    rows = [_packed(row) for row in matrix]
    return Bitmap(len(rows[0]), len(rows), b"".join(rows))


def _packed(row: Any) -> bytes:
    bits = "".join("1" if dot else "0" for dot in row)
    width_bytes = (len(bits) + 7) // 8
    return int(bits.ljust(width_bytes * 8, "0"), 2).to_bytes(width_bytes, "big")
