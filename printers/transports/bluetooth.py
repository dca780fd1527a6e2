"""A Bluetooth printer without a device file: an RFCOMM socket, where Python has them.

A battery printer sleeps, so the first connection may fail; and it throws away what is still
on its way when the line is closed, so closing waits until the last bytes are surely over.
"""

import re
import socket
import time
from collections.abc import Callable
from typing import Any, Final

from printers.errors import ClosedError, NoBluetoothError, StalledError, UnreachableError
from printers.transports.outgoing import bytes_waiting
from printers.transports.sockets import CHUNK_BYTES, SocketLine

WAKE_TRIES: Final = 6
WAKE_PAUSE_SECONDS: Final = 0.1
LINGER_SECONDS: Final = 2.0
_CONNECT_TIMEOUT_SECONDS: Final = 5.0
_MAC: Final = re.compile(r"(?:[0-9A-F]{2}:){5}[0-9A-F]{2}")


def is_mac(text: str) -> bool:
    """Say whether a text is a Bluetooth address such as `66:22:AB:CD:EF:01`."""
    return _MAC.fullmatch(text) is not None


def is_supported() -> bool:
    """Say whether this Python can open Bluetooth sockets; many builds cannot."""
    return hasattr(socket, "AF_BLUETOOTH") and hasattr(socket, "BTPROTO_RFCOMM")


def rfcomm(mac: str, channel: int) -> socket.socket:
    """Connect to a printer's serial port profile. Raises `NoBluetoothError`, `OSError`."""
    if not is_supported():
        raise NoBluetoothError(address=mac)
    names: Any = socket
    line = socket.socket(names.AF_BLUETOOTH, socket.SOCK_STREAM, names.BTPROTO_RFCOMM)
    try:
        line.settimeout(_CONNECT_TIMEOUT_SECONDS)
        line.connect((mac, channel))
    except OSError:
        line.close()
        raise
    return line


class BluetoothTransport(SocketLine):
    """One RFCOMM connection for one job; `connect` is for who brings another stream."""

    def __init__(
        self,
        mac: str,
        channel: int = 1,
        connect: Callable[[str, int], socket.socket] = rfcomm,
        linger_seconds: float = LINGER_SECONDS,
    ) -> None:
        super().__init__()
        self.mac = mac
        self.channel = channel
        self._connect = connect
        self._linger_seconds = linger_seconds
        self._is_over = True

    def open(self) -> None:
        """Connect, waking the printer if it sleeps. Raises `UnreachableError`."""
        self.bytes_sent = 0
        self._is_over = True
        for tries_left in reversed(range(WAKE_TRIES)):
            try:
                self._socket = self._connect(self.mac, self.channel)
            except OSError as error:
                if not tries_left:
                    raise UnreachableError(address=self.mac) from error
                time.sleep(WAKE_PAUSE_SECONDS)
            else:
                return

    def write(self, data: bytes, timeout_seconds: float) -> None:
        """Send all of it within the deadline."""
        self._is_over = False
        super().write(data, timeout_seconds)

    def finish(self, timeout_seconds: float) -> None:
        """Wait until the bytes are over the air, reading what the printer says meanwhile.

        Raises `StalledError` when some are still here in the end, `ClosedError`.
        """
        connection = self._connected()
        now = time.monotonic()
        linger_until = now + min(self._linger_seconds, timeout_seconds)
        while not self._is_over and (left := linger_until - time.monotonic()) > 0:
            connection.settimeout(left)
            try:
                if not connection.recv(CHUNK_BYTES):
                    break
            except TimeoutError:
                break
            except OSError as error:
                raise ClosedError from error
        self._is_over = True
        if bytes_waiting(connection.fileno()):
            raise StalledError
