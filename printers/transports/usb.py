"""A USB printer spoken to by pyusb: for machines where the kernel gives no `/dev/usb/lp0`.

pyusb and libusb are loaded when a printer of this kind is opened, never before. A driver
that holds the printer is let go of for the job only, and given back after it.
"""

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from printers.errors import (
    BusyError,
    ClosedError,
    NoDeviceError,
    NotAllowedError,
    NotAPrinterError,
    NoUSBLibraryError,
    PrinterError,
    StalledError,
)
from printers.transports.usb_address import USBAddress

PRINTER_CLASS: Final = 7
_CHUNK_BYTES: Final = 4096
_READ_BYTES: Final = 512
_PAUSE_SECONDS: Final = 0.02
_IN: Final = 0x80
_BULK: Final = 2


def usb_devices(backend: Any = None) -> list[Any]:
    """List what is plugged in. Raises `NoUSBLibraryError`; `backend` is pyusb's, None its own."""
    core = _core()
    try:
        return list(core.find(find_all=True, backend=backend))
    except core.NoBackendError as error:
        raise NoUSBLibraryError from error


def printer_interface(device: Any) -> Any | None:
    """Find the interface that takes print data: a printer's, else any with a way out."""
    try:
        found = [interface for configuration in device for interface in configuration]
    except (OSError, NotImplementedError):
        return None
    able = [one for one in found if _endpoint(one, 0) is not None]
    return min(able, key=_strangeness, default=None)


def _strangeness(interface: Any) -> tuple[bool, bool]:
    """Rank an interface: a printer's first, and of those one that can also answer."""
    return interface.bInterfaceClass != PRINTER_CLASS, _endpoint(interface, _IN) is None


class USBTransport:
    """One claimed interface for one job."""

    ticket = ""

    def __init__(self, address: USBAddress, backend: Any = None) -> None:
        self.address = address
        self.answers = True
        self.bytes_sent = 0
        self._backend = backend
        self._device: Any = None
        self._interface: Any = None
        self._out: Any = None
        self._back: Any = None
        self._driver_was_there = False

    def open(self) -> None:
        """Find the printer, and claim it for the job."""
        self.bytes_sent = 0
        path = f"USB {self.address}"
        device = next(
            (one for one in usb_devices(self._backend) if self.address.matches(one)), None
        )
        if device is None:
            raise NoDeviceError(path=path)
        interface = printer_interface(device)
        if interface is None:
            raise NotAPrinterError(path=path)
        self._device, self._interface = device, interface
        self._out, self._back = _endpoint(interface, 0), _endpoint(interface, _IN)
        self.answers = self._back is not None
        try:
            self._claim()
        except OSError as error:
            self.close()
            raise _named(error, path) from error

    def write(self, data: bytes, timeout_seconds: float) -> None:
        """Hand over all of it within the deadline."""
        if self._out is None:
            raise ClosedError
        deadline = time.monotonic() + timeout_seconds
        rest = memoryview(data)
        while rest:
            piece = bytes(rest[:_CHUNK_BYTES])
            taken = len(piece)
            try:
                with _said_plainly():
                    milliseconds = max(1, int((deadline - time.monotonic()) * 1000))
                    taken = self._out.write(piece, milliseconds)
            finally:
                # Of a transfer that broke off nobody knows how much arrived: it counts whole.
                self.bytes_sent += taken
            rest = rest[taken:]
            if rest and time.monotonic() >= deadline:
                raise StalledError

    def read(self, timeout_seconds: float) -> bytes:
        """Read what has come."""
        if self._out is None:
            raise ClosedError
        if self._back is None:
            time.sleep(max(0.0, min(_PAUSE_SECONDS, timeout_seconds)))
            return b""
        try:
            with _said_plainly():
                milliseconds = max(1, int(timeout_seconds * 1000))
                return bytes(self._back.read(_READ_BYTES, milliseconds))
        except StalledError:
            return b""

    def finish(self, timeout_seconds: float) -> None:
        """Read what is still said; a transfer that returned has reached the printer."""
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline and self.read(_PAUSE_SECONDS):
            pass

    def close(self) -> None:
        """Let the interface go, and give the driver back what it had."""
        device, self._device = self._device, None
        self._out = self._back = None
        if device is None:
            return
        util, number = _util(), self._interface.bInterfaceNumber
        with suppress(OSError, NotImplementedError):
            util.release_interface(device, number)
        if self._driver_was_there:
            self._driver_was_there = False
            with suppress(OSError, NotImplementedError):
                device.attach_kernel_driver(number)
        with suppress(OSError, NotImplementedError):
            util.dispose_resources(device)

    def _claim(self) -> None:
        """Take the interface, from the kernel's driver only where it holds it."""
        device, number = self._device, self._interface.bInterfaceNumber
        with suppress(NotImplementedError):
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
                self._driver_was_there = True
        try:
            device.get_active_configuration()
        except OSError:
            device.set_configuration()
        _util().claim_interface(device, number)
        if self._interface.bAlternateSetting:
            self._interface.set_altsetting()


def _endpoint(interface: Any, direction: int) -> Any | None:
    """Find an interface's bulk endpoint in one direction."""
    for endpoint in interface:
        is_bulk = endpoint.bmAttributes & 0x03 == _BULK
        if is_bulk and endpoint.bEndpointAddress & _IN == direction:
            return endpoint
    return None


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Name what pyusb raises: time that ran out, or a line that broke."""
    core = _core()
    try:
        yield
    except core.USBTimeoutError as error:
        raise StalledError from error
    except OSError as error:
        raise ClosedError from error


def _named(error: OSError, path: str) -> PrinterError:
    if error.errno in (errno.EACCES, errno.EPERM):
        return NotAllowedError(path=path)
    if error.errno == errno.EBUSY:
        return BusyError(path=path)
    return NoDeviceError(path=path)


def _core() -> Any:
    try:
        from usb import core  # noqa: PLC0415 - most tills have a printer with a device file
    except ImportError as error:
        raise NoUSBLibraryError from error
    return core


def _util() -> Any:
    from usb import util  # noqa: PLC0415 - the same

    return util
