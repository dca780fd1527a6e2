"""The settings of a serial line: speed, parity and how the printer says wait."""

import termios
import tty
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from printers.errors import NotASerialLineError

BAUDS: Final[Mapping[int, int]] = {
    baud: getattr(termios, f"B{baud}")
    for baud in (1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400)
}
PARITIES: Final[Mapping[str, int]] = {
    "none": 0,
    "even": termios.PARENB,
    "odd": termios.PARENB | termios.PARODD,
}
BITS: Final[Mapping[int, int]] = {7: termios.CS7, 8: termios.CS8}
FLOWS: Final = ("none", "rtscts", "xonxoff")

_IFLAG, _CFLAG, _ISPEED, _OSPEED = 0, 2, 4, 5


@dataclass(frozen=True, slots=True)
class SerialLine:
    """How a serial line is set; raises ValueError for a setting no line has."""

    baud: int = 9600
    parity: str = "none"
    flow: str = "none"
    bits: int = 8
    stop: int = 1

    def __post_init__(self) -> None:
        if (
            self.baud not in BAUDS
            or self.parity not in PARITIES
            or self.flow not in FLOWS
            or self.bits not in BITS
            or self.stop not in (1, 2)
        ):
            raise ValueError(f"no serial line is set like this: {self}")

    def set_up(self, descriptor: int, path: str) -> None:
        """Set an open line to pass bytes as they are, this fast and with this flow control.

        Raises `NotASerialLineError` for a device that has no such settings.
        """
        try:
            tty.setraw(descriptor)
            found = termios.tcgetattr(descriptor)
            self._change(found)
            termios.tcsetattr(descriptor, termios.TCSANOW, found)
        except termios.error as error:
            raise NotASerialLineError(path=path) from error

    def _change(self, attributes: list[int]) -> None:
        control = attributes[_CFLAG] & ~(
            termios.CSIZE | termios.PARENB | termios.PARODD | termios.CSTOPB | termios.CRTSCTS
        )
        control |= BITS[self.bits] | PARITIES[self.parity] | termios.CREAD | termios.CLOCAL
        control |= termios.CSTOPB if self.stop == 2 else 0  # noqa: PLR2004 - stop bits
        control |= termios.CRTSCTS if self.flow == "rtscts" else 0
        attributes[_CFLAG] = control
        attributes[_IFLAG] &= ~(termios.IXON | termios.IXOFF)
        if self.flow == "xonxoff":
            attributes[_IFLAG] |= termios.IXON | termios.IXOFF
        attributes[_ISPEED] = attributes[_OSPEED] = BAUDS[self.baud]
