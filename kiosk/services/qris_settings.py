"""QRIS as a coordinator sets it at this machine: whose code, the amount in it, an outage.

A changed code is in the journal with the old and the new NMID, so that a swapped sticker
is seen. It holds until the organiser sends another code for the same payee.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.clock import stamp
from kiosk.domain.entries import Operator
from kiosk.domain.payments import QRIS
from kiosk.domain.qris import QrisCode, read_static
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.recording import NotSetUpError, record
from kiosk.services.tills import operator_of
from kiosk.storage import catalogue, outages, qris_codes
from kiosk.storage.database import Connection
from kiosk.storage.qris_codes import CodeRow


class PayeeUnknownError(KioskError):
    """An address names a payee that is not at this bazaar."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is no such stall here. Choose one from the list."))


class NoCodeToFillError(KioskError):
    """The amount cannot be filled into a code that is not there."""

    def __init__(self) -> None:
        super().__init__(N_("There is no code yet. Paste the seller's own code first."))


@dataclass(frozen=True, slots=True)
class PayeeCode:
    """A payee's code as it is shown, and the organiser's where that is another."""

    payee: str
    name: str
    code: QrisCode | None
    from_hub: QrisCode | None
    is_changed: bool
    fills: bool


def payee_codes(here: Installation) -> list[PayeeCode]:
    """List every payee's code, the bazaar's own first."""
    with here.db.read() as connection:
        return [_payee_code(row) for row in _rows(connection).values()]


def payee_code(here: Installation, payee: str) -> PayeeCode:
    """Give one payee's code; raises PayeeUnknownError."""
    with here.db.read() as connection:
        return _payee_code(_row(connection, payee))


def qris_is_out(here: Installation) -> bool:
    """Say whether QRIS is switched off for this machine."""
    with here.db.read() as connection:
        return outages.is_out(connection, QRIS)


def set_outage(here: Installation, browser: Browser, approval: Approval, *, is_out: bool) -> None:
    """Switch QRIS off for every screen of this machine, or on again; survives a restart.

    Raises NotSignedInError, NotAllowedError, WrongPinError, MustWaitError.
    """
    approver = approver_for(here, browser, approval)
    with here.db.write() as connection:
        if is_out:
            outages.begin(connection, QRIS, stamp(here.clock.now()), approver.name)
        else:
            outages.end(connection, QRIS)


def change_code(
    here: Installation, browser: Browser, payee: str, payload: str, approval: Approval
) -> None:
    """Show another code for a payee from now on; nothing pasted is none.

    Raises PayeeUnknownError, QrisError, and what approving raises.
    """
    wanted = read_static(payload).payload if payload.strip() else ""
    _seal_code(here, browser, payee, wanted, approval)


def use_hubs_code(here: Installation, browser: Browser, payee: str, approval: Approval) -> None:
    """Go back to the organiser's code; raises PayeeUnknownError and what approving raises."""
    _seal_code(here, browser, payee, None, approval)


def fill_amount(
    here: Installation, browser: Browser, payee: str, approval: Approval, *, fills: bool
) -> None:
    """Fill the amount into a payee's code, or show it unchanged again.

    Raises PayeeUnknownError, NoCodeToFillError and what approving raises.
    """
    people = operator_of(browser), approver_for(here, browser, approval)
    with here.db.write() as connection:
        row = _row(connection, payee)
        if row.payload is None:
            raise NoCodeToFillError
        if row.fills != fills:
            body = {"what": "qris_amount", "payee": payee, "fills": fills, "replaced": row.bundle}
            _record(here, connection, body, people)
    here.bells.upload.ring()


def _seal_code(
    here: Installation, browser: Browser, payee: str, wanted: str | None, approval: Approval
) -> None:
    people = operator_of(browser), approver_for(here, browser, approval)
    with here.db.write() as connection:
        row = _row(connection, payee)
        shown = row.bundle if wanted is None else wanted or None
        if shown == row.payload and (wanted is not None or not row.is_changed):
            return
        before, after = _read(row.payload), _read(shown)
        body = {
            "what": "qris_code",
            "payee": payee,
            "payload": wanted,
            "replaced": row.bundle,
            "nmid_before": before.nmid if before else None,
            "nmid": after.nmid if after else None,
            "merchant_before": before.merchant if before else None,
            "merchant": after.merchant if after else None,
        }
        _record(here, connection, body, people)
    here.bells.upload.ring()


def _record(
    here: Installation,
    connection: Connection,
    body: Mapping[str, object],
    people: tuple[Operator, Operator],
) -> None:
    by, approved_by = people
    record(here, connection, "catalogue_changed", body, by=by, approved_by=approved_by)


def _rows(connection: Connection) -> dict[str, CodeRow]:
    frame = catalogue.catalogue(connection)
    if frame is None:
        raise NotSetUpError
    return qris_codes.codes(connection, frame.event, catalogue.stalls(connection))


def _row(connection: Connection, payee: str) -> CodeRow:
    found = _rows(connection).get(payee)
    if found is None:
        raise PayeeUnknownError
    return found


def _payee_code(row: CodeRow) -> PayeeCode:
    return PayeeCode(
        payee=row.payee,
        name=row.name,
        code=_read(row.payload),
        from_hub=_read(row.bundle),
        is_changed=row.is_changed,
        fills=row.fills,
    )


def _read(payload: str | None) -> QrisCode | None:
    return read_static(payload) if payload else None
