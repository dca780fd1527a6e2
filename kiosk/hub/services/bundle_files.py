"""Catalogues as files: for a machine that has joined, and for a fresh one without a network.

A fresh machine's file brings its identity too. The code that opens it is derived from the
hub's key, as the device's secret is, and is kept nowhere.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.clock import WIB, Clock
from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.bundles import build_bundle
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.device_keys import DeviceKeys, new_salt
from kiosk.hub.services.devices import in_groups
from kiosk.hub.storage.devices import Installation, find_installation, insert_device
from kiosk.hub.storage.enrolments import redeem_code
from kiosk.hub.storage.journals import DeviceKey, device_keys_of, find_device_key
from kiosk.hub.storage.store import Store
from kiosk.wire.bundle_files import LIFETIME, SUFFIX, Addressee, Purpose, write_file


class NoDeviceError(KioskError):
    """No device of this machine has joined, so a file for it could be opened by nobody."""

    status = 409

    def __init__(self) -> None:
        super().__init__(
            N_("No device of this machine has joined yet. Make a file for a fresh machine instead.")
        )


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file to be carried to a machine."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class StartCode:
    """The device that is to start from a file, and the code that opens it."""

    device: str
    code: str


def make_catalogue_file(
    store: Store, clock: Clock, keys: DeviceKeys, by: str, installation_id: str
) -> MadeFile:
    """Make a file that every joined device of a machine opens by its own secret.

    Raises NotFoundError, NoDeviceError, SetUpIncompleteError, BundleError.
    """
    with store.begin() as connection:
        devices = device_keys_of(connection, installation_id)
        if not devices:
            raise NoDeviceError
        readers = {one.id: keys.secret(one.id, one.salt) for one in devices}
        machine = _machine(connection, installation_id)
        made = _write(connection, clock, "refresh", machine, readers, {})
        _note(connection, clock, by, "catalogue file made", machine, made)
    return made


def make_start_device(
    store: Store, clock: Clock, keys: DeviceKeys, by: str, installation_id: str
) -> StartCode:
    """Make a device that joins by a file, not by the network; raises NotFoundError."""
    device, salt, now = clock.new_id(), new_salt(), clock.now()
    # Nobody can redeem it over the network: its code is nobody's.
    nobody = hashlib.sha256(secrets.token_bytes(32)).digest()
    with store.begin() as connection:
        machine = _machine(connection, installation_id)
        insert_device(connection, device, installation_id, nobody, now + LIFETIME)
        redeem_code(connection, device, nobody, salt, now)
        audit(
            connection,
            clock,
            by=by,
            action="device for a file made",
            subject=device,
            facts={"installation": machine.id},
        )
    return StartCode(device, in_groups(keys.file_code(device, salt)))


def make_start_file(
    store: Store,
    clock: Clock,
    keys: DeviceKeys,
    by: str,
    device_id: str,
    installation_id: str,
    hub_url: str,
) -> MadeFile:
    """Make the file from which that device starts: who it is, and its first catalogue.

    Raises NotFoundError for a device that is locked out, SetUpIncompleteError, BundleError.
    """
    with store.begin() as connection:
        device: DeviceKey | None = find_device_key(connection, device_id)
        if device is None or device.installation != installation_id:
            raise NotFoundError
        machine = _machine(connection, installation_id)
        identity = {
            "device": device.id,
            "secret": keys.secret(device.id, device.salt).hex(),
            "hub_url": hub_url,
        }
        code = keys.file_code(device.id, device.salt)
        made = _write(connection, clock, "start", machine, code, {"identity": identity})
        _note(connection, clock, by, "start file made", machine, made)
    return made


def _machine(connection: Connection, installation_id: str) -> Installation:
    machine = find_installation(connection, installation_id)
    if machine is None:
        raise NotFoundError
    return machine


def _write(
    connection: Connection,
    clock: Clock,
    purpose: Purpose,
    machine: Installation,
    readers: Mapping[str, bytes] | str,
    more: Mapping[str, object],
) -> MadeFile:
    bundle = build_bundle(connection, machine.id).model_dump(mode="json")
    now = clock.now().astimezone(WIB)
    to = Addressee(machine.id, machine.name)
    data = write_file(purpose, to, {"bundle": bundle, **more}, readers, now)
    words = re.sub(r"[^a-z0-9]+", "-", machine.name.lower()).strip("-")[:40] or "mesin"
    head = "mulai" if purpose == "start" else "katalog"
    return MadeFile(f"{head}-{words}-{now:%Y-%m-%d-%H%M}{SUFFIX}", data)


def _note(
    connection: Connection,
    clock: Clock,
    by: str,
    action: str,
    machine: Installation,
    made: MadeFile,
) -> None:
    audit(connection, clock, by=by, action=action, subject=machine.id, facts={"file": made.name})
