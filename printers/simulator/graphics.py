"""The commands that draw dots: raster, column pictures, stored graphics, QR codes."""

from dataclasses import dataclass
from typing import Final

from printers.bitmap import Bitmap
from printers.qr import draw
from printers.simulator.parser import Command

_TALL: Final = (32, 33)
_STORE: Final = 112
_PRINT_STORED: Final = (2, 50)
_QR: Final = 49
_QR_MOST_DOTS: Final = 16
_QR_SIZE: Final = 67
_QR_STORE: Final = 80
_QR_PRINT: Final = 81


@dataclass
class Graphics:
    """What a printer remembers between the commands of one picture.

    `picture_on_line` says that a column picture fills the line, so that the line feed after
    it is the picture's own. `words` is what the code just drawn says.
    """

    picture_on_line: bool = False
    words: str = ""
    _stored: Bitmap | None = None
    _qr_data: str = ""
    _qr_module_dots: int = 3

    def drawn(self, command: Command) -> Bitmap | None:
        """Carry out one command; the dots it puts on paper, or None."""
        arguments = command.arguments
        self.words = ""
        match command.name:
            case b"\x1dv":
                return _raster(arguments)
            case b"\x1b*":
                self.picture_on_line = True
                return _columns(arguments)
            case b"\x1d(" if arguments[:1] == b"L":
                return self._graphics(arguments[3:])
            case b"\x1d8" if arguments[:1] == b"L":
                return self._graphics(arguments[5:])
            case b"\x1d(" if arguments[:1] == b"k":
                return self._qr(arguments[3:])
        return None

    def _graphics(self, block: bytes) -> Bitmap | None:
        """GS ( L and GS 8 L: store a picture, or print the stored one."""
        if len(block) < 2:  # noqa: PLR2004 - m and fn
            return None
        if block[1] in _PRINT_STORED:
            shown, self._stored = self._stored, None
            return shown
        if block[1] == _STORE:
            width_bytes = (int.from_bytes(block[6:8], "little") + 7) // 8
            self._stored = _bitmap(width_bytes, int.from_bytes(block[8:10], "little"), block[10:])
        return None

    def _qr(self, block: bytes) -> Bitmap | None:
        """GS ( k with cn 49: set the size, store the words, print the code."""
        if len(block) < 3 or block[0] != _QR:  # noqa: PLR2004 - cn, fn, first value
            return None
        if block[1] == _QR_SIZE:
            self._qr_module_dots = block[2]
        elif block[1] == _QR_STORE:
            self._qr_data = block[3:].decode("utf-8", "replace")
        elif block[1] == _QR_PRINT and self._qr_data:
            return self._qr_drawn()
        return None

    def _qr_drawn(self) -> Bitmap | None:
        """Draw the stored words; more of them than any code holds draw nothing."""
        module_dots = min(max(1, self._qr_module_dots), _QR_MOST_DOTS)
        try:
            drawn = draw(self._qr_data, module_dots, quiet_modules=0)
        except ValueError:
            return None
        self.words = self._qr_data
        return drawn


def _raster(arguments: bytes) -> Bitmap | None:
    """GS v 0 m xL xH yL yH d…; the density m is not drawn."""
    width_bytes = int.from_bytes(arguments[2:4], "little")
    return _bitmap(width_bytes, int.from_bytes(arguments[4:6], "little"), arguments[6:])


def _columns(arguments: bytes) -> Bitmap | None:
    """ESC * m nL nH d…: columns of 8 or 24 dots, the top dot in the highest bit."""
    column_bytes = 3 if arguments[0] in _TALL else 1
    height = 8 * column_bytes
    width = int.from_bytes(arguments[1:3], "little")
    dots = arguments[3:]
    columns = [
        f"{int.from_bytes(dots[at : at + column_bytes], 'big'):0{height}b}"
        for at in range(0, len(dots), column_bytes)
    ]
    width_bytes = (width + 7) // 8
    rows = ["".join(row).ljust(width_bytes * 8, "0") for row in zip(*columns, strict=True)]
    packed = b"".join(int(row, 2).to_bytes(width_bytes, "big") for row in rows)
    return _bitmap(width_bytes, height, packed)


def _bitmap(width_bytes: int, height: int, rows: bytes) -> Bitmap | None:
    """Make a bitmap of what is there; an empty or inconsistent picture draws nothing."""
    if not rows or len(rows) != width_bytes * height:
        return None
    return Bitmap(width_bytes, height, rows)
