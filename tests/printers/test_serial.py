"""Serial lines and sleeping Bluetooth devices, on terminal lines of this machine."""

import os
import socket
import termios
import threading

import pytest

from printers.errors import (
    BadAddressError,
    ClosedError,
    NoBluetoothError,
    NoDeviceError,
    NotASerialLineError,
    StalledError,
    UnreachableError,
)
from printers.transports import BluetoothTransport, DeviceTransport, SerialLine, transport_for
from printers.transports.bluetooth import is_supported, rfcomm

MAC = "66:22:AB:CD:EF:01"
_IFLAG, _CFLAG, _SPEED = 0, 2, 4


@pytest.fixture
def line():
    """The two ends of a terminal line: the printer's end, and the device's path."""
    printer_end, device_end = os.openpty()
    yield printer_end, device_end, os.ttyname(device_end)
    os.close(device_end)
    os.close(printer_end)


def test_a_serial_line_is_set_as_its_address_says(line):
    printer_end, device_end, path = line
    transport = transport_for(f"serial://{path}?baud=19200&flow=rtscts&stop=2")

    transport.open()
    transport.write(b"struk\n\r\x13", 1)
    received = os.read(printer_end, 100)
    found = termios.tcgetattr(device_end)
    transport.close()

    assert received == b"struk\n\r\x13"
    assert found[_SPEED] == termios.B19200
    assert found[_CFLAG] & termios.CRTSCTS
    assert found[_CFLAG] & termios.CSTOPB
    assert not found[_IFLAG] & termios.IXON


def test_a_printer_that_says_wait_by_a_character_is_waited_for(line):
    printer_end, _, path = line
    transport = transport_for(f"serial://{path}?baud=9600&flow=xonxoff")
    transport.open()

    os.write(printer_end, b"\x13")
    with pytest.raises(StalledError):
        transport.write(b"x" * 100_000, 0.2)
    os.write(printer_end, b"\x11")
    os.write(printer_end, b"\x12")

    assert transport.read(1) == b"\x12"
    transport.close()


@pytest.mark.parametrize(
    "asked",
    ["baud=123", "baud=x", "parity=maybe", "flow=hope", "bits=9", "stop=3", "baud=9600&baud=9600",
     "speed=9600", "baud", "bits=8&stop"],
)  # fmt: skip
def test_a_setting_no_line_has_is_no_address(asked):
    with pytest.raises(BadAddressError):
        transport_for(f"serial:///dev/ttyUSB0?{asked}")


def test_every_setting_of_a_line_can_be_written_in_its_address():
    transport = transport_for(
        "serial:///dev/ttyS0?baud=115200&parity=even&flow=xonxoff&bits=7&stop=2"
    )

    assert transport.line == SerialLine(115_200, "even", "xonxoff", 7, 2)


def test_a_device_without_speed_and_parity_is_no_serial_line():
    with pytest.raises(NotASerialLineError):
        DeviceTransport("/dev/null", line=SerialLine()).open()


def test_a_bluetooth_device_file_is_tried_until_the_printer_wakes(tmp_path, line):
    path = tmp_path / "rfcomm0"
    transport = transport_for(f"device://{path}")
    waking = threading.Timer(0.15, path.symlink_to, [line[2]])

    waking.start()
    transport.open()
    waking.join()
    transport.write(b"bangun", 1)

    assert os.read(line[0], 100) == b"bangun"
    transport.close()


def test_a_bluetooth_device_that_never_wakes_is_not_there(tmp_path):
    with pytest.raises(NoDeviceError):
        transport_for(f"device://{tmp_path}/rfcomm0").open()


def test_a_bluetooth_line_is_listened_to_before_it_is_closed(line):
    transport = DeviceTransport(line[2], linger_seconds=0.05)
    transport.open()
    transport.write(b"x", 1)
    os.write(line[0], b"\x12\x12")

    transport.finish(1)
    transport.finish(600)

    assert transport.read(0.01) == b""
    transport.close()


@pytest.fixture
def pair():
    """A Bluetooth printer's two ends."""
    near, far = socket.socketpair()
    with near, far:
        yield near, far


def asleep_for(tries, near):
    """What connects to a printer that does not hear the first tries."""
    left = iter(range(tries))

    def connect(_mac, _channel):
        if next(left, None) is not None:
            raise ConnectionRefusedError
        return near

    return connect


def test_a_sleeping_bluetooth_printer_is_woken_and_takes_the_job(pair):
    near, far = pair
    transport = BluetoothTransport(MAC, connect=asleep_for(5, near), linger_seconds=0.05)

    transport.open()
    transport.write(b"struk", 1)
    received = far.recv(100)
    far.sendall(b"\x12")
    transport.finish(1)
    transport.finish(600)
    transport.close()

    assert received == b"struk"
    assert transport.bytes_sent == 5
    assert far.recv(100) == b""


def test_what_a_bluetooth_printer_never_took_is_noticed_before_closing(pair):
    near, _ = pair
    transport = BluetoothTransport(MAC, connect=asleep_for(0, near), linger_seconds=0.05)
    transport.open()
    transport.write(b"struk", 1)

    with pytest.raises(StalledError):
        transport.finish(1)

    transport.close()


def test_a_bluetooth_printer_that_stays_asleep_cannot_be_reached(pair):
    with pytest.raises(UnreachableError, match=MAC):
        BluetoothTransport(MAC, connect=asleep_for(100, pair[0])).open()


def test_a_bluetooth_printer_that_takes_no_more_is_noticed(pair):
    transport = BluetoothTransport(MAC, connect=asleep_for(0, pair[0]), linger_seconds=0.05)
    transport.open()

    with pytest.raises(StalledError):
        transport.write(b"x" * 5_000_000, 0.2)

    transport.close()
    with pytest.raises(ClosedError):
        transport.read(0.1)


def test_python_without_bluetooth_says_what_to_do_instead():
    if is_supported():
        with pytest.raises(OSError):  # noqa: PT011 - whatever the adapter says
            rfcomm("00:00:00:00:00:00", 1)
    else:
        with pytest.raises(NoBluetoothError, match="rfcomm bind"):
            transport_for(f"bluetooth://{MAC}").open()


@pytest.mark.parametrize(
    "address",
    ["bluetooth://", "bluetooth://66:22:AB", f"bluetooth://{MAC}?channel=0",
     f"bluetooth://{MAC}?channel=31", f"bluetooth://{MAC}/x", "bluetooth://00-11-22-33-44-55"],
)  # fmt: skip
def test_another_text_is_no_bluetooth_address(address):
    with pytest.raises(BadAddressError):
        transport_for(address)
