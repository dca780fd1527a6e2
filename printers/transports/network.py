"""A printer on the network, port 9100.

The order at the end matters: replies left unread make the system answer the printer with a
reset, and the printer then throws away what it had not printed yet.
"""

import contextlib
import socket
import time
from typing import Final

from printers.errors import ClosedError, RefusedError, StalledError, UnreachableError
from printers.transports.outgoing import bytes_waiting

_CHUNK_BYTES: Final = 4096
# A printer that never stops talking is not listened to for ever.
_UNREAD_CHUNKS: Final = 64


class NetworkTransport:
    """One TCP connection for one job."""

    answers = True

    def __init__(self, host: str, port: int, connect_timeout_seconds: float = 3.0) -> None:
        self.host = host
        self.port = port
        self.bytes_sent = 0
        self._connect_timeout_seconds = connect_timeout_seconds
        self._socket: socket.socket | None = None
        self._has_said_end = False

    @property
    def address(self) -> str:
        """The printer as people write it down, e.g. `10.0.0.7:9100`."""
        return f"{self.host}:{self.port}"

    def open(self) -> None:
        """Connect. Raises `RefusedError` or `UnreachableError`."""
        self.bytes_sent = 0
        self._has_said_end = False
        where = (self.host, self.port)
        try:
            self._socket = socket.create_connection(where, self._connect_timeout_seconds)
        except ConnectionRefusedError as error:
            raise RefusedError(address=self.address) from error
        except (OSError, UnicodeError) as error:
            raise UnreachableError(address=self.address) from error

    def write(self, data: bytes, timeout_seconds: float) -> None:
        """Send all of it within the deadline."""
        connection = self._connected()
        deadline = time.monotonic() + timeout_seconds
        rest = memoryview(data)
        while rest:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                taken = connection.send(rest[:_CHUNK_BYTES])
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
            received = connection.recv(_CHUNK_BYTES)
        except TimeoutError:
            return b""
        except OSError as error:
            raise ClosedError from error
        if not received:
            raise ClosedError
        return received

    def finish(self, timeout_seconds: float) -> None:
        """Say once that no more comes, and read until the printer says so too.

        A printer that keeps its side open is well as long as it took every byte. Raises
        `StalledError` when it did not, and `ClosedError` when it broke the connection.
        """
        connection = self._connected()
        if self._has_said_end:
            return
        self._has_said_end = True
        deadline = time.monotonic() + timeout_seconds
        try:
            connection.shutdown(socket.SHUT_WR)
            while (left := deadline - time.monotonic()) > 0:
                connection.settimeout(left)
                if not connection.recv(_CHUNK_BYTES):
                    return
        except TimeoutError:
            pass
        except OSError as error:
            raise ClosedError from error
        if bytes_waiting(connection.fileno()):
            raise StalledError

    def close(self) -> None:
        """Close the connection, reading first what is already there."""
        connection, self._socket = self._socket, None
        if connection is None:
            return
        with connection, contextlib.suppress(OSError):
            connection.settimeout(0)
            for _ in range(_UNREAD_CHUNKS):
                if not connection.recv(_CHUNK_BYTES):
                    return

    def _connected(self) -> socket.socket:
        if self._socket is None:
            raise ClosedError
        return self._socket
