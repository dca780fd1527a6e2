"""A connection that is kept open, as a browser's is; plain sockets, so that it costs little."""

import gzip
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from kiosk.cli.bench.programs import NotMeasuredError

ANSWER_SECONDS: Final = 60
_CHUNK: Final = 65_536
_BODILESS: Final = frozenset({204, 304})
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_COOKIE: Final = re.compile(rb"\r\nset-cookie: *([^;\r]+)", re.IGNORECASE)
_LOCATION: Final = re.compile(rb"\r\nlocation: *([^\r]+)", re.IGNORECASE)
_GZIPPED: Final = re.compile(rb"\r\ncontent-encoding: *gzip", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `head` is the raw status line and headers."""

    status: int
    head: bytes
    body: bytes

    @property
    def cookie(self) -> str | None:
        """The cookie that it sets, as `name=value`."""
        match = _COOKIE.search(self.head)
        return match[1].decode("latin-1") if match else None

    @property
    def location(self) -> str | None:
        """Where it sends the browser."""
        match = _LOCATION.search(self.head)
        return match[1].decode("latin-1") if match else None

    @property
    def text(self) -> str:
        """The body, decompressed."""
        data = gzip.decompress(self.body) if _GZIPPED.search(self.head) else self.body
        return data.decode("utf-8")


class KeptConnection:
    """One HTTP/1.1 connection to a program on this machine."""

    def __init__(self, port: int) -> None:
        self._host = f"127.0.0.1:{port}"
        self._socket = socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def request(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """Send one request and read its whole answer; raises NotMeasuredError."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._host}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if method == "POST":
            lines.append(f"Content-Length: {len(body)}")
        self._socket.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        return self._read()

    def _read(self) -> Answer:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._receive()
        head, _, body = data.partition(b"\r\n\r\n")
        head += b"\r\n"
        status = int(head[9:12])
        length = _LENGTH.search(head)
        if length is None and status not in _BODILESS:
            raise NotMeasuredError("an answer came without its length")
        missing = (int(length[1]) if length else 0) - len(body)
        parts = [body]
        while missing > 0:
            parts.append(self._receive())
            missing -= len(parts[-1])
        return Answer(status, head, b"".join(parts))

    def _receive(self) -> bytes:
        received = self._socket.recv(_CHUNK)
        if not received:
            raise NotMeasuredError("a program closed the connection in the middle of an answer")
        return received
