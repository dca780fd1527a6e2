"""Installations (*Mesin*), their tills (*Laci*) and their devices, as rows.

Enrolling a device and what it uploads are other modules' business; here stands what the
organiser sets up, and what the devices page shows of it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from kiosk.clock import stamp_utc
from kiosk.hub.storage.campaigns import instant, instant_or_none
from kiosk.hub.storage.late_sales import late_by_installation
from kiosk.hub.storage.tables import (
    devices,
    events,
    installations,
    journals,
    review_tray,
    shifts,
    tills,
)


@dataclass(frozen=True, slots=True)
class Installation:
    """One data folder at an event: a tablet, or a mini-PC serving several."""

    id: str
    event: str
    name: str


@dataclass(frozen=True, slots=True)
class InstallationTill:
    """A drawer; `code` heads its receipt numbers, `stall` limits it to one vendor's goods."""

    installation: str
    code: str
    name: str
    stall: str | None


@dataclass(frozen=True, slots=True)
class Device:
    """A device of an installation; `clock_skew_seconds` is its clock less the hub's."""

    id: str
    installation: str
    code_expires_at: datetime | None
    enrolled_at: datetime | None
    revoked_at: datetime | None
    last_heard_at: datetime | None
    clock_skew_seconds: int | None
    has_secret: bool = False


@dataclass(frozen=True, slots=True)
class JournalState:
    """What the hub holds of an installation: entries, when last heard, shifts still open.

    `late_sales` came when their bazaar was over; `waiting` entries were still at the machine
    when it was last heard.
    """

    entries: int
    last_heard_at: datetime | None
    head_hash: bytes
    open_shifts: int
    late_sales: int = 0
    waiting: int = 0


def _device(row: RowMapping) -> Device:
    return Device(
        id=row["id"],
        installation=row["installation"],
        code_expires_at=instant_or_none(row["code_expires_at"]),
        enrolled_at=instant_or_none(row["enrolled_at"]),
        revoked_at=instant_or_none(row["revoked_at"]),
        last_heard_at=instant_or_none(row["last_heard_at"]),
        clock_skew_seconds=row["clock_skew_seconds"],
        has_secret=row["secret_salt"] is not None,
    )


def list_installations(connection: Connection, campaign_id: str) -> list[Installation]:
    """Give the installations of all the campaign's events, by name."""
    rows = connection.execute(
        select(installations)
        .join(events, events.c.id == installations.c.event)
        .where(events.c.campaign == campaign_id)
        .order_by(func.lower(installations.c.name), installations.c.id)
    )
    return [Installation(**dict(row)) for row in rows.mappings()]


def find_installation(connection: Connection, installation_id: str) -> Installation | None:
    """Give one installation, or None if there is none of this id."""
    row = (
        connection.execute(select(installations).where(installations.c.id == installation_id))
        .mappings()
        .first()
    )
    return Installation(**dict(row)) if row else None


def machine_of_journal(connection: Connection, journal_id: str) -> tuple[Installation, str]:
    """Give the installation of a journal that is there, and its campaign's id."""
    row = (
        connection.execute(
            select(installations, events.c.campaign)
            .join(journals, journals.c.installation == installations.c.id)
            .join(events, events.c.id == installations.c.event)
            .where(journals.c.id == journal_id)
        )
        .mappings()
        .one()
    )
    return Installation(row["id"], row["event"], row["name"]), row["campaign"]


def insert_installation(connection: Connection, installation: Installation) -> None:
    """Write a new installation."""
    connection.execute(
        insert(installations).values(
            id=installation.id, event=installation.event, name=installation.name
        )
    )


def rename_installation(connection: Connection, installation_id: str, name: str) -> None:
    """Write another name for an installation."""
    connection.execute(
        update(installations).where(installations.c.id == installation_id).values(name=name)
    )


def list_tills(connection: Connection, installation_id: str) -> list[InstallationTill]:
    """Give an installation's tills by code."""
    rows = connection.execute(
        select(tills).where(tills.c.installation == installation_id).order_by(tills.c.code)
    )
    return [InstallationTill(**dict(row)) for row in rows.mappings()]


def list_campaign_tills(
    connection: Connection, campaign_id: str
) -> defaultdict[str, list[InstallationTill]]:
    """Give the tills of every installation of a campaign, by installation."""
    rows = connection.execute(
        select(tills)
        .join(installations, installations.c.id == tills.c.installation)
        .join(events, events.c.id == installations.c.event)
        .where(events.c.campaign == campaign_id)
        .order_by(tills.c.code)
    )
    found: defaultdict[str, list[InstallationTill]] = defaultdict(list)
    for row in rows.mappings():
        found[row["installation"]].append(InstallationTill(**dict(row)))
    return found


def find_till(connection: Connection, installation_id: str, code: str) -> InstallationTill | None:
    """Give one till of an installation, or None if it has none of this code."""
    row = (
        connection.execute(
            select(tills).where(tills.c.installation == installation_id, tills.c.code == code)
        )
        .mappings()
        .first()
    )
    return InstallationTill(**dict(row)) if row else None


def insert_till(connection: Connection, till: InstallationTill) -> None:
    """Write a new till."""
    connection.execute(
        insert(tills).values(
            installation=till.installation, code=till.code, name=till.name, stall=till.stall
        )
    )


def update_till(connection: Connection, till: InstallationTill) -> None:
    """Write a till's name and stall; its code never changes, for it is on receipts."""
    connection.execute(
        update(tills)
        .where(tills.c.installation == till.installation, tills.c.code == till.code)
        .values(name=till.name, stall=till.stall)
    )


def list_devices(connection: Connection, campaign_id: str) -> defaultdict[str, list[Device]]:
    """Give the devices of every installation of a campaign, by installation, the newest first."""
    rows = connection.execute(
        select(devices)
        .join(installations, installations.c.id == devices.c.installation)
        .join(events, events.c.id == installations.c.event)
        .where(events.c.campaign == campaign_id)
        .order_by(devices.c.id.desc())
    )
    found: defaultdict[str, list[Device]] = defaultdict(list)
    for row in rows.mappings():
        found[row["installation"]].append(_device(row))
    return found


def find_device(connection: Connection, device_id: str) -> Device | None:
    """Give one device, or None if there is none of this id."""
    row = connection.execute(select(devices).where(devices.c.id == device_id)).mappings().first()
    return _device(row) if row else None


def insert_device(
    connection: Connection,
    device_id: str,
    installation_id: str,
    code_hash: bytes,
    expires_at: datetime,
) -> None:
    """Write a device that waits for its code to be typed."""
    connection.execute(
        insert(devices).values(
            id=device_id,
            installation=installation_id,
            code_hash=code_hash,
            code_expires_at=stamp_utc(expires_at),
        )
    )


def revoke_device(connection: Connection, device_id: str, at: datetime) -> None:
    """Write that a device is trusted no longer, and forget its code; its secret sleeps."""
    connection.execute(
        update(devices)
        .where(devices.c.id == device_id)
        .values(revoked_at=stamp_utc(at), code_hash=None, code_expires_at=None)
    )


def trust_device(connection: Connection, device_id: str) -> bool:
    """Write that a device which was locked out is trusted again; says whether it was."""
    changed = connection.execute(
        update(devices)
        .where(
            devices.c.id == device_id,
            devices.c.revoked_at.is_not(None),
            devices.c.secret_salt.is_not(None),
        )
        .values(revoked_at=None)
    )
    return changed.rowcount == 1


def journal_states(connection: Connection, campaign_id: str) -> dict[str, JournalState]:
    """Say what the hub holds of each installation of a campaign that ever sent something.

    Where an installation has several journals, the head is the one of the last heard.
    """
    open_rows = connection.execute(
        select(shifts.c.installation, func.count())
        .join(events, events.c.id == shifts.c.event)
        .where(events.c.campaign == campaign_id, shifts.c.closed_at.is_(None))
        .group_by(shifts.c.installation)
    )
    open_shifts: dict[str, int] = dict(open_rows.all())
    late_sales = late_by_installation(connection, campaign_id)
    rows = connection.execute(
        select(journals)
        .join(installations, installations.c.id == journals.c.installation)
        .join(events, events.c.id == installations.c.event)
        .where(events.c.campaign == campaign_id)
        .order_by(journals.c.last_heard_at, journals.c.depth)
    )
    states: dict[str, JournalState] = {}
    for row in rows.mappings():
        before = states.get(row["installation"])
        states[row["installation"]] = JournalState(
            entries=row["head_seq"] + (before.entries if before else 0),
            last_heard_at=instant_or_none(row["last_heard_at"]),
            head_hash=row["head_hash"],
            open_shifts=open_shifts.get(row["installation"], 0),
            late_sales=late_sales.get(row["installation"], 0),
            waiting=row["waiting_entries"],
        )
    return states


@dataclass(frozen=True, slots=True)
class TrayEntry:
    """An entry in the review tray: which machine sent it, why it is there, what was decided."""

    machine: str
    journal: str
    seq: int
    reason: str
    fact: str
    arrived_at: datetime
    decision: str | None


def list_tray(connection: Connection, campaign_id: str, most: int) -> list[TrayEntry]:
    """Give what waits in the tray first, then what was decided, the newest first."""
    rows = connection.execute(
        select(review_tray, installations.c.name.label("machine"))
        .join(journals, journals.c.id == review_tray.c.journal)
        .join(installations, installations.c.id == journals.c.installation)
        .join(events, events.c.id == installations.c.event)
        .where(events.c.campaign == campaign_id)
        .order_by(
            review_tray.c.decided_at.is_not(None),
            review_tray.c.arrived_at.desc(),
            review_tray.c.journal,
            review_tray.c.seq,
        )
        .limit(most)
    )
    return [
        TrayEntry(
            row["machine"],
            row["journal"],
            row["seq"],
            row["reason"],
            row["fact"],
            instant(row["arrived_at"]),
            row["decision"],
        )
        for row in rows.mappings()
    ]


def count_tray(connection: Connection, campaign_id: str) -> int:
    """Count a campaign's entries that wait for a decision."""
    return (
        connection.scalar(
            select(func.count())
            .select_from(review_tray)
            .join(journals, journals.c.id == review_tray.c.journal)
            .join(installations, installations.c.id == journals.c.installation)
            .join(events, events.c.id == installations.c.event)
            .where(events.c.campaign == campaign_id, review_tray.c.decided_at.is_(None))
        )
        or 0
    )
