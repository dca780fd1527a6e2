"""Jobs for slow lines go out in pieces, whole and in order."""

import os
import threading
from dataclasses import replace

import pytest

from printers.errors import StalledError
from printers.profiles import BATTERY_58
from printers.transports import DeviceTransport, NullTransport, write_paced


class Counting(NullTransport):
    """No printer, but one that remembers the pieces."""

    def __init__(self):
        super().__init__()
        self.pieces = []

    def write(self, data, timeout_seconds):
        super().write(data, timeout_seconds)
        self.pieces.append(bytes(data))


def test_a_job_for_a_slow_line_goes_out_in_its_profile_s_pieces():
    transport = Counting()
    slow = replace(BATTERY_58, chunk_bytes=100, pause_ms=1)

    write_paced(transport, bytes(range(250)), 5, slow)

    assert [len(piece) for piece in transport.pieces] == [100, 100, 50]
    assert b"".join(transport.pieces) == bytes(range(250))


def test_a_job_that_would_take_longer_than_it_may_is_stopped_and_counted():
    transport = Counting()
    slow = replace(BATTERY_58, chunk_bytes=16, pause_ms=50)

    with pytest.raises(StalledError):
        write_paced(transport, b"x" * 1600, 0.1, slow)

    assert transport.bytes_sent < 1600


def test_every_byte_reaches_a_slow_line():
    printer_end, device_end = os.openpty()
    transport = DeviceTransport(os.ttyname(device_end))
    transport.open()
    received = []
    reading = threading.Thread(
        target=lambda: received.append(_read(printer_end, 3000)), daemon=True
    )
    reading.start()

    write_paced(transport, b"0123456789" * 300, 20, replace(BATTERY_58, pause_ms=1))
    reading.join(20)
    transport.close()
    os.close(device_end)
    os.close(printer_end)

    assert received == [b"0123456789" * 300]


def _read(descriptor, size):
    data = b""
    while len(data) < size:
        data += os.read(descriptor, size)
    return data
