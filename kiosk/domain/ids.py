"""Identifiers: UUIDv7, so that ids made anywhere sort by when they were made.

Pure arithmetic (RFC 9562 §5.7); `kiosk.clock` supplies time and randomness.
"""

import uuid

from kiosk.errors import N_, KioskError

RANDOM_BYTES = 10


class IdNotUnderstoodError(KioskError):
    """An id in an address or a form is not one of ours."""

    def __init__(self, text: str) -> None:
        self.text = text[:60]
        super().__init__(
            N_("“%(text)s” is not a known number. Go back and choose from the list."),
            text=self.text,
        )


def uuid7(unix_ms: int, randomness: bytes) -> str:
    """Make a UUIDv7 from milliseconds since 1970 and 10 random bytes, in lower-case hex."""
    if len(randomness) != RANDOM_BYTES:
        raise ValueError(f"a UUIDv7 takes {RANDOM_BYTES} random bytes, not {len(randomness)}")
    value = (unix_ms & (2**48 - 1)) << 80 | int.from_bytes(randomness, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def as_id(text: str) -> str:
    """Read a UUID of any version in its usual spelling; raises IdNotUnderstoodError."""
    try:
        canonical = str(uuid.UUID(text))
    except ValueError:
        raise IdNotUnderstoodError(text) from None
    if canonical != text:
        raise IdNotUnderstoodError(text)
    return canonical
