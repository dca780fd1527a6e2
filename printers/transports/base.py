"""What every way to a printer can do.

A transport is used for one job: open, write, read, finish, close. Nothing waits without
an end: each call has its own deadline. That the system took the bytes says nothing about
paper; `bytes_sent` only says what can surely not have been printed, namely the rest.
"""

from typing import Protocol


class Transport(Protocol):
    """One connection to one printer."""

    @property
    def answers(self) -> bool:
        """Whether a printer could say anything back on this way at all."""
        ...

    @property
    def bytes_sent(self) -> int:
        """Bytes the system has taken since `open`; zero means surely nothing was printed."""
        ...

    @property
    def ticket(self) -> str:
        """What the system that took the job calls it, e.g. a CUPS job; empty for most."""
        ...

    def open(self) -> None:
        """Connect. Raises a `PrinterError` that says why it could not."""
        ...

    def write(self, data: bytes, timeout_seconds: float) -> None:
        """Hand over all of `data`. Raises `StalledError` or `ClosedError` part of the way."""
        ...

    def read(self, timeout_seconds: float) -> bytes:
        """Read what has come, waiting that long for the first byte; empty when none came.

        Raises `ClosedError` when the other side has ended the connection.
        """
        ...

    def finish(self, timeout_seconds: float) -> None:
        """Let the last bytes out and the last replies in; raises when some surely got lost.

        A second call finds nothing more to wait for.
        """
        ...

    def close(self) -> None:
        """Let go, whatever happened before; never raises, may be called twice."""
        ...
