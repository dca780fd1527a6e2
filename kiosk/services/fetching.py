"""Fetching a lost machine's journals from the hub, as a new device in its place.

The identity lies beside what was fetched until the restore is whole: a code is good for one
machine, and after a break the same command must be able to go on.
"""

from dataclasses import dataclass
from typing import Any, Final

from kiosk.errors import N_, KioskError, WorldError
from kiosk.services.bundles import apply_bundle
from kiosk.services.collecting import collect_from_hub
from kiosk.services.enrolment import hub_client, redeem
from kiosk.services.installation import Installation
from kiosk.services.lineage import LineageError
from kiosk.services.progress import Told
from kiosk.storage import uploads
from kiosk.storage.database import Connection
from kiosk.storage.uploads import EnrolmentRow
from kiosk.sync.hub_client import HubClient, HubJournal
from kiosk.wire.segments import SegmentError

ASKING: Final = N_("Asking the hub")
FETCHING: Final = N_("Fetching the sales from the hub")


class SeveralTipsError(KioskError):
    """The hub has several journals that could be gone on from: copies sold on side by side."""

    def __init__(self, tips: list[HubJournal]) -> None:
        self.tips = tuple(tips)
        names = ", ".join(f"{one.id} ({one.entries}, {one.last_heard_at[:16]})" for one in tips)
        super().__init__(
            N_(
                "Copies of this machine sold on side by side: %(journals)s. Say which one to go on"
                " from; the sales of the others are safe at the hub."
            ),
            journals=names,
        )


class NothingThereError(KioskError):
    """The hub never heard of a sale of this machine."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The hub has nothing of this machine yet. Restore from a backup or a stick, or ask for"
                " another code and set this machine up as a new one."
            )
        )


class OtherHubError(WorldError):
    """An unfinished restore from another hub lies here."""

    def __init__(self, hub_url: str) -> None:
        super().__init__(
            f"a restore from {hub_url} was begun here; finish that one, or begin in a new folder",
            permanent=True,
        )


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came from the hub beside the entries, which lie in the desk's file."""

    client: HubClient
    tip: str
    identity: EnrolmentRow
    bundle: dict[str, Any]
    faults: tuple[str, ...]

    def hand_over(self, here: Installation, connection: Connection) -> None:
        """Make the restored installation the device that fetched it, with its staff's PINs."""
        row = self.identity
        uploads.begin_enrolment(connection, row.hub_url, row.request)
        uploads.finish_enrolment(connection, row.device or "", row.installation or "")
        apply_bundle(here, connection, self.bundle)


def fetch(desk: Installation, hub_url: str, code: str, tip: str | None, told: Told) -> Fetched:
    """Enrol at the desk, once, and fetch `tip` with all it continues into the desk's file.

    Without a `tip` it is the journal that nobody continues. Raises HubError,
    HubAddressError, EnrolmentRefusedError, OtherHubError, SeveralTipsError,
    NothingThereError, LineageError.
    """
    told(ASKING, 0, 0)
    identity = _identity(desk, hub_url.strip().rstrip("/"), code)
    secret = desk.folder.read_secret()
    assert identity.device is not None
    assert secret is not None
    client = HubClient(identity.hub_url, identity.device, secret)
    journals = client.journals()
    tip = tip or _only_tip(journals)
    fetched = dict.fromkeys((one.id for one in journals), 0)
    total = sum(one.entries for one in journals)

    def progress(journal_id: str, entries: int) -> None:
        fetched[journal_id] = entries
        told(FETCHING, sum(fetched.values()), total)

    faults: tuple[str, ...] = ()
    try:
        collect_from_hub(desk.db, client, tip, progress)
    except SegmentError as error:
        faults = (f"the hub's answer: {error}",)
    bundle = client.bundle("")
    if bundle is None:
        raise LineageError("the hub gives no catalogue for this machine")
    return Fetched(client, tip, identity, bundle, faults)


def _only_tip(journals: list[HubJournal]) -> str:
    continued = {one.continues for one in journals}
    tips = [one for one in journals if one.id not in continued]
    if not tips:
        raise NothingThereError
    if len(tips) > 1:
        raise SeveralTipsError(sorted(tips, key=lambda one: one.last_heard_at, reverse=True))
    return tips[0].id


def _identity(desk: Installation, hub_url: str, code: str) -> EnrolmentRow:
    """Give who this machine is at the hub: from an earlier try, or for the code."""
    if hub_client(desk) is None:
        answer = redeem(desk, hub_url, code)
        desk.folder.keep_secret(answer.secret)
        with desk.db.write() as connection:
            uploads.finish_enrolment(connection, answer.device, answer.installation)
    with desk.db.read() as connection:
        row = uploads.enrolment(connection)
    assert row is not None
    if row.hub_url != hub_url:
        raise OtherHubError(row.hub_url)
    return row
