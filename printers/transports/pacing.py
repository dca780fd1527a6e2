"""Sending a job no faster than a printer without flow control can swallow it."""

import time

from printers.errors import StalledError
from printers.profiles import Profile
from printers.transports.base import Transport


def write_paced(
    transport: Transport, data: bytes, timeout_seconds: float, profile: Profile
) -> None:
    """Hand over all of `data` in the profile's pieces, with its pauses, within the deadline.

    Raises what `Transport.write` raises.
    """
    deadline = time.monotonic() + timeout_seconds
    for at in range(0, len(data), profile.chunk_bytes):
        if at and profile.pause_ms:
            time.sleep(profile.pause_ms / 1000)
        left = deadline - time.monotonic()
        if left <= 0:
            raise StalledError
        transport.write(data[at : at + profile.chunk_bytes], left)
