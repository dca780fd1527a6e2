"""Installations, their tills, and the enrolment codes of their devices.

A code is shown once: the hub keeps its hash alone. Redeeming it is `enrolment`'s part.
"""

import io
import secrets
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from re import fullmatch
from typing import Final

import segno
from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.enrolment import CODE_LIFETIME, hash_code
from kiosk.hub.services.trail import differences
from kiosk.hub.storage.devices import (
    Device,
    Installation,
    InstallationTill,
    JournalState,
    TrayEntry,
    count_tray,
    find_device,
    find_installation,
    find_till,
    insert_device,
    insert_installation,
    insert_till,
    journal_states,
    list_campaign_tills,
    list_devices,
    list_installations,
    list_tills,
    list_tray,
    rename_installation,
    revoke_device,
    trust_device,
    update_till,
)
from kiosk.hub.storage.events import EventPlan, find_event, list_events
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import find_vendor

CODE_BYTES: Final = 10
MOST_TILLS: Final = 12
# A machine on sale that was silent for so long is worth a call.
SILENT_AFTER: Final = timedelta(minutes=15)
# A clock off by more is said on the devices page; receipts carry it.
SKEW_SHOWN_SECONDS: Final = 60
MOST_TRAY_SHOWN: Final = 200


class TillCodeError(FieldError):
    """A till's code is not a letter and two or three digits."""

    field = "code"

    def __init__(self) -> None:
        super().__init__(N_("A code is one letter and two or three digits, for example K01."))


class TillCodeTakenError(FieldError):
    """The installation already has a till of this code."""

    field = "code"

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(
            N_("There is already a till %(code)s here. Choose another code."), code=code
        )


class TooManyTillsError(FieldError):
    """An installation has as many tills as it can serve."""

    field = "code"

    def __init__(self) -> None:
        super().__init__(
            N_("One machine serves at most %(most)s tills. Add another machine."), most=MOST_TILLS
        )


class StallUnknownError(FieldError):
    """A till is limited to a stall that the campaign does not have."""

    field = "stall"

    def __init__(self) -> None:
        super().__init__(N_("Choose the stall from the list, or none."))


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A code as it is shown, once: in groups, as a QR picture, and until when it works."""

    device: str
    code: str
    svg: str
    expires_at: datetime

    @property
    def groups(self) -> str:
        """The code in groups of four, to be read out."""
        return in_groups(self.code)


@dataclass(frozen=True, slots=True)
class InstallationState:
    """An installation as the devices page shows it."""

    installation: Installation
    event: EventPlan
    tills: list[InstallationTill]
    devices: list[Device]
    journal: JournalState | None
    last_heard_at: datetime | None
    is_enrolled: bool
    waits_for_code: bool
    is_silent: bool

    @property
    def is_complete(self) -> bool:
        """Whether it has sent all it has, as it says, and no shift of it is open."""
        known = self.journal
        return known is not None and not known.open_shifts and not known.waiting

    @property
    def skewed(self) -> list[Device]:
        """Give the devices whose clocks are off by more than a minute."""
        return [
            device
            for device in self.devices
            if not device.revoked_at and abs(device.clock_skew_seconds or 0) > SKEW_SHOWN_SECONDS
        ]


def devices_page(store: Store, clock: Clock, campaign_id: str) -> list[InstallationState]:
    """Give every installation of a campaign with what is known of it now, by name."""
    now = clock.now()
    with store.read() as connection:
        events = {event.id: event for event in list_events(connection, campaign_id)}
        tills = list_campaign_tills(connection, campaign_id)
        devices = list_devices(connection, campaign_id)
        journals = journal_states(connection, campaign_id)
        found = list_installations(connection, campaign_id)
    return [
        _state(
            installation,
            events[installation.event],
            tills[installation.id],
            devices[installation.id],
            journals.get(installation.id),
            now,
        )
        for installation in found
    ]


def _state(
    installation: Installation,
    event: EventPlan,
    tills: list[InstallationTill],
    devices: list[Device],
    journal: JournalState | None,
    now: datetime,
) -> InstallationState:
    heard = [device.last_heard_at for device in devices if device.last_heard_at]
    if journal and journal.last_heard_at:
        heard.append(journal.last_heard_at)
    last_heard_at = max(heard, default=None)
    enrolled = any(device.enrolled_at and not device.revoked_at for device in devices)
    waits = any(device.code_expires_at and device.code_expires_at > now for device in devices)
    on_sale = event.bazaar_start <= now < event.bazaar_end
    silent = last_heard_at is None or now - last_heard_at > SILENT_AFTER
    return InstallationState(
        installation,
        event,
        tills,
        devices,
        journal,
        last_heard_at,
        is_enrolled=enrolled,
        waits_for_code=waits,
        is_silent=enrolled and on_sale and silent,
    )


def open_installation(store: Store, campaign_id: str, installation_id: str) -> Installation:
    """Give one installation of a campaign; raises NotFoundError."""
    with store.read() as connection:
        installation = find_installation(connection, installation_id)
        event = find_event(connection, installation.event) if installation else None
    if installation is None or event is None or event.campaign != campaign_id:
        raise NotFoundError
    return installation


def save_installation(store: Store, clock: Clock, by: str, installation: Installation) -> None:
    """Write an installation, new with a first till `K01`, or under another name."""
    with store.begin() as connection:
        if find_event(connection, installation.event) is None:
            raise NotFoundError
        if write_installation(connection, clock, by, installation):
            insert_till(connection, InstallationTill(installation.id, "K01", "Laci 1", None))


def write_installation(
    connection: Connection, clock: Clock, by: str, installation: Installation
) -> bool:
    """Write an installation without any till; says whether it is a new one."""
    before = find_installation(connection, installation.id)
    if before is None:
        insert_installation(connection, installation)
    else:
        rename_installation(connection, installation.id, installation.name)
    audit(
        connection,
        clock,
        by=by,
        action="installation added" if before is None else "installation renamed",
        subject=installation.id,
        facts={"name": installation.name, "changes": differences(before, installation)},
    )
    return before is None


def open_tills(store: Store, installation_id: str) -> list[InstallationTill]:
    """Give an installation's tills by code."""
    with store.read() as connection:
        return list_tills(connection, installation_id)


def open_till(store: Store, installation_id: str, code: str) -> InstallationTill:
    """Give one till; raises NotFoundError."""
    with store.read() as connection:
        till = find_till(connection, installation_id, code)
    if till is None:
        raise NotFoundError
    return till


def save_till(store: Store, clock: Clock, by: str, till: InstallationTill, *, is_new: bool) -> None:
    """Write a till; raises FieldError for a code or a stall that cannot be."""
    with store.begin() as connection:
        write_till(connection, clock, by, till, is_new=is_new)


def write_till(
    connection: Connection, clock: Clock, by: str, till: InstallationTill, *, is_new: bool
) -> None:
    """Do `save_till` within the caller's transaction."""
    if fullmatch(r"[A-Z][0-9]{2,3}", till.code) is None:
        raise TillCodeError
    installation = find_installation(connection, till.installation)
    event = find_event(connection, installation.event) if installation else None
    if event is None:
        raise NotFoundError
    stall = find_vendor(connection, till.stall) if till.stall else None
    if till.stall and (stall is None or stall.campaign != event.campaign):
        raise StallUnknownError
    others = list_tills(connection, till.installation)
    if is_new and till.code in {other.code for other in others}:
        raise TillCodeTakenError(till.code)
    if is_new and len(others) >= MOST_TILLS:
        raise TooManyTillsError
    (insert_till if is_new else update_till)(connection, till)
    audit(
        connection,
        clock,
        by=by,
        action="till added" if is_new else "till changed",
        subject=f"{till.installation}/{till.code}",
        facts={"name": till.name, "stall": till.stall},
    )


def in_groups(code: str) -> str:
    """Write a code in groups of four, to be read out."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def make_code(store: Store, clock: Clock, by: str, installation_id: str) -> EnrolmentCode:
    """Make a device with a code of 80 random bits that works once, for 48 hours."""
    code = b32encode(secrets.token_bytes(CODE_BYTES)).decode("ascii")
    device_id = clock.new_id()
    expires_at = clock.now() + CODE_LIFETIME
    with store.begin() as connection:
        if find_installation(connection, installation_id) is None:
            raise NotFoundError
        insert_device(connection, device_id, installation_id, hash_code(code), expires_at)
        audit(
            connection,
            clock,
            by=by,
            action="enrolment code made",
            subject=device_id,
            facts={"installation": installation_id},
        )
    return EnrolmentCode(device_id, code, _qr_svg(code), expires_at)


def _qr_svg(code: str) -> str:
    """Draw a code as SVG without style attributes, dark on white, four modules of margin."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=4, dark="#000", light="#fff", scale=6
    )
    return out.getvalue().decode("utf-8")


def device_of(devices: Iterable[Device], device_id: str) -> Device:
    """Give the device of this id; raises NotFoundError."""
    for device in devices:
        if device.id == device_id:
            return device
    raise NotFoundError


def revoke(store: Store, clock: Clock, by: str, installation_id: str, device_id: str) -> None:
    """Trust a device no longer: nothing it sends is taken; what it sent stays."""
    with store.begin() as connection:
        device = find_device(connection, device_id)
        if device is None or device.installation != installation_id:
            raise NotFoundError
        if device.revoked_at is not None:
            return
        revoke_device(connection, device_id, clock.now())
        audit(
            connection,
            clock,
            by=by,
            action="device revoked",
            subject=device_id,
            facts={"installation": installation_id},
        )


def trust_again(store: Store, clock: Clock, by: str, installation_id: str, device_id: str) -> None:
    """Take what a locked-out device sends again; raises NotFoundError where it has no secret.

    One that never joined, or was locked out by an older hub, needs a new code.
    """
    with store.begin() as connection:
        device = find_device(connection, device_id)
        if device is None or device.installation != installation_id or not device.has_secret:
            raise NotFoundError
        if trust_device(connection, device_id):
            audit(
                connection,
                clock,
                by=by,
                action="device trusted again",
                subject=device_id,
                facts={"installation": installation_id},
            )


def review_tray(store: Store, campaign_id: str) -> list[TrayEntry]:
    """Give what machines sent and could not be counted as it stood, what waits first."""
    with store.read() as connection:
        return list_tray(connection, campaign_id, MOST_TRAY_SHOWN)


def count_waiting(store: Store, campaign_id: str) -> int:
    """Count what waits in the review tray."""
    with store.read() as connection:
        return count_tray(connection, campaign_id)
