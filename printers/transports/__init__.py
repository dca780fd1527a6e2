"""Ways to a printer: network, device file, ordinary file, none."""

from printers.transports.address import transport_for
from printers.transports.base import Transport
from printers.transports.device import DeviceTransport
from printers.transports.files import FileTransport
from printers.transports.network import NetworkTransport
from printers.transports.null import NullTransport
from printers.transports.pacing import write_paced

__all__ = [
    "DeviceTransport",
    "FileTransport",
    "NetworkTransport",
    "NullTransport",
    "Transport",
    "transport_for",
    "write_paced",
]
