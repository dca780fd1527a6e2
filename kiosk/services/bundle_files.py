"""Catalogue files taken from a stick: a fresh machine starts from one, a joined one gets news."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.errors import N_, KioskError
from kiosk.services.catalogue_news import Arrival, arrive
from kiosk.services.enrolment import (
    REQUEST_BYTES,
    AlreadyEnrolledError,
    OtherMachineError,
    is_enrolled,
    signer,
)
from kiosk.services.installation import Installation
from kiosk.services.recording import NotSetUpError, open_journal
from kiosk.services.sticks import sticks
from kiosk.settings import hub_url_fault
from kiosk.storage import journal, uploads
from kiosk.wire.bundle_files import (
    LARGEST_FILE_BYTES,
    SUFFIX,
    CatalogueFile,
    NotACatalogueFileError,
    read_file,
)

_MOST_FOUND: Final = 20


class NoFileError(KioskError):
    """Nothing was chosen, or it is gone."""

    def __init__(self) -> None:
        super().__init__(N_("Choose a catalogue file first; its name ends in .lapak."))


class StartFileError(KioskError):
    """A file for a fresh machine was brought to one that has joined."""

    def __init__(self, machine: str) -> None:
        super().__init__(
            N_(
                "This file is for starting “%(machine)s” afresh; this machine has joined already."
                " Ask the organiser for its catalogue file."
            ),
            machine=machine,
        )


class FreshMachineError(KioskError):
    """A file for a joined machine was brought to a fresh one."""

    def __init__(self, machine: str) -> None:
        super().__init__(
            N_(
                "This file is news for “%(machine)s”, which has joined already. For a fresh machine"
                " ask the organiser for a file with a code."
            ),
            machine=machine,
        )


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A catalogue file on a stick in this machine; `key` names it in a form."""

    key: str
    name: str
    stick: str


def found_files(here: Installation) -> list[FoundFile]:
    """List the catalogue files on the sticks in this machine, the newest names last."""
    found = [
        FoundFile(f"{drive.key}/{path.name}", path.name, drive.name)
        for drive in sticks(here)
        for path in _files_on(drive.path)
    ]
    return found[:_MOST_FOUND]


def file_on_stick(here: Installation, key: str) -> bytes:
    """Read a file that `found_files` has listed; raises NoFileError."""
    for drive in sticks(here):
        for path in _files_on(drive.path):
            if key == f"{drive.key}/{path.name}":
                return read_limited(path)
    raise NoFileError


def read_limited(path: Path) -> bytes:
    """Read a file that is no larger than a catalogue may be; raises NoFileError otherwise."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE_BYTES + 1)
    except OSError:
        raise NoFileError from None


def start_from_file(here: Installation, data: bytes, code: str) -> None:
    """Make this fresh machine the one of the file, and take its first catalogue.

    Raises NotACatalogueFileError, FileTooOldError, ClockBehindError, FreshMachineError,
    WrongCodeError, AlreadyEnrolledError, OtherMachineError, BundleError; then nothing has
    changed.
    """
    from kiosk.services.bundles import apply_bundle  # noqa: PLC0415 - pydantic is heavy and used once

    if is_enrolled(here):
        raise AlreadyEnrolledError
    file = read_file(data)
    file.header.check_time(here.clock.now())
    if file.header.purpose != "start":
        raise FreshMachineError(file.header.machine)
    content = file.open_with_code(code)
    device, secret, hub_url = _identity(here, content)
    installation = file.header.installation
    with here.db.write() as connection:
        current = journal.current(connection)
        if current and current.installation != installation:
            raise OtherMachineError
        uploads.begin_enrolment(connection, hub_url, secrets.token_hex(REQUEST_BYTES))
        uploads.finish_enrolment(connection, device, installation)
        open_journal(here, connection, installation)
        apply_bundle(here, connection, content.get("bundle") or {})
        # Last: with the transaction's end the machine is the one of the file, or it is not.
        here.folder.keep_secret(secret)
    here.bells.upload.ring()


def take_file(here: Installation, data: bytes) -> Arrival:
    """Take news from a file made for this machine; they wait until somebody has seen them.

    Raises NotACatalogueFileError, FileTooOldError, ClockBehindError, StartFileError,
    OtherReaderError, ChangedFileError, NotSetUpError, BundleError.
    """
    with here.db.read() as connection:
        device = signer(here, connection)
    if device is None:
        raise NotSetUpError
    file = read_file(data)
    _refuse_start(file)
    file.header.check_time(here.clock.now())
    content = file.open_as(device.device, device.secret)
    return arrive(here, content.get("bundle") or {}, "file")


def _refuse_start(file: CatalogueFile) -> None:
    if file.header.purpose == "start":
        raise StartFileError(file.header.machine)


def _identity(here: Installation, content: dict[str, Any]) -> tuple[str, bytes, str]:
    """Give device, secret and the hub's address; raises NotACatalogueFileError."""
    try:
        identity = content["identity"]
        device, hub_url = str(identity["device"]), str(identity["hub_url"])
        secret = bytes.fromhex(identity["secret"])
    except (KeyError, TypeError, ValueError):
        raise NotACatalogueFileError from None
    if hub_url_fault(hub_url, insecure=here.settings.hub_insecure):
        hub_url = here.settings.hub_url
    return device, secret, hub_url


def _files_on(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.glob(f"*{SUFFIX}") if path.is_file())
    except OSError:
        return []
