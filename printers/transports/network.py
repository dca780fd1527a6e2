"""A printer on the network, port 9100.

The order at the end matters: replies left unread make the system answer the printer with a
reset, and the printer then throws away what it had not printed yet.
"""

import socket
import time

from printers.errors import ClosedError, RefusedError, StalledError, UnreachableError
from printers.transports.outgoing import bytes_waiting
from printers.transports.sockets import CHUNK_BYTES, SocketLine


class NetworkTransport(SocketLine):
    """One TCP connection for one job."""

    def __init__(self, host: str, port: int, connect_timeout_seconds: float = 3.0) -> None:
        super().__init__()
        self.host = host
        self.port = port
        self._connect_timeout_seconds = connect_timeout_seconds
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
                if not connection.recv(CHUNK_BYTES):
                    return
        except TimeoutError:
            pass
        except OSError as error:
            raise ClosedError from error
        if bytes_waiting(connection.fileno()):
            raise StalledError
