"""The virtual printer on a port of this machine: a `Machine` behind one TCP listener.

Like its models it serves one connection at a time, the others wait in line. One thread does
all of it; whoever changes a fault from outside takes the same lock. It listens on loopback
alone: it is a printer for this machine, and believes whatever it is sent.
"""

import contextlib
import ipaddress
import select
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Self

from printers.paper import PaperCut, PaperLine, PaperPulse, PaperRaster, Piece
from printers.profiles import DOTS_PER_MM, SIMULATOR, Profile
from printers.simulator.log import PaperLog
from printers.simulator.machine import BUFFER_BYTES, Faults, Machine

_TICK_SECONDS: Final = 0.01
_RECEIVE_BUFFER_BYTES: Final = 4096
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


class Simulator:
    """A printer on `host`:`port`; port 0 takes a free one.

    `speed` is dot rows a second, None prints at once. It takes `buffer_bytes` before they are
    on paper. With `paper_log` every piece of paper
    is appended to that file. Raises `ValueError` for a host that is not loopback.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        profile: Profile = SIMULATOR,
        paper_log: Path | None = None,
        speed: int | None = None,
        buffer_bytes: int = BUFFER_BYTES,
    ) -> None:
        if not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"the virtual printer listens on loopback only, not on {host}")
        self._host = host
        self._port = port
        log = PaperLog(paper_log) if paper_log is not None else None
        self._machine = Machine(profile, speed, buffer_bytes=buffer_bytes)
        if log is not None:
            self._machine.on_paper = log.append
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None
        self._client_bytes = 0
        self._power_off_at: int | None = None

    @property
    def port(self) -> int:
        """The port it listens on, known once started."""
        return self._port

    @property
    def address(self) -> str:
        """Its address as a transport wants it."""
        return f"tcp://{self._host}:{self._port}"

    @property
    def paper(self) -> list[Piece]:
        """What is on paper so far."""
        with self._lock:
            return list(self._machine.paper)

    @property
    def received_bytes(self) -> int:
        """How many bytes came in, printed or not."""
        with self._lock:
            return self._machine.received_bytes

    @property
    def profile(self) -> Profile:
        """What kind of printer it is."""
        return self._machine.profile

    @property
    def faults(self) -> Faults:
        """What is wrong with it now."""
        with self._lock:
            return replace(self._machine.faults)

    @property
    def is_listening(self) -> bool:
        """Whether it takes connections."""
        return self._listener is not None

    def on_paper(self) -> dict[str, Any]:
        """Count what is on paper, and give what its codes say."""
        paper = self.paper
        with self._lock:
            rows = self._machine.printed_rows
        return {
            "millimetres": rows // DOTS_PER_MM,
            "lines": sum(isinstance(piece, PaperLine) for piece in paper),
            "cuts": sum(isinstance(piece, PaperCut) for piece in paper),
            "pulses": sum(isinstance(piece, PaperPulse) for piece in paper),
            "codes": [p.words for p in paper if isinstance(p, PaperRaster) and p.words],
        }

    @property
    def is_idle(self) -> bool:
        """Whether nobody is connected and all that came is printed."""
        with self._lock:
            return self._client is None and self._machine.is_idle

    def start(self) -> None:
        """Switch on: listen, and print in a thread of its own."""
        with self._lock:
            self._listen()
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="virtual-printer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Switch off and end the thread; may be called twice."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        with self._lock:
            self._stop_listening()
            self._hang_up(reset=False)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def set_faults(self, **changes: Any) -> None:
        """Change some fields of `Faults`, the others stay as they are."""
        with self._lock:
            self._machine.faults = replace(self._machine.faults, **changes)

    def mend(self) -> None:
        """Take every fault away; paper that had run out is reloaded."""
        with self._lock:
            self._machine.faults = Faults()
            self._machine.reload_paper()

    def reload_paper(self) -> None:
        """Put in a new roll."""
        with self._lock:
            self._machine.reload_paper()

    def refuse(self) -> None:
        """Stop listening; the connection there is stays."""
        with self._lock:
            self._stop_listening()

    def accept_again(self) -> None:
        """Listen again on the same port."""
        with self._lock:
            self._listen()

    def power_off(self) -> None:
        """Lose the buffer, reset the connection, answer nobody."""
        with self._lock:
            self._stop_listening()
            self._hang_up(reset=True)
            self._machine.power_off()

    def power_off_after(self, received_bytes: int) -> None:
        """Be switched off when so many bytes more have come in."""
        with self._lock:
            self._power_off_at = self._machine.received_bytes + received_bytes

    def power_on(self) -> None:
        """Come back with an empty buffer."""
        self.accept_again()

    def _listen(self) -> None:
        if self._listener is not None:
            return
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER_BYTES)
        try:
            listener.bind((self._host, self._port))
            listener.listen()
        except OSError:
            listener.close()
            raise
        listener.settimeout(0)
        self._listener = listener
        self._port = listener.getsockname()[1]

    def _stop_listening(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    def _hang_up(self, *, reset: bool) -> None:
        client, self._client = self._client, None
        self._machine.hang_up()
        if client is None:
            return
        with client, contextlib.suppress(OSError):
            if reset:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._listen_for_a_moment()
            with self._lock:
                self._tick(time.monotonic())

    def _listen_for_a_moment(self) -> None:
        """Wait until something comes that would be taken now, but no longer than a tick.

        Only a connection is waited on: a listener that is closed meanwhile would keep its port.
        """
        with self._lock:
            client = self._client if self._wanted_bytes() > 0 else None
        if client is None:
            self._stopping.wait(_TICK_SECONDS)
            return
        # Somebody may close it meanwhile: then the next look finds out.
        with contextlib.suppress(OSError, ValueError):
            select.select([client], [], [], _TICK_SECONDS)

    def _wanted_bytes(self) -> int:
        """Say how many bytes it would read now."""
        if self._machine.faults.black_hole:
            return 0
        limit = self._machine.faults.drop_after_bytes
        left = self._machine.room_bytes
        return left if limit is None else max(0, min(left, limit - self._client_bytes))

    def _tick(self, now: float) -> None:
        """Take a connection, what it sent, what can be printed, and send what is due."""
        if self._client is None and self._listener is not None:
            with contextlib.suppress(BlockingIOError, ConnectionError):
                self._client, _ = self._listener.accept()
                self._client.settimeout(0)
                self._client_bytes = 0
        ended = False
        for data in self._arriving():
            ended = not data
            self._machine.receive(data, now)
            self._machine.advance(now)
        self._machine.advance(now)
        self._send(self._machine.answers_due(now))
        if ended:
            self._hang_up(reset=False)
        limit = self._machine.faults.drop_after_bytes
        if limit is not None and self._client_bytes >= limit:
            self._hang_up(reset=True)
        if self._power_off_at is not None and self._machine.received_bytes >= self._power_off_at:
            self._power_off_at = None
            self.power_off()

    def _arriving(self) -> Iterator[bytes]:
        """Yield what the connection has sent, as far as there is room; empty is its end."""
        while self._client is not None and (wanted := self._wanted_bytes()):
            try:
                data = self._client.recv(wanted)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            self._client_bytes += len(data)
            yield data
            if not data:
                return

    def _send(self, answers: bytes) -> None:
        if self._client is not None and answers:
            with contextlib.suppress(OSError):
                self._client.sendall(answers)
