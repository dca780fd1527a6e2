"""What is connected to this machine: device files, CUPS queues, USB without a device file."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from printers.discovery.devices import DEV, SYS, device_files
from printers.discovery.found import Found, Seen, Via, look
from printers.discovery.guess import guess
from printers.errors import PrinterError
from printers.transports import USBAddress, transport_for
from printers.transports.cups import QUEUE, run_cups
from printers.transports.usb import PRINTER_CLASS, printer_interface, usb_devices
from printers.transports.usb_address import product_of, serial_of

REPLY_TIMEOUT_SECONDS: Final = 1.0
_AT_ONCE: Final = 8
# Whatever hangs on a serial line may be a scale: it is not spoken to before it is added.
_ASKED: Final[Collection[Via]] = ("usb", "cups")


def nearby(
    known: Collection[str] = (), *, dev: Path = DEV, sys: Path = SYS, usb_backend: Any = None
) -> list[Found]:
    """List the printers of this machine, each asked how it is.

    One whose address is `known` is left out: its owner alone speaks to it.
    """
    candidates = [one for one in _candidates(dev, sys, usb_backend) if one[0] not in known]
    with ThreadPoolExecutor(_AT_ONCE) as askers:
        return list(askers.map(_found, candidates))


def _found(candidate: tuple[str, Via, str]) -> Found:
    address, via, model = candidate
    seen = look(transport_for(address), REPLY_TIMEOUT_SECONDS) if via in _ASKED else Seen()
    return Found(address, via, model, guess(model, via, answers=seen.answers), seen)


def _candidates(dev: Path, sys: Path, usb_backend: Any) -> Iterator[tuple[str, Via, str]]:
    files = device_files(dev, sys)
    for one in files:
        yield one.address, one.via, one.model
    # Where the kernel gives device files, the same printers would be found twice.
    if not any(one.via == "usb" for one in files):
        yield from _or_nothing(lambda: _usb(usb_backend))
    yield from _or_nothing(_queues)


def _or_nothing(
    search: Callable[[], list[tuple[str, Via, str]]],
) -> list[tuple[str, Via, str]]:
    """Search; a library or program that is missing finds nothing."""
    try:
        return search()
    except PrinterError:
        return []


def _usb(backend: Any) -> list[tuple[str, Via, str]]:
    found: list[tuple[str, Via, str]] = []
    for device in usb_devices(backend):
        interface = printer_interface(device)
        if interface is not None and interface.bInterfaceClass == PRINTER_CLASS:
            address = USBAddress(device.idVendor, device.idProduct, serial_of(device))
            found.append((f"usb:{address}", "usb", product_of(device)))
    return found


def _queues() -> list[tuple[str, Via, str]]:
    code, said = run_cups("lpstat", "-e")
    names = [] if code else said.split()
    return [(f"cups://{name}", "cups", name) for name in names if QUEUE.fullmatch(name)]
