"""A USB printer without a device file, on a bus in memory behind pyusb itself."""

import errno

import pytest

from printers.errors import (
    BusyError,
    ClosedError,
    NoDeviceError,
    NotAllowedError,
    NotAPrinterError,
    StalledError,
)
from printers.transports import USBAddress, USBTransport, transport_for
from tests.printers.usb_device import INTERRUPT, MemoryBus, MemoryPrinter, endpoint

EPSON = USBAddress(0x04B8, 0x0E15)


def opened(printer, address=EPSON):
    transport = USBTransport(address, MemoryBus(printer))
    transport.open()
    return transport


@pytest.mark.parametrize("text", ["04b8:0e15", "04b8:0e15:SN-0042", "1-2", "1-2.3"])
def test_a_usb_address_reads_back_as_written(text):
    assert str(USBAddress.parse(text)) == text
    assert isinstance(transport_for(f"usb:{text}"), USBTransport)


@pytest.mark.parametrize("text", ["", "04b8", "04b8:0e15:", "04b8:zzzz", "1-", "-2", "1-2."])
def test_another_text_is_no_usb_address(text):
    assert USBAddress.parse(text) is None


@pytest.mark.parametrize("text", ["04b8:0e15", "04b8:0e15:SN-0042", "1-2"])
def test_a_job_goes_to_the_printer_that_is_meant(text):
    printer, other = MemoryPrinter(), MemoryPrinter(product=0x0202, ports=(7,))
    transport = USBTransport(USBAddress.parse(text), MemoryBus(other, printer))

    transport.open()
    transport.write(b"x" * 10_000, 1)
    transport.finish(0.1)
    transport.close()

    assert printer.received == b"x" * 10_000
    assert other.received == b""
    assert transport.bytes_sent == 10_000


def test_the_driver_is_let_go_of_for_the_job_only():
    printer = MemoryPrinter(driver_active=True)
    transport = opened(printer)

    held = (printer.claimed, printer.driver_active)
    transport.close()
    transport.close()

    assert held == (True, False)
    assert (printer.claimed, printer.driver_active) == (False, True)
    assert printer.calls == ["open", "detach", "attach", "close"]


def test_a_printer_that_no_driver_holds_is_left_without_one():
    printer = MemoryPrinter(driver_active=False)

    opened(printer).close()

    assert "attach" not in printer.calls


def test_a_printer_answers_where_it_has_a_way_back():
    transport = opened(MemoryPrinter(replies=b"\x12"))

    assert transport.answers
    assert transport.read(0.1) == b"\x12"
    assert transport.read(0.01) == b""
    transport.close()


def test_a_printer_without_a_way_back_is_of_the_silent_kind():
    transport = opened(MemoryPrinter(endpoints=(endpoint(0x01),)))

    assert not transport.answers
    assert transport.read(0.01) == b""
    transport.close()


def test_bytes_of_a_transfer_that_broke_off_count_as_sent():
    transport = opened(MemoryPrinter(takes=5000))

    with pytest.raises(StalledError):
        transport.write(b"x" * 10_000, 0.1)

    assert transport.bytes_sent == 8192
    transport.close()


def test_a_printer_pulled_out_in_the_middle_is_noticed():
    printer = MemoryPrinter()
    transport = opened(printer)
    printer.unplugged = True

    with pytest.raises(ClosedError):
        transport.write(b"x", 0.1)
    with pytest.raises(ClosedError):
        transport.read(0.1)

    transport.close()
    with pytest.raises(ClosedError):
        transport.write(b"x", 0.1)


def test_a_printer_that_is_not_plugged_in_says_which():
    with pytest.raises(NoDeviceError, match="04b8:0e15"):
        opened(MemoryPrinter(product=1))


@pytest.mark.parametrize(
    ("number", "error"),
    [(errno.EACCES, NotAllowedError), (errno.EBUSY, BusyError), (errno.ENODEV, NoDeviceError)],
)
def test_why_a_printer_cannot_be_claimed_is_said(number, error):
    with pytest.raises(error):
        opened(MemoryPrinter(refuses=number))


def test_a_device_that_takes_no_data_is_no_printer():
    with pytest.raises(NotAPrinterError):
        opened(MemoryPrinter(endpoints=(endpoint(0x81, INTERRUPT),)))
