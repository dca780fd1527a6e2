"""A printer behind a connected stream socket: what network and Bluetooth have in common."""

import contextlib
import socket
import time
from typing import Final

from printers.errors import ClosedError, StalledError

CHUNK_BYTES: Final = 4096
# A printer that never stops talking is not listened to for ever.
_UNREAD_CHUNKS: Final = 64


class SocketLine:
    """Writing to, reading from and closing one connection; how it is made and ended is apart."""

    answers = True
    ticket = ""

    def __init__(self) -> None:
        self.bytes_sent = 0
        self._socket: socket.socket | None = None

    def write(self, data: bytes, timeout_seconds: float) -> None:
        """Send all of it within the deadline."""
        connection = self._connected()
        deadline = time.monotonic() + timeout_seconds
        rest = memoryview(data)
        while rest:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                taken = connection.send(rest[:CHUNK_BYTES])
            except TimeoutError as error:
                raise StalledError from error
            except OSError as error:
                raise ClosedError from error
            self.bytes_sent += taken
            rest = rest[taken:]

    def read(self, timeout_seconds: float) -> bytes:
        """Read what has come."""
        connection = self._connected()
        connection.settimeout(max(0.001, timeout_seconds))
        try:
            received = connection.recv(CHUNK_BYTES)
        except TimeoutError:
            return b""
        except OSError as error:
            raise ClosedError from error
        if not received:
            raise ClosedError
        return received

    def close(self) -> None:
        """Close the connection, reading first what is already there."""
        connection, self._socket = self._socket, None
        if connection is None:
            return
        with connection, contextlib.suppress(OSError):
            connection.settimeout(0)
            for _ in range(_UNREAD_CHUNKS):
                if not connection.recv(CHUNK_BYTES):
                    return

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise ClosedError
        return self._socket
