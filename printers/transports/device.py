"""A printer behind a device file: `/dev/usb/lp0`, `/dev/rfcomm0`, a serial port.

The file is never created: writing to a name that is not there would make an ordinary file
and "print" into it without end.
"""

import contextlib
import errno
import os
import select
import stat
import termios
import time
import tty
from pathlib import Path
from typing import Final

from printers.errors import (
    BusyError,
    ClosedError,
    NoDeviceError,
    NotADeviceError,
    NotAllowedError,
    PrinterError,
    StalledError,
)
from printers.transports.bluetooth import WAKE_PAUSE_SECONDS
from printers.transports.outgoing import bytes_waiting
from printers.transports.serial import SerialLine

_CHUNK_BYTES: Final = 1024
_PAUSE_SECONDS: Final = 0.02
_BROKEN: Final = select.POLLERR | select.POLLHUP | select.POLLNVAL


class DeviceTransport:
    """One character device, held for one job.

    `line` sets a serial port. A printer that sleeps is tried `wake_tries` times, and one that
    throws away what is on its way when the line closes is given `linger_seconds`.
    """

    answers = True
    ticket = ""

    def __init__(
        self,
        path: str,
        *,
        line: SerialLine | None = None,
        wake_tries: int = 1,
        linger_seconds: float = 0.0,
    ) -> None:
        self.path = path
        self.line = line
        self.bytes_sent = 0
        self._wake_tries = wake_tries
        self._linger_seconds = linger_seconds
        self._is_over = True
        self._descriptor: int | None = None

    def open(self) -> None:
        """Open the device; a terminal line (Bluetooth, serial) is set to pass bytes as they are."""
        self.bytes_sent = 0
        self._is_over = True
        for tries_left in reversed(range(self._wake_tries)):
            try:
                self._open_once()
            except NoDeviceError:
                if not tries_left:
                    raise
                time.sleep(WAKE_PAUSE_SECONDS)
            else:
                return

    def _open_once(self) -> None:
        flags = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
        try:
            if not stat.S_ISCHR(Path(self.path).stat().st_mode):
                raise NotADeviceError(path=self.path)
            self._descriptor = os.open(self.path, flags)
            if self.line is not None:
                self.line.set_up(self._descriptor, self.path)
            elif os.isatty(self._descriptor):
                tty.setraw(self._descriptor)
        except (OSError, termios.error) as error:
            self.close()
            raise _named(error, self.path) from error
        except PrinterError:
            self.close()
            raise

    def write(self, data: bytes, timeout_seconds: float) -> None:
        """Hand over all of it within the deadline."""
        self._is_over = False
        deadline = time.monotonic() + timeout_seconds
        rest = memoryview(data)
        while rest:
            left = deadline - time.monotonic()
            if left <= 0 or not self._ready(select.POLLOUT, left):
                raise StalledError
            try:
                taken = os.write(self._opened(), rest[:_CHUNK_BYTES])
            except BlockingIOError:
                continue
            except OSError as error:
                raise ClosedError from error
            self.bytes_sent += taken
            rest = rest[taken:]

    def read(self, timeout_seconds: float) -> bytes:
        """Read what has come; the driver's "nothing now" is empty too."""
        if not self._ready(select.POLLIN, timeout_seconds):
            return b""
        try:
            received = os.read(self._opened(), _CHUNK_BYTES)
        except BlockingIOError:
            received = b""
        except OSError as error:
            raise ClosedError from error
        if not received:
            if self._is_broken():
                raise ClosedError
            # Some drivers call an idle line readable: do not spin on it.
            time.sleep(min(_PAUSE_SECONDS, max(0.0, timeout_seconds)))
        return received

    def finish(self, timeout_seconds: float) -> None:
        """Wait until the driver has passed everything on; closing earlier cuts Bluetooth off.

        Raises `StalledError` when it has not by then. A driver that cannot say is believed.
        """
        deadline = time.monotonic() + timeout_seconds
        while bytes_waiting(self._opened()):
            if time.monotonic() > deadline:
                raise StalledError
            self.read(_PAUSE_SECONDS)
        linger_until = min(deadline, time.monotonic() + self._linger_seconds)
        while not self._is_over and (left := linger_until - time.monotonic()) > 0:
            self.read(left)
        self._is_over = True

    def close(self) -> None:
        """Let the device go; what a terminal line never took is dropped.

        The system would otherwise wait half a minute for it.
        """
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        with contextlib.suppress(OSError, termios.error):
            if os.isatty(descriptor) and bytes_waiting(descriptor):
                termios.tcflush(descriptor, termios.TCOFLUSH)
        with contextlib.suppress(OSError):
            os.close(descriptor)

    def _opened(self) -> int:
        if self._descriptor is None:
            raise ClosedError
        return self._descriptor

    def _ready(self, event: int, timeout_seconds: float) -> bool:
        poller = select.poll()
        poller.register(self._opened(), event)
        found = poller.poll(max(0, int(timeout_seconds * 1000)))
        if not found:
            return False
        if found[0][1] & _BROKEN and not found[0][1] & event:
            raise ClosedError
        return True

    def _is_broken(self) -> bool:
        poller = select.poll()
        poller.register(self._opened(), 0)
        return bool(poller.poll(0))


def _named(error: Exception, path: str) -> PrinterError:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EACCES, errno.EPERM):
        return NotAllowedError(path=path)
    if number == errno.EBUSY:
        return BusyError(path=path)
    return NoDeviceError(path=path)
