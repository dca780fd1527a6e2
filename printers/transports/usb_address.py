"""Which USB device is meant: by what it is, or by the socket it is plugged into."""

import re
from dataclasses import dataclass
from typing import Any, Final

_BY_ID: Final = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})(?::([!-~]{1,64}))?", re.IGNORECASE)
_BY_PORT: Final = re.compile(r"(\d{1,3})-(\d{1,3}(?:\.\d{1,3})*)")


@dataclass(frozen=True, slots=True)
class USBAddress:
    """Which device: by vendor and product and perhaps serial number, or by its socket."""

    vendor: int | None = None
    product: int | None = None
    serial: str | None = None
    bus: int | None = None
    ports: tuple[int, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "USBAddress | None":
        """Read `04b8:0e15`, `04b8:0e15:SERIAL` or a socket such as `1-2.3`; None for neither."""
        if found := _BY_ID.fullmatch(text):
            return cls(int(found[1], 16), int(found[2], 16), found[3])
        if found := _BY_PORT.fullmatch(text):
            ports = tuple(int(port) for port in found[2].split("."))
            return cls(bus=int(found[1]), ports=ports)
        return None

    def __str__(self) -> str:
        """Write it as `parse` reads it."""
        if self.vendor is None or self.product is None:
            return f"{self.bus}-{'.'.join(map(str, self.ports))}"
        return ":".join(
            (f"{self.vendor:04x}:{self.product:04x}", *([self.serial] if self.serial else []))
        )

    def matches(self, device: Any) -> bool:
        """Say whether a device is the one meant."""
        if self.vendor is None:
            return (device.bus, tuple(device.port_numbers or ())) == (self.bus, self.ports)
        if (device.idVendor, device.idProduct) != (self.vendor, self.product):
            return False
        return self.serial is None or serial_of(device) == self.serial


def product_of(device: Any) -> str:
    """Give what a device calls itself, maybe nothing."""
    try:
        return " ".join(str(device.product or "").split())[:60]
    except (OSError, ValueError, NotImplementedError):
        return ""


def serial_of(device: Any) -> str | None:
    """Give a device's serial number, or None where it has none or will not say."""
    try:
        return device.serial_number or None
    except (OSError, ValueError, NotImplementedError):
        return None
