"""Ways to a printer, over real sockets, terminals and files."""

import os
import socket
import struct

import pytest

from printers.errors import (
    BadAddressError,
    ClosedError,
    NoDeviceError,
    NotADeviceError,
    NotAFileError,
    RefusedError,
    StalledError,
    UnreachableError,
)
from printers.simulator import Simulator
from printers.status import answers
from printers.transports import (
    DeviceTransport,
    FileTransport,
    NetworkTransport,
    NullTransport,
    transport_for,
)
from tests.printers.jobs import eventually


@pytest.fixture
def line():
    """The two ends of a terminal line: the printer's end, and the device's path."""
    printer_end, device_end = os.openpty()
    yield printer_end, os.ttyname(device_end)
    os.close(device_end)
    os.close(printer_end)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def to(listener):
    return NetworkTransport("127.0.0.1", listener.getsockname()[1])


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("tcp://127.0.0.1:9100", NetworkTransport),
        ("tcp://127.0.0.1", NetworkTransport),
        ("device:///dev/usb/lp0", DeviceTransport),
        ("file:///srv/receipts.bin", FileTransport),
        ("null:", NullTransport),
    ],
)
def test_an_address_names_its_way(address, kind):
    assert isinstance(transport_for(address), kind)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:9100",
        "tcp://",
        "tcp://h:x",
        "tcp://h:70000",
        "tcp://h/x",
        "http://h",
        "device://lp0",
        "device:lp0",
        "file://host/x",
        "file:",
        "file:///",
        "null:x",
        "tcp://[::",
    ],
)
def test_anything_else_is_no_printer_address(address):
    with pytest.raises(BadAddressError) as refused:
        transport_for(address)

    assert "tcp://HOST:9100" in str(refused.value)


def test_a_port_without_a_printer_refuses():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

    with pytest.raises(RefusedError):
        NetworkTransport("127.0.0.1", port).open()


@pytest.mark.parametrize("host", ["printer..depan", "x" * 64 + ".example"])
def test_a_name_that_is_no_name_cannot_be_reached(host):
    with pytest.raises(UnreachableError) as unreachable:
        NetworkTransport(host, 9100).open()

    assert f"{host}:9100" in str(unreachable.value)


def test_bytes_a_printer_has_no_room_for_are_noticed_at_the_end(listener):
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    transport = to(listener)
    transport.open()
    transport.write(b"x" * 60_000, 1)

    with pytest.raises(StalledError):
        transport.finish(0.1)

    transport.close()


def test_a_printer_that_breaks_off_at_the_end_is_noticed(listener):
    transport = to(listener)
    transport.open()
    printer, _ = listener.accept()
    printer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.write(b"x" * 100, 1)
    printer.close()

    with pytest.raises(ClosedError):
        transport.finish(1)

    transport.close()


def test_every_byte_arrives_although_the_printer_talks_to_the_end(listener):
    transport = to(listener)
    transport.open()
    printer, _ = listener.accept()
    printer.sendall(b"\x10\x00\x00\x00" * 50)

    transport.write(b"x" * 20_000, 2)
    received = b""
    while len(received) < 20_000:
        received += printer.recv(4096)
    printer.close()
    transport.close()

    assert transport.bytes_sent == 20_000
    assert received == b"x" * 20_000


def test_a_printer_that_stops_taking_data_is_noticed_and_the_bytes_are_counted(listener):
    transport = to(listener)
    transport.open()

    with pytest.raises(StalledError):
        transport.write(b"x" * 20_000_000, 0.3)

    assert 0 < transport.bytes_sent < 20_000_000
    transport.close()


def test_a_broken_connection_is_said_when_reading(listener):
    transport = to(listener)
    transport.open()
    listener.accept()[0].close()

    with pytest.raises(ClosedError):
        transport.read(1)

    transport.close()
    with pytest.raises(ClosedError):
        transport.write(b"x", 1)


def test_a_device_passes_bytes_on_unchanged_and_answers(line):
    printer_end, path = line
    transport = DeviceTransport(path)
    transport.open()

    transport.write(b"\x1b@kue\n\x04\r", 1)
    received = os.read(printer_end, 100)
    nothing = transport.read(0.01)
    os.write(printer_end, b"\x12")
    answer = transport.read(1)
    transport.finish(1)
    transport.close()

    assert received == b"\x1b@kue\n\x04\r"
    assert (nothing, answer) == (b"", b"\x12")
    assert transport.bytes_sent == 8


def test_a_device_that_takes_no_more_is_noticed(line):
    transport = DeviceTransport(line[1])
    transport.open()

    with pytest.raises(StalledError):
        transport.write(b"x" * 1_000_000, 0.2)

    transport.close()


def test_a_device_that_is_unplugged_in_the_middle_is_noticed():
    printer_end, device_end = os.openpty()
    transport = DeviceTransport(os.ttyname(device_end))
    transport.open()
    os.close(device_end)
    os.close(printer_end)

    with pytest.raises(ClosedError):
        transport.write(b"x", 0.2)
    with pytest.raises(ClosedError):
        transport.read(0.2)

    transport.close()
    with pytest.raises(ClosedError):
        transport.read(0.2)


def test_an_unplugged_printer_makes_no_file(tmp_path):
    path = tmp_path / "lp0"

    with pytest.raises(NoDeviceError):
        DeviceTransport(str(path)).open()

    assert not path.exists()


def test_an_ordinary_file_is_no_printer(tmp_path):
    path = tmp_path / "lp0"
    path.write_bytes(b"kept")

    with pytest.raises(NotADeviceError):
        DeviceTransport(str(path)).open()

    assert path.read_bytes() == b"kept"


def test_jobs_are_appended_to_a_file(tmp_path):
    path = tmp_path / "jobs.bin"

    for job in (b"first", b"second"):
        transport = FileTransport(str(path))
        transport.open()
        transport.write(job, 1)
        transport.finish(1)
        transport.close()

    assert path.read_bytes() == b"firstsecond"


@pytest.mark.parametrize("path", ["/dev/null", "."])
def test_a_device_or_folder_is_no_file(path):
    with pytest.raises(NotAFileError):
        FileTransport(path).open()


def test_no_printer_takes_everything():
    transport = NullTransport()
    transport.open()

    transport.write(b"x" * 9, 1)
    transport.finish(1)
    transport.close()

    assert transport.bytes_sent == 9
    assert transport.read(0) == b""


def test_whether_a_printer_answers_is_found_out_at_set_up(tmp_path):
    with Simulator() as printer:
        talking = answers(transport_for(printer.address), 5)
        printer.set_faults(mute=True)
        silent = answers(transport_for(printer.address), 0.3)

    assert (talking, silent) == (True, False)
    assert not answers(FileTransport(str(tmp_path / "jobs")))


def test_a_second_client_waits_until_the_first_has_gone():
    with Simulator() as printer:
        first, second = transport_for(printer.address), transport_for(printer.address)
        first.open()
        first.write(b"satu\n", 1)
        assert eventually(lambda: len(printer.paper) == 1)

        second.open()
        second.write(b"dua\n", 1)
        first.write(b"tiga\n", 1)
        first.close()

        assert eventually(lambda: len(printer.paper) == 3)
        second.close()
        assert [piece.text for piece in printer.paper] == ["satu", "tiga", "dua"]


def test_the_end_is_said_once_and_waited_for_once(listener):
    transport = to(listener)
    transport.open()
    printer, _ = listener.accept()
    transport.write(b"x", 1)

    transport.finish(0.05)
    transport.finish(600)

    assert printer.recv(10) + printer.recv(10) == b"x"
    transport.close()
    printer.close()
