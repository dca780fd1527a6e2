"""A wire between a browser and a till that counts every byte in both directions."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHUNK = 65_536


class CountingWire:
    """Passes connections on to a port of this machine; `up` and `down` are bytes so far."""

    def __init__(self, target_port: int) -> None:
        self.up = 0
        self.down = 0
        self._target_port = target_port
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def serve(self) -> None:
        """Take connections until the wire is cut."""
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target_port))
                for end in (near, far):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for source, sink, is_up in ((near, far, True), (far, near, False)):
                    threading.Thread(
                        target=self._carry, args=(source, sink, is_up), daemon=True
                    ).start()

    def cut(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def total(self) -> int:
        """Give all bytes so far, up and down."""
        with self._lock:
            return self.up + self.down

    def _carry(self, source: socket.socket, sink: socket.socket, is_up: bool) -> None:  # noqa: FBT001 - one of two threads
        with suppress(OSError):
            while data := source.recv(_CHUNK):
                with self._lock:
                    if is_up:
                        self.up += len(data)
                    else:
                        self.down += len(data)
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


@contextmanager
def counting_wire(target_port: int) -> Iterator[CountingWire]:
    """Give a wire to a port until the block ends."""
    wire = CountingWire(target_port)
    threading.Thread(target=wire.serve, daemon=True).start()
    try:
        yield wire
    finally:
        wire.cut()
