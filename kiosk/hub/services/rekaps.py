"""Rekap manual: sales without a till, typed in by an organiser with who says so and what shows it.

They stand apart in every total, under a channel of their own, and can be undone.
"""

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.domain.money import format_rupiah
from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.storage import rekaps as rows
from kiosk.hub.storage.events import find_event
from kiosk.hub.storage.imports import Counted
from kiosk.hub.storage.journals import lock_counting
from kiosk.hub.storage.rekaps import Rekap
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import find_vendor

LARGEST_EVIDENCE_BYTES = 5 << 20
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"%PDF-")


class NothingSoldError(FieldError):
    """A total says that nothing was sold."""

    field = "units"

    def __init__(self) -> None:
        super().__init__(N_("Type how many pieces were sold, for how much, or both."))


class NoEvidenceError(FieldError):
    """A total has neither a note nor a file that shows it."""

    field = "note"

    def __init__(self) -> None:
        super().__init__(N_("Say what shows this total, or add a photo of it."))


class EvidenceKindError(FieldError):
    """A file is no picture and no PDF, or is too large."""

    field = "evidence"

    def __init__(self) -> None:
        super().__init__(N_("Choose a photo (JPEG or PNG) or a PDF of at most 5 MB."))


class WholeBazaarGivesWayError(FieldError):
    """A total of a whole bazaar cannot know which till's sales take its place."""

    field = "gives_way"

    def __init__(self) -> None:
        super().__init__(N_("Choose the vendor: only one vendor's total can give way to a till."))


class TillSoldError(KioskError):
    """Tills have sales of this vendor at this event already, and the total would come on top."""

    def __init__(self, sold: Counted) -> None:
        self.sold = sold
        super().__init__(
            N_(
                "Tills have sold %(units)s pieces for %(omzet)s of this already. "
                "Is this total in addition to them?"
            ),
            units=sold.units,
            omzet=format_rupiah(sold.omzet_rp),
        )


def campaign_rekaps(store: Store, campaign_id: str) -> list[tuple[Rekap, Counted]]:
    """Give a campaign's typed-in totals, the last one first, each with what tills sold of it."""
    with store.read() as connection:
        return [
            (one, rows.till_sales(connection, campaign_id, one.event, one.vendor))
            for one in rows.list_rekaps(connection, campaign_id)
        ]


def open_rekap(store: Store, campaign_id: str, rekap_id: str) -> Rekap:
    """Give one typed-in total; raises NotFoundError."""
    with store.read() as connection:
        rekap = rows.find_rekap(connection, rekap_id)
    if rekap is None or rekap.campaign != campaign_id:
        raise NotFoundError
    return rekap


def rekap_evidence(store: Store, rekap: Rekap) -> bytes:
    """Give the file that shows a total; raises NotFoundError where there is none."""
    with store.read() as connection:
        data = rows.read_evidence(connection, rekap.id)
    if data is None:
        raise NotFoundError
    return data


def add_rekap(
    store: Store, clock: Clock, by: str, rekap: Rekap, evidence: bytes | None, *, on_top: bool
) -> None:
    """Count a total; `on_top` says that it comes on top of what tills sold.

    Raises NothingSoldError, NoEvidenceError, EvidenceKindError, WholeBazaarGivesWayError,
    TillSoldError where tills have sales and nobody said `on_top`, and NotFoundError.
    """
    _check(rekap, evidence)

    def add(connection: Connection) -> None:
        lock_counting(connection)
        event = find_event(connection, rekap.event)
        vendor = find_vendor(connection, rekap.vendor) if rekap.vendor else None
        if event is None or event.campaign != rekap.campaign:
            raise NotFoundError
        if rekap.vendor and (vendor is None or vendor.campaign != rekap.campaign):
            raise NotFoundError
        sold = rows.till_sales(connection, rekap.campaign, rekap.event, rekap.vendor)
        if sold != Counted() and not rekap.gives_way and not on_top:
            raise TillSoldError(sold)
        rows.insert_rekap(connection, rekap, evidence)
        _audit(connection, clock, by, "rekap added", rekap)

    store.retrying(add)


def _check(rekap: Rekap, evidence: bytes | None) -> None:
    if not rekap.units and not rekap.omzet_rp:
        raise NothingSoldError
    if evidence is not None and (
        len(evidence) > LARGEST_EVIDENCE_BYTES or not evidence.startswith(_PICTURES)
    ):
        raise EvidenceKindError
    if not rekap.note and evidence is None:
        raise NoEvidenceError
    if rekap.gives_way and not rekap.vendor:
        raise WholeBazaarGivesWayError


def undo_rekap(store: Store, clock: Clock, by: str, rekap: Rekap, *, undone: bool) -> None:
    """Take a total out of the sums, or put it back."""

    def undo(connection: Connection) -> None:
        lock_counting(connection)
        rows.set_undone(connection, rekap, clock.now() if undone else None)
        _audit(connection, clock, by, "rekap undone" if undone else "rekap counted again", rekap)

    store.retrying(undo)


def _audit(connection: Connection, clock: Clock, by: str, action: str, rekap: Rekap) -> None:
    audit(
        connection,
        clock,
        by=by,
        action=action,
        subject=rekap.id,
        facts={
            "event": rekap.event,
            "vendor": rekap.vendor,
            "units": rekap.units,
            "omzet_rp": rekap.omzet_rp,
            "gives_way": rekap.gives_way,
            "told_by": rekap.told_by,
            "note": rekap.note,
            "evidence": rekap.evidence_name,
        },
    )
