"""Sticks: the sales of this machine carried to the hub by hand.

One file at a time is written, by a thread of its own, while selling goes on. It is whole,
read back and let go of before anybody is told to pull the stick.
"""

import errno
import threading
from typing import Final

from kiosk.errors import N_, KioskError, Message
from kiosk.log import log_named
from kiosk.services.browsers import Browser
from kiosk.services.exporting import Export, Part, plan_export, write_export
from kiosk.services.installation import Installation
from kiosk.services.stick_writing import StickWriting
from kiosk.services.tills import operator_of
from kiosk.storage.drives import (
    ClosedDrive,
    Drive,
    closed_drives,
    drives,
    let_go,
    open_drive,
)
from kiosk.storage.whole_file import MediumGoneError, NotReadBackError

# A stick with less room is not begun with; entries compress to a fraction of this.
LEAST_FREE_BYTES: Final = 1 << 20
_BYTES_AN_ENTRY: Final = 400

_PULLED: Final = N_(
    "The stick was pulled out, or does not answer. Nothing half was left on it. Plug it in and"
    " write again."
)
_BROKEN: Final = N_(
    "The stick gives back something else than was written: it is broken. Take another one."
)
_FULL: Final = N_("The stick is full, and nothing was left on it. Make room, or take another one.")
_LOCKED: Final = N_(
    "The stick takes no writing. Look for a little lock on its side, or take another one."
)
_FAILED: Final = N_("The stick could not be written, and nothing was left on it. Take another one.")
_TROUBLES: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: _LOCKED,
    errno.EACCES: _LOCKED,
    errno.EPERM: _LOCKED,
    errno.ENOENT: _PULLED,
    errno.EIO: _PULLED,
    errno.ENODEV: _PULLED,
    errno.ENXIO: _PULLED,
}

_log = log_named("stick")


class StickGoneError(KioskError):
    """The stick that was chosen is not there any more."""

    def __init__(self) -> None:
        super().__init__(N_("That stick is not there any more. Plug it in and choose it again."))


class StickBusyError(KioskError):
    """A file is being written already."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("A file is being written already. Wait until it is done."))


class StickClosedError(KioskError):
    """The system does not open a stick for this program."""

    def __init__(self, name: str) -> None:
        super().__init__(
            N_(
                "This machine does not open “%(name)s” by itself. Take another stick, or download"
                " the file."
            ),
            name=name,
        )


class StickRefusedError(KioskError):
    """The stick cannot take the file; the text says why and what to do."""


def sticks(here: Installation) -> list[Drive]:
    """List the sticks in this machine, by name."""
    return drives(here.settings.sticks, here.folder.path)


def closed_sticks(here: Installation) -> list[ClosedDrive]:
    """List the sticks that are plugged in and that the system has not opened."""
    return [] if here.settings.sticks else closed_drives()


def open_stick(here: Installation, browser: Browser, device: str) -> None:
    """Let the system open a stick; raises NotSignedInError, StickGoneError, StickClosedError."""
    operator_of(browser)
    found = next((one for one in closed_sticks(here) if one.device == device), None)
    if found is None:
        raise StickGoneError
    if not open_drive(found):
        raise StickClosedError(found.name)


def write_to_stick(here: Installation, browser: Browser, key: str, part: Part) -> None:
    """Begin to write a file onto the stick of this key.

    Raises NotSignedInError, StickGoneError, StickBusyError, StickRefusedError,
    NobodySignsError, NothingToWriteError.
    """
    operator_of(browser)
    drive = next((one for one in sticks(here) if one.key == key), None)
    if drive is None:
        raise StickGoneError
    export = plan_export(here, part)
    if drive.read_only:
        raise StickRefusedError(_LOCKED)
    if drive.free_bytes < max(LEAST_FREE_BYTES, export.entries * _BYTES_AN_ENTRY):
        raise StickRefusedError(_FULL)
    begun = StickWriting(export.file_name, export.entries, drive)
    with here.under_way.lock:
        if here.under_way.stick is not None and here.under_way.stick.is_running:
            raise StickBusyError
        here.under_way.stick = begun
    threading.Thread(target=_write, args=(here, export, begun), name="stick", daemon=True).start()


def writing(here: Installation) -> StickWriting | None:
    """Give the file that is being written, or the last one; None before one."""
    return here.under_way.stick


def _write(here: Installation, export: Export, begun: StickWriting) -> None:
    """Write, check, and let go of the stick; what goes wrong is kept in words."""
    name = begun.drive.name
    # Until it is whole it has failed, whatever ends this thread.
    begun.trouble = _FAILED
    try:
        write_export(here, export, begun.drive.path, begun.progress)
        begun.phase = "letting_go"
        begun.may_be_pulled = let_go(begun.drive)
    except OSError as error:
        begun.trouble = trouble_of(error)
        _log.info("stick not written", stick=name, fact=str(error))
    else:
        begun.trouble = None
        _log.info("stick written", stick=name, file=export.file_name)
    finally:
        begun.phase = "failed" if begun.trouble else "done"


def trouble_of(error: OSError) -> Message:
    """Say in words what became of a stick."""
    if isinstance(error, NotReadBackError):
        return _BROKEN
    if isinstance(error, MediumGoneError):
        return _PULLED
    return _TROUBLES.get(error.errno or 0, _FAILED)
