"""Enrolment: a one-time code turns a fresh machine into an installation's device."""

import secrets
from typing import TYPE_CHECKING, Final

from kiosk.errors import N_, KioskError
from kiosk.services.installation import Installation
from kiosk.services.recording import open_journal
from kiosk.settings import hub_url_fault
from kiosk.storage import journal, uploads
from kiosk.storage.database import Connection
from kiosk.wire.segments import Signer

if TYPE_CHECKING:
    from kiosk.sync.hub_client import Enrolled, HubClient

REQUEST_BYTES: Final = 32


class HubAddressError(KioskError):
    """What was typed is no address of a hub."""

    def __init__(self, url: str, fault: str) -> None:
        super().__init__(N_("“%(url)s” cannot be the hub: %(fault)s."), url=url[:80], fault=fault)


class EnrolmentRefusedError(KioskError):
    """The hub does not take the code, or cannot be reached; the text says which."""

    def __init__(self, reason: str, fact: str) -> None:
        self.reason = reason
        super().__init__(N_("Not set up yet: %(fact)s."), fact=fact.rstrip("."))


class AlreadyEnrolledError(KioskError):
    """This machine has a device's identity; a second one would split its journal."""

    def __init__(self) -> None:
        super().__init__(N_("This machine is set up already. Go on to sign in."))


class OtherMachineError(KioskError):
    """The code is of another machine than the one whose journal is here."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This code is for another machine. Ask the organiser for a code of the machine "
                "that was restored here."
            )
        )


def is_enrolled(here: Installation) -> bool:
    """Say whether this machine is a device of some hub."""
    with here.db.read() as connection:
        row = uploads.enrolment(connection)
    return bool(row and row.device)


def has_journal(here: Installation) -> bool:
    """Say whether this machine has a journal: it is no fresh one any more."""
    with here.db.read() as connection:
        return bool(journal.journals(connection))


def enrol(here: Installation, hub_url: str, code: str) -> None:
    """Enrol with a code from the organiser, and take the first bundle.

    The request is kept before it is sent, so after a lost answer the same code works
    again. A restored machine's journals stay, and go on at the hub they belong to. Raises
    HubAddressError, EnrolmentRefusedError, BundleError, AlreadyEnrolledError,
    OtherMachineError.
    """
    from kiosk.services.bundles import apply_bundle  # noqa: PLC0415 - pydantic is heavy and used once

    answer = redeem(here, hub_url, code)
    with here.db.read() as connection:
        current = journal.current(connection)
    if current and current.installation != answer.installation:
        raise OtherMachineError
    here.folder.keep_secret(answer.secret)
    with here.db.write() as connection:
        uploads.finish_enrolment(connection, answer.device, answer.installation)
        open_journal(here, connection, answer.installation)
        apply_bundle(here, connection, answer.bundle)
    here.bells.upload.ring()


def redeem(here: Installation, hub_url: str, code: str) -> "Enrolled":
    """Trade a code for an identity, which is not kept yet; only the request is.

    Raises HubAddressError, EnrolmentRefusedError, AlreadyEnrolledError.
    """
    from kiosk.sync.hub_client import HubClient, HubError  # noqa: PLC0415 - as is the HTTP client

    hub_url = hub_url.strip().rstrip("/")
    fault = hub_url_fault(hub_url, insecure=here.settings.hub_insecure)
    if fault:
        raise HubAddressError(hub_url, fault)
    with here.db.write() as connection:
        begun = uploads.enrolment(connection)
        if begun and begun.device:
            raise AlreadyEnrolledError
        same_hub = begun is not None and begun.hub_url == hub_url
        request = begun.request if begun and same_hub else secrets.token_hex(REQUEST_BYTES)
        uploads.begin_enrolment(connection, hub_url, request)
    try:
        return HubClient(hub_url).enrol(code.strip().upper(), request)
    except HubError as error:
        raise EnrolmentRefusedError(error.reason, str(error)) from None


def hub_client(here: Installation) -> "HubClient | None":
    """Give the hub this device is enrolled at, or None before enrolment."""
    with here.db.read() as connection:
        row = uploads.enrolment(connection)
        device = signer(here, connection)
    if row is None or device is None:
        return None
    from kiosk.sync.hub_client import HubClient  # noqa: PLC0415 - only an enrolled till speaks

    return HubClient(here.settings.hub_url or row.hub_url, device.device, device.secret)


def signer(here: Installation, connection: Connection) -> Signer | None:
    """Give the device that signs this machine's segments, or None before enrolment."""
    row = uploads.enrolment(connection)
    secret = here.folder.read_secret()
    if row is None or row.device is None or secret is None:
        return None
    return Signer(row.device, secret)
