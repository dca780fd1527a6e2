"""No printer: takes every job and keeps nothing. For a till that gives no receipts."""


class NullTransport:
    """Accepts everything and says nothing."""

    answers = False
    ticket = ""

    def __init__(self) -> None:
        self.bytes_sent = 0

    def open(self) -> None:
        """Start counting."""
        self.bytes_sent = 0

    def write(self, data: bytes, timeout_seconds: float) -> None:  # noqa: ARG002 - nothing waits
        """Count the bytes and drop them."""
        self.bytes_sent += len(data)

    def read(self, timeout_seconds: float) -> bytes:  # noqa: ARG002 - nothing ever comes
        """Nothing ever comes."""
        return b""

    def finish(self, timeout_seconds: float) -> None:
        """Nothing is under way."""

    def close(self) -> None:
        """Nothing is open."""
