"""Printer addresses as people write them, and the way each names.

`tcp://HOST[:9100]`, `device:///dev/usb/lp0`, `serial:///dev/ttyUSB0?baud=19200&flow=rtscts`,
`bluetooth://66:22:AB:CD:EF:01[?channel=1]`, `usb:04b8:0e15[:SERIAL]` or `usb:1-2` for a
socket, `cups://QUEUE`, `file:///PATH`, `null:`, and `rawbt:` for the app on an Android tablet.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from printers.errors import BadAddressError
from printers.transports.base import Transport
from printers.transports.bluetooth import (
    LINGER_SECONDS,
    WAKE_TRIES,
    BluetoothTransport,
    is_mac,
)
from printers.transports.cups import QUEUE, CupsTransport
from printers.transports.device import DeviceTransport
from printers.transports.files import FileTransport
from printers.transports.network import NetworkTransport
from printers.transports.null import NullTransport
from printers.transports.rawbt import RAWBT, RawBTTransport
from printers.transports.serial import SerialLine
from printers.transports.usb import USBTransport
from printers.transports.usb_address import USBAddress

DEFAULT_PORT: Final = 9100
_MOST_CHANNELS: Final = 30
_LONGEST: Final = 300


def transport_for(address: str) -> Transport:
    """Build the transport an address names, without touching the printer.

    Raises `BadAddressError` for an address that names none.
    """
    text = address.strip()
    scheme = text.partition(":")[0]
    built = None
    try:
        if scheme in _WAYS and len(text) <= _LONGEST and text.isprintable():
            built = _WAYS[scheme](text)
    except ValueError as error:
        raise BadAddressError(address=address) from error
    if built is None:
        raise BadAddressError(address=address)
    return built


def _tcp(text: str) -> Transport | None:
    parts = urlsplit(text)
    port = DEFAULT_PORT if parts.port is None else parts.port
    if not parts.hostname or parts.path not in ("", "/") or not port:
        return None
    return NetworkTransport(parts.hostname, port)


def _device(text: str) -> Transport | None:
    path = _path(urlsplit(text))
    if path is None:
        return None
    if PurePosixPath(path).name.startswith("rfcomm"):
        return DeviceTransport(path, wake_tries=WAKE_TRIES, linger_seconds=LINGER_SECONDS)
    return DeviceTransport(path)


def _serial(text: str) -> Transport | None:
    parts = urlsplit(text)
    path = _path(parts._replace(query=""))
    if path is None:
        return None
    asked = _asked(parts, "baud", "parity", "flow", "bits", "stop")
    line = SerialLine(
        baud=int(asked.get("baud", "9600")),
        parity=asked.get("parity", "none"),
        flow=asked.get("flow", "none"),
        bits=int(asked.get("bits", "8")),
        stop=int(asked.get("stop", "1")),
    )
    return DeviceTransport(path, line=line)


def _bluetooth(text: str) -> Transport | None:
    parts = urlsplit(text)
    mac = parts.netloc.upper()
    channel = int(_asked(parts, "channel").get("channel", "1"))
    if not is_mac(mac) or parts.path not in ("", "/") or not 1 <= channel <= _MOST_CHANNELS:
        return None
    return BluetoothTransport(mac, channel)


def _usb(text: str) -> Transport | None:
    found = USBAddress.parse(text.removeprefix("usb:").removeprefix("//"))
    return USBTransport(found) if found else None


def _cups(text: str) -> Transport | None:
    queue = text.removeprefix("cups:").removeprefix("//")
    return CupsTransport(queue) if QUEUE.fullmatch(queue) else None


def _file(text: str) -> Transport | None:
    path = _path(urlsplit(text))
    return FileTransport(path) if path else None


def _null(text: str) -> Transport | None:
    return NullTransport() if text == "null:" else None


def _rawbt(text: str) -> Transport | None:
    return RawBTTransport() if text == RAWBT else None


_WAYS: Final[Mapping[str, Callable[[str], Transport | None]]] = {
    "tcp": _tcp,
    "device": _device,
    "serial": _serial,
    "bluetooth": _bluetooth,
    "usb": _usb,
    "cups": _cups,
    "file": _file,
    "null": _null,
    "rawbt": _rawbt,
}


def _path(parts: SplitResult) -> str | None:
    """Give the path of an address that is nothing but one."""
    path = unquote(parts.path)
    is_one = not parts.netloc and not parts.query and not parts.fragment
    return path if is_one and path.startswith("/") and len(path) > 1 and "\0" not in path else None


def _asked(parts: SplitResult, *known: str) -> dict[str, str]:
    """Give the settings behind the question mark; raises ValueError for one unknown or twice."""
    pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    asked = dict(pairs)
    if len(asked) != len(pairs) or not asked.keys() <= set(known) or parts.fragment:
        raise ValueError(parts.query)
    return asked
