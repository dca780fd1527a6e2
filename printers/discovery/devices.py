"""Device files that may be printers, by the names that stay when a cable is moved."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from printers.discovery.found import Via

DEV: Final = Path("/dev")
SYS: Final = Path("/sys")
_PATTERNS: Final[tuple[tuple[str, Via], ...]] = (
    ("usb/lp*", "usb"),
    ("rfcomm*", "bluetooth"),
    ("ttyUSB*", "serial"),
    ("ttyACM*", "serial"),
)
_LINKS: Final = (".", "usb", "serial/by-id")
_SCHEMES: Final[Mapping[Via, str]] = {
    "usb": "device://",
    "bluetooth": "device://",
    "serial": "serial://",
}
_IEEE_1284: Final = re.compile(r"(MFG|MANUFACTURER|MDL|MODEL):([^;]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeviceFile:
    """A device file; `path` is a stable link to it where the system made one."""

    path: str
    via: Via
    model: str

    @property
    def address(self) -> str:
        """The printer's address, with a serial line's usual settings."""
        return f"{_SCHEMES[self.via]}{self.path}"


def device_files(dev: Path = DEV, sys: Path = SYS) -> list[DeviceFile]:
    """List the device files of USB, Bluetooth and serial printers."""
    links = dict(_links(dev))
    return [
        DeviceFile(str(links.get(path.resolve(), path)), via, _model(path, links, sys))
        for pattern, via in _PATTERNS
        for path in sorted(dev.glob(pattern))
        if not path.is_symlink()
    ]


def _links(dev: Path) -> Iterator[tuple[Path, Path]]:
    """Give the links the system made to devices, by what they lead to."""
    for folder in _LINKS:
        try:
            found = sorted(each for each in (dev / folder).iterdir() if each.is_symlink())
        except OSError:
            continue
        for link in found:
            yield link.resolve(), link


def _model(path: Path, links: Mapping[Path, Path], sys: Path) -> str:
    """Give what the device calls itself: its IEEE 1284 name, or its link's."""
    try:
        said = (sys / "class/usbmisc" / path.name / "device/ieee1284_id").read_text("ascii")
    except (OSError, ValueError):
        link = links.get(path.resolve())
        return link.name.removeprefix("usb-").replace("_", " ")[:60] if link else ""
    words = [value.strip() for _, value in _IEEE_1284.findall(said)]
    return " ".join(words)[:60]
