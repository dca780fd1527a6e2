"""Printers that are files: their bytes go into one folder, and nowhere else.

Whoever may add a printer could otherwise have the till write into any file it may write,
its own database first of all.
"""

from os.path import realpath
from pathlib import Path
from typing import Final

from kiosk.errors import N_, KioskError
from kiosk.settings import Settings
from printers.errors import OutsideFolderError
from printers.transports import FileTransport, Transport, transport_for

# Below the data folder, unless KIOSK_PRINT_FOLDER names another place.
FOLDER: Final = "printed"


class PrintFileElsewhereError(KioskError):
    """A printer's file would lie outside the folder for such files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            N_("A printer's file lies in one folder only: write file://%(folder)s/NAME."),
            folder=folder,
        )


def check_address(settings: Settings, address: str) -> None:
    """Raise PrintFileElsewhereError for a file outside the folder, BadAddressError for nonsense."""
    try:
        open_way(settings, address)
    except OutsideFolderError:
        raise PrintFileElsewhereError(print_folder(settings)) from None


def open_way(settings: Settings, address: str) -> Transport:
    """Build the transport of an address, the folder of a file made where it is missing.

    A link that leads out of the folder is followed before it is judged. Raises
    OutsideFolderError, BadAddressError.
    """
    way = transport_for(address)
    if isinstance(way, FileTransport):
        folder = print_folder(settings)
        if Path(realpath(way.path)).parent != Path(realpath(folder)):
            raise OutsideFolderError(folder=folder)
        folder.mkdir(mode=0o700, exist_ok=True)
    return way


def print_folder(settings: Settings) -> Path:
    """Give the folder that printers' files lie in."""
    return settings.print_folder or settings.data / FOLDER
