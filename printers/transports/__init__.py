"""Ways to a printer: network, USB, serial, Bluetooth, CUPS, RawBT, ordinary file, none."""

from printers.transports.address import transport_for
from printers.transports.base import Transport
from printers.transports.bluetooth import BluetoothTransport
from printers.transports.cups import CupsTransport
from printers.transports.device import DeviceTransport
from printers.transports.files import FileTransport
from printers.transports.network import NetworkTransport
from printers.transports.null import NullTransport
from printers.transports.pacing import write_paced
from printers.transports.rawbt import RAWBT, intent_link
from printers.transports.serial import SerialLine
from printers.transports.usb import USBTransport
from printers.transports.usb_address import USBAddress

__all__ = [
    "RAWBT",
    "BluetoothTransport",
    "CupsTransport",
    "DeviceTransport",
    "FileTransport",
    "NetworkTransport",
    "NullTransport",
    "SerialLine",
    "Transport",
    "USBAddress",
    "USBTransport",
    "intent_link",
    "transport_for",
    "write_paced",
]
