"""News of the catalogue: what a new bundle changes is looked at before it holds, and undone.

While nobody sells, what the organiser sends holds at once, and so does a change of the
staff alone: who was added must be able to sign in. While a shift is open it waits until a
person at a till has seen what it changes. Undoing applies the content before it anew.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from kiosk.clock import stamp
from kiosk.domain.catalogue import Event
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.enrolment import hub_client
from kiosk.services.installation import Installation
from kiosk.services.tills import operator_of
from kiosk.storage import bundle_entries, catalogue, shifts, staff_secrets, waiting_bundle
from kiosk.storage.bundle_entries import AppliedBundle
from kiosk.storage.database import Connection
from kiosk.storage.waiting_bundle import Source, WaitingBundle

if TYPE_CHECKING:  # pydantic is heavy, and news are rare
    from kiosk.wire.bundle_changes import Section
    from kiosk.wire.bundles import Bundle

Arrival = Literal["applied", "waiting", "same"]

# Stands for a hash that is not here; no PIN fits it.
_NO_HASH: Final = "scrypt:"


class NewsChangedError(KioskError):
    """What was looked at is not what waits now."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("The catalogue has changed since you looked at it. Look again."))


class NothingToUndoError(KioskError):
    """There is no catalogue before this one that could hold again."""

    def __init__(self) -> None:
        super().__init__(N_("There is no earlier catalogue of this event to go back to."))


@dataclass(frozen=True, slots=True)
class News:
    """A bundle that waits (or was put aside), and what it would change."""

    bundle: WaitingBundle
    event: str
    sections: "tuple[Section, ...]"


@dataclass(frozen=True, slots=True)
class Former:
    """The catalogue before the one in force, and what going back to it would change."""

    version: str
    applied_at: str
    sections: "tuple[Section, ...]"


@dataclass(frozen=True, slots=True)
class CatalogueView:
    """What is in force since when, what waits, and what may be gone back to."""

    version: str
    applied_at: str
    event: Event
    machine: str
    stalls: int
    products: int
    people: int
    news: News | None
    former: Former | None


def is_waiting(here: Installation) -> bool:
    """Say whether a catalogue waits for somebody to look at it."""
    with here.db.read() as connection:
        return waiting_bundle.is_waiting(connection)


def view(here: Installation) -> CatalogueView | None:
    """Give all that the catalogue's page shows; None before the first bundle."""
    with here.db.read() as connection:
        frame = catalogue.catalogue(connection)
        current, former = _two_newest(connection)
        if frame is None or current is None:
            return None
        in_force = _as_bundle(connection, current)
        kept = waiting_bundle.kept(connection)
        return CatalogueView(
            version=frame.version,
            applied_at=current.applied_at,
            event=frame.event,
            machine=frame.installation_name,
            stalls=len(in_force.stalls),
            products=len(in_force.products),
            people=len(in_force.staff),
            news=_news(kept, in_force),
            former=_former(connection, former, in_force),
        )


def refresh_bundle(here: Installation) -> bool:
    """Fetch the newest bundle; True where it is in force now and was not before.

    Raises HubError where the hub cannot be asked, BundleError where its answer is faulty.
    """
    if _apply_where_nobody_sells(here):
        return True
    client = hub_client(here)
    if client is None:
        return False
    with here.db.read() as connection:
        frame = catalogue.catalogue(connection)
        known = waiting_bundle.version_kept(connection) or (frame.version if frame else "")
    document = client.bundle(known)
    return document is not None and arrive(here, document, "hub") == "applied"


def arrive(here: Installation, document: dict[str, Any], source: Source) -> Arrival:
    """Take a bundle that came: apply it, or keep it until somebody has looked at it.

    Raises BundleError; then nothing has changed.
    """
    from kiosk.services.bundles import apply_bundle  # noqa: PLC0415 - pydantic is heavy, news are rare
    from kiosk.wire.bundles import read_bundle  # noqa: PLC0415 - the same

    bundle = read_bundle(document)
    with here.db.write() as connection:
        frame = catalogue.catalogue(connection)
        if frame is not None and frame.version == bundle.version:
            apply_bundle(here, connection, document)
            return "same"
        if frame is None or (source == "hub" and _goes_at_once(connection, bundle)):
            apply_bundle(here, connection, document)
            return "applied"
        arrived_at = stamp(here.clock.now())
        fresh = WaitingBundle(bundle.version, document, source, arrived_at, set_aside=False)
        waiting_bundle.keep(connection, fresh)
        return "waiting"


def accept(here: Installation, browser: Browser, version: str) -> None:
    """Apply the bundle that waits, as this person has seen it; all of it or nothing.

    Raises NotSignedInError, NewsChangedError, BundleError.
    """
    from kiosk.services.bundles import apply_bundle  # noqa: PLC0415 - pydantic is heavy, news are rare

    operator = operator_of(browser)
    with here.db.write() as connection:
        kept = waiting_bundle.kept(connection)
        if kept is None or kept.version != version or kept.document is None:
            raise NewsChangedError
        apply_bundle(here, connection, kept.document, operator)


def accept_unseen(here: Installation) -> None:
    """Apply the bundle that waits where no person is signed in: at the command line."""
    from kiosk.services.bundles import apply_bundle  # noqa: PLC0415 - pydantic is heavy, news are rare

    with here.db.write() as connection:
        kept = waiting_bundle.kept(connection)
        if kept is None or kept.document is None:
            raise NewsChangedError
        apply_bundle(here, connection, kept.document)


def set_aside(here: Installation, browser: Browser, version: str, approval: Approval) -> None:
    """Go on with the catalogue in force; takes a coordinator.

    What comes after it from the organiser is shown again. Raises NewsChangedError and what
    `approver_for` raises.
    """
    approver_for(here, browser, approval)
    with here.db.write() as connection:
        if waiting_bundle.version_kept(connection) != version:
            raise NewsChangedError
        waiting_bundle.set_aside(connection)


def undo(here: Installation, browser: Browser, version: str, approval: Approval) -> None:
    """Let the catalogue before the one of this version hold again; takes a coordinator.

    The one taken back is put aside, so that it does not come by itself again. Raises
    NewsChangedError, NothingToUndoError and what `approver_for` raises.
    """
    from kiosk.services.bundles import Sealing, seal_bundle  # noqa: PLC0415 - pydantic is heavy, news are rare

    approver = approver_for(here, browser, approval)
    operator = operator_of(browser)
    with here.db.write() as connection:
        current, former = _two_newest(connection)
        if current is None or current.version != version:
            raise NewsChangedError
        if former is None:
            raise NothingToUndoError
        sealing = Sealing(operator, approver if approver != operator else None, version)
        seal_bundle(here, connection, _as_bundle(connection, former), sealing)
        at = stamp(here.clock.now())
        taken_back = WaitingBundle(version, None, "hub", at, set_aside=True)
        waiting_bundle.keep(connection, taken_back)


def _apply_where_nobody_sells(here: Installation) -> bool:
    """Let what the organiser sent hold once the last shift is closed."""
    with here.db.read() as connection:
        if not waiting_bundle.is_waiting(connection) or shifts.is_any_open(connection):
            return False
    with here.db.write() as connection:
        kept = waiting_bundle.kept(connection)
        if kept is None or kept.set_aside or kept.document is None or kept.source != "hub":
            return False
        # Only here: what keeps asking must not keep what is heavy in memory.
        from kiosk.services.bundles import apply_bundle  # noqa: PLC0415 - pydantic is heavy, news are rare

        return apply_bundle(here, connection, kept.document)


def _goes_at_once(connection: Connection, bundle: "Bundle") -> bool:
    """Say whether nobody has to look first: nobody sells, or nothing on sale changes."""
    from kiosk.wire.bundle_changes import compare  # noqa: PLC0415 - pydantic is heavy, news are rare

    if not shifts.is_any_open(connection):
        return True
    current, _ = _two_newest(connection)
    if current is None:
        return True
    return all(section.is_staff for section in compare(_as_bundle(connection, current), bundle))


def _two_newest(connection: Connection) -> tuple[AppliedBundle | None, AppliedBundle | None]:
    """Give the bundle in force and the one of other content, of the same event, before it."""
    applied = bundle_entries.applied_bundles(connection)
    current = next(applied, None)
    if current is None:
        return None, None
    former = next((one for one in applied if one.version != current.version), None)
    if former and former.content["event"]["id"] != current.content["event"]["id"]:
        former = None
    return current, former


def _as_bundle(connection: Connection, applied: AppliedBundle) -> "Bundle":
    """Read an applied bundle's content as a bundle, with the hashes that are kept here."""
    from kiosk.wire.bundles import VERSION, read_bundle  # noqa: PLC0415 - pydantic is heavy, news are rare

    staff = [
        {**person, "pin_hash": staff_secrets.pin_hash(connection, person["id"]) or _NO_HASH}
        for person in applied.content["staff"]
    ]
    return read_bundle({**applied.content, "staff": staff, "lapak_bundle": VERSION})


def _news(kept: WaitingBundle | None, in_force: "Bundle") -> News | None:
    from kiosk.wire.bundle_changes import compare  # noqa: PLC0415 - pydantic is heavy, news are rare
    from kiosk.wire.bundles import read_bundle  # noqa: PLC0415 - the same

    if kept is None or kept.document is None:
        return None
    bundle = read_bundle(kept.document)
    return News(kept, bundle.event.name, tuple(compare(in_force, bundle)))


def _former(
    connection: Connection, former: AppliedBundle | None, in_force: "Bundle"
) -> Former | None:
    from kiosk.wire.bundle_changes import compare  # noqa: PLC0415 - pydantic is heavy, news are rare

    if former is None:
        return None
    sections = compare(in_force, _as_bundle(connection, former))
    return Former(former.version, former.applied_at, tuple(sections))
