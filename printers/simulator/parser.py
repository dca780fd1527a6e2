"""ESC/POS bytes cut into commands, byte by byte as a printer does.

Every command has a known length, so what follows a command starts exactly where its
arguments end; a picture that stops half-way goes on eating whatever comes next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_ARGUMENT_BYTES: Final[dict[bytes, int]] = {
    # ESC
    b"\x1b ": 1,
    b"\x1b!": 1,
    b"\x1b$": 2,
    b"\x1b%": 1,
    b"\x1b-": 1,
    b"\x1b2": 0,
    b"\x1b3": 1,
    b"\x1b=": 1,
    b"\x1b@": 0,
    b"\x1bE": 1,
    b"\x1bG": 1,
    b"\x1bJ": 1,
    b"\x1bM": 1,
    b"\x1bR": 1,
    b"\x1bV": 1,
    b"\x1b\\": 2,
    b"\x1ba": 1,
    b"\x1bc": 2,
    b"\x1bd": 1,
    b"\x1be": 1,
    b"\x1bi": 0,
    b"\x1bm": 0,
    b"\x1bp": 3,
    b"\x1bt": 1,
    b"\x1b{": 1,
    # FS
    b"\x1c!": 1,
    b"\x1c&": 0,
    b"\x1c-": 1,
    b"\x1c.": 0,
    b"\x1cC": 1,
    # GS
    b"\x1d!": 1,
    b"\x1d$": 2,
    b"\x1dB": 1,
    b"\x1dH": 1,
    b"\x1dI": 1,
    b"\x1dL": 2,
    b"\x1dP": 2,
    b"\x1dW": 2,
    b"\x1da": 1,
    b"\x1db": 1,
    b"\x1df": 1,
    b"\x1dh": 1,
    b"\x1dr": 1,
    b"\x1dw": 1,
    # DLE
    b"\x10\x04": 1,
    b"\x10\x05": 1,
    b"\x10\x14": 3,
}
_PREFIXES: Final = b"\x10\x1b\x1c\x1d"
_GS_V_FEEDING: Final = (65, 66, 97, 98, 103, 104)
_TALL_DOTS: Final = (32, 33)
_GS_K_COUNTED: Final = 65


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name (one byte, or the prefix and the next) and its arguments."""

    name: bytes
    arguments: bytes = b""


def next_command(buffer: bytes | bytearray) -> tuple[Command, int] | None:
    """Cut the first command off: the command and its length, None when more must come.

    A printable byte is a command of its own. `buffer` may be of any length, also empty.
    """
    if not buffer:
        return None
    if buffer[0] not in _PREFIXES:
        return Command(bytes(buffer[:1])), 1
    if len(buffer) < 2:  # noqa: PLR2004 - prefix and code
        return None
    name = bytes(buffer[:2])
    length = _length(name, buffer)
    if length is None or len(buffer) < length:
        return None
    return Command(name, bytes(buffer[2:length])), length


def _length(name: bytes, buffer: bytes | bytearray) -> int | None:
    """Length of the whole command, None while the bytes that tell it are still to come."""
    if name in _ARGUMENT_BYTES:
        return 2 + _ARGUMENT_BYTES[name]
    measure = _MEASURES.get(name)
    return 2 if measure is None else measure(buffer)


def _counted(buffer: bytes | bytearray) -> int | None:
    """Measure GS ( x pL pH …: two bytes say how many follow."""
    if len(buffer) < 5:  # noqa: PLR2004 - GS ( x pL pH
        return None
    return 5 + int.from_bytes(buffer[3:5], "little")


def _counted_long(buffer: bytes | bytearray) -> int | None:
    """Measure GS 8 x p1 p2 p3 p4 …: four bytes say how many follow."""
    if len(buffer) < 7:  # noqa: PLR2004 - GS 8 x p1 p2 p3 p4
        return None
    return 7 + int.from_bytes(buffer[3:7], "little")


def _raster(buffer: bytes | bytearray) -> int | None:
    if len(buffer) < 8:  # noqa: PLR2004 - GS v 0 m xL xH yL yH
        return None
    width_bytes = int.from_bytes(buffer[4:6], "little")
    return 8 + width_bytes * int.from_bytes(buffer[6:8], "little")


def _column_picture(buffer: bytes | bytearray) -> int | None:
    if len(buffer) < 5:  # noqa: PLR2004 - ESC * m nL nH
        return None
    column_bytes = 3 if buffer[2] in _TALL_DOTS else 1
    return 5 + column_bytes * int.from_bytes(buffer[3:5], "little")


def _cut(buffer: bytes | bytearray) -> int | None:
    if len(buffer) < 3:  # noqa: PLR2004 - GS V m
        return None
    return 4 if buffer[2] in _GS_V_FEEDING else 3


def _barcode(buffer: bytes | bytearray) -> int | None:
    if len(buffer) < 4:  # noqa: PLR2004 - GS k m n
        return None
    if buffer[2] >= _GS_K_COUNTED:
        return 4 + buffer[3]
    end = buffer.find(b"\0", 3)
    return None if end < 0 else end + 1


def _tabs(buffer: bytes | bytearray) -> int | None:
    end = buffer.find(b"\0", 2)
    return None if end < 0 else end + 1


_MEASURES: Final[dict[bytes, Callable[[bytes | bytearray], int | None]]] = {
    b"\x1d(": _counted,
    b"\x1d8": _counted_long,
    b"\x1dv": _raster,
    b"\x1b*": _column_picture,
    b"\x1dV": _cut,
    b"\x1dk": _barcode,
    b"\x1bD": _tabs,
}
