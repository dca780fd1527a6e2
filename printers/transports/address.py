"""Printer addresses as people write them in the settings."""

from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from printers.errors import BadAddressError
from printers.transports.base import Transport
from printers.transports.device import DeviceTransport
from printers.transports.files import FileTransport
from printers.transports.network import NetworkTransport
from printers.transports.null import NullTransport

DEFAULT_PORT: Final = 9100


def transport_for(address: str) -> Transport:
    """Build the transport an address names, without touching the printer.

    `tcp://HOST[:9100]`, `device:///dev/usb/lp0`, `file:///PATH` or `null:`. Raises
    `BadAddressError` for anything else.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError as error:
        raise BadAddressError(address=address) from error
    if parts.scheme == "tcp" and parts.hostname and parts.path in ("", "/"):
        return NetworkTransport(parts.hostname, DEFAULT_PORT if port is None else port)
    if parts.scheme == "device" and _is_path(parts):
        return DeviceTransport(unquote(parts.path))
    if parts.scheme == "file" and _is_path(parts):
        return FileTransport(unquote(parts.path))
    if address.strip() == "null:":
        return NullTransport()
    raise BadAddressError(address=address)


def _is_path(parts: SplitResult) -> bool:
    path = unquote(parts.path)
    return not parts.netloc and path.startswith("/") and len(path) > 1 and "\0" not in path
