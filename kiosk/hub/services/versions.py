"""Frozen versions: a total kept under a number with all it was made of.

Nothing of a version changes afterwards but the press's words, which people edit.
"""

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import FieldError, NotFoundError, open_campaign
from kiosk.hub.services.press_texts import LANGUAGES
from kiosk.hub.services.snapshots import Snapshot, read_snapshot, take_snapshot
from kiosk.hub.storage.events import find_event
from kiosk.hub.storage.frozen import (
    FrozenContent,
    FrozenVersion,
    find_content,
    find_version,
    insert_version,
    list_versions,
    next_number,
    update_press,
)
from kiosk.hub.storage.store import Store

STATUSES = ("sementara", "final")


class UnknownScopeError(FieldError):
    """A version is asked for of an event that the campaign does not have."""

    field = "event"

    def __init__(self) -> None:
        super().__init__(N_("Choose the event from the list, or all events."))


class BrokenVersionError(KioskError):
    """A version's content is not what its hash says: somebody changed the database."""

    status = 409

    def __init__(self, n: int) -> None:
        self.n = n
        super().__init__(
            N_(
                "Version %(n)s was changed after it was frozen. Do not use it; restore the hub"
                " from a backup."
            ),
            n=n,
        )


def campaign_versions(store: Store, campaign_id: str) -> list[FrozenVersion]:
    """Give a campaign's versions, the last first."""
    with store.read() as connection:
        return list_versions(connection, campaign_id)


def open_version(store: Store, campaign_id: str, n: int) -> FrozenVersion:
    """Give one version; raises NotFoundError."""
    with store.read() as connection:
        version = find_version(connection, campaign_id, n)
    if version is None:
        raise NotFoundError
    return version


def version_content(store: Store, campaign_id: str, version: FrozenVersion) -> FrozenContent:
    """Give what a version is made of; raises BrokenVersionError where it was tampered with."""
    with store.read() as connection:
        content = find_content(connection, campaign_id, version.n)
    if content.sha256 != version.sha256:
        raise BrokenVersionError(version.n)
    return content


def version_snapshot(store: Store, campaign_id: str, version: FrozenVersion) -> Snapshot:
    """Give a version's figures; raises BrokenVersionError."""
    return read_snapshot(version_content(store, campaign_id, version).figures)


def freeze(
    store: Store, clock: Clock, by: str, campaign_id: str, event: str, status: str
) -> FrozenVersion:
    """Freeze a campaign's totals now under its next number; raises UnknownScopeError.

    `event` is what the press text is about, '' for all; everything is kept either way.
    """
    if status not in STATUSES:
        raise ValueError(status)
    open_campaign(store, campaign_id)
    with store.read() as connection:
        plan = find_event(connection, event) if event else None
    if event and (plan is None or plan.campaign != campaign_id):
        raise UnknownScopeError
    snapshot, orders = take_snapshot(store, clock, campaign_id)
    content = FrozenContent(snapshot.as_json(), orders)
    at = clock.now()

    def keep(connection: Connection) -> FrozenVersion:
        n = next_number(connection, campaign_id)
        press = dict.fromkeys(LANGUAGES, "")
        version = FrozenVersion(n, event, status, at, by, content.sha256, press)
        insert_version(connection, campaign_id, version, content)
        total = snapshot.total(event)
        audit(
            connection,
            clock,
            by=by,
            action="version frozen",
            subject=campaign_id,
            facts={
                "n": n,
                "event": event,
                "status": status,
                "sha256": content.sha256,
                "units": total.units,
                "omzet_rp": total.omzet_rp,
            },
        )
        return version

    return store.retrying(keep)


def save_press(
    store: Store, clock: Clock, by: str, campaign_id: str, n: int, press: dict[str, str]
) -> None:
    """Keep a version's edited press texts by language, '' to go back to what its figures make."""
    with store.begin() as connection:
        update_press(connection, campaign_id, n, press)
        audit(
            connection,
            clock,
            by=by,
            action="press text changed",
            subject=campaign_id,
            facts={"n": n, "edited": [one for one in LANGUAGES if press[one]]},
        )
