"""RawBT, the printing app on an Android tablet: a page hands it the job, nothing comes back.

The program on the tablet cannot reach a Bluetooth printer, the browser can ask RawBT to. So
this way is never opened by the queue: a person's tap opens the link, and the job then counts
as handed over, never as printed.
"""

import base64
from typing import Final

from printers.errors import HandOverOnlyError

RAWBT: Final = "rawbt:"
_SCHEME: Final = "rawbt"
_PACKAGE: Final = "ru.a402d.rawbtprinter"


def intent_link(payload: bytes) -> str:
    """Write the link that gives a job's bytes to the app."""
    data = base64.b64encode(payload).decode("ascii")
    return f"intent:base64,{data}#Intent;scheme={_SCHEME};package={_PACKAGE};end;"


class RawBTTransport:
    """A way that only a tap on the tablet opens; whoever tries otherwise is told so."""

    answers = False
    ticket = ""
    bytes_sent = 0

    def open(self) -> None:
        """Raise `HandOverOnlyError`."""
        raise HandOverOnlyError

    def write(self, data: bytes, timeout_seconds: float) -> None:  # noqa: ARG002 - nothing is open
        """Raise `HandOverOnlyError`."""
        raise HandOverOnlyError

    def read(self, timeout_seconds: float) -> bytes:  # noqa: ARG002 - nothing ever comes
        """Nothing ever comes."""
        return b""

    def finish(self, timeout_seconds: float) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing is open."""
