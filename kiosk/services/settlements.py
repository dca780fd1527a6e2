"""Settling stalls: what each is owed of an event, handed over and kept in the journal.

A vendor who leaves at noon is settled then, and again later if more was sold. Cash goes out of
the drawer of the till it is done at, and is expected there no more.
"""

from dataclasses import dataclass, replace
from typing import Final

from kiosk.clock import stamp
from kiosk.documents.settlement_slips import SettlementSlip, settlement_slip
from kiosk.domain.catalogue import Till
from kiosk.domain.entries import Entry, Operator
from kiosk.domain.ids import IdNotUnderstoodError, as_id
from kiosk.domain.money import Rupiah, parse_rupiah
from kiosk.domain.settlements import Settlement, StallAccount, Way, read_way
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.printing import queue_at
from kiosk.services.receipt_frames import words_at
from kiosk.services.recording import record
from kiosk.services.shifts import NoReportPrinterError
from kiosk.services.stall_accounts import StallNotHereError, frame_of, stall_row
from kiosk.services.tills import operator_of, shift_of, till_of
from kiosk.storage import catalogue, sales, settlements, shifts
from kiosk.storage.database import Connection
from kiosk.storage.printer_uses import printer_for
from kiosk.storage.settlements import SealedSettlement
from printers.elements import Document

_TITLE: Final = N_("Settlement")


class DrawerTooEmptyError(KioskError):
    """More cash would go out than the drawer can hold."""

    def __init__(self) -> None:
        super().__init__(
            N_("This drawer does not hold that much. Hand over less, or settle at another till.")
        )


class AlreadyUndoneError(KioskError):
    """A settlement was taken back before, or is itself what took one back."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("This settlement was taken back before. Look at the list again."))


@dataclass(frozen=True, slots=True)
class SettlementForm:
    """What a form says, as typed; an empty `amount` is all that may change hands."""

    amount: str = ""
    way: str = ""


def settle(
    here: Installation,
    browser: Browser,
    place: tuple[str, str],
    form: SettlementForm,
    entry_id: str,
    approval: Approval,
) -> None:
    """Hand a stall its money, or take what it owes, and print the slip.

    `place` is the event and the stall. The same form sent again changes nothing. Raises
    StallNotHereError, SettlementTooLargeError, SettlementWayError, DrawerTooEmptyError,
    NoOpenShiftError, AmountNotUnderstoodError and what `approver_for` raises.
    """
    operator, approver = operator_of(browser), approver_for(here, browser, approval)
    entry_id = as_id(entry_id)
    event, stall_id = place
    asked_rp = parse_rupiah(form.amount) if form.amount.strip() else None
    with here.db.write() as connection:
        if settlements.settlement(connection, entry_id) is not None:
            return
        if sales.exists(connection, entry_id):
            raise IdNotUnderstoodError(entry_id)
        frame, till = frame_of(connection), till_of(connection, browser)
        row = stall_row(connection, browser, event or frame.event.id, stall_id)
        way = read_way(form.way)
        settled = Settlement(
            event=event or frame.event.id,
            stall=stall_id,
            name=row.stall.name,
            account=row.account,
            amount_rp=row.account.settle(way, asked_rp, frame.event.cash_rounding_rp),
            way=way,
            shift=_drawer(connection, till, way),
        )
        _seal(here, connection, settled, (operator, approver, till), entry_id)
    _ring(here)


def take_back(
    here: Installation, browser: Browser, entry_id: str, approval: Approval
) -> Settlement:
    """Take a settlement back that did not happen so; gives the counter-settlement.

    Raises StallNotHereError, AlreadyUndoneError, DrawerTooEmptyError, NoOpenShiftError and
    what `approver_for` raises.
    """
    operator, approver = operator_of(browser), approver_for(here, browser, approval)
    with here.db.write() as connection:
        found = _found(connection, browser, entry_id)
        before = found.settlement
        if found.undone or before.undoes is not None:
            raise AlreadyUndoneError
        till = till_of(connection, browser)
        accounts = settlements.accounts(connection, before.event)
        undone = replace(
            before,
            account=accounts.get(before.stall, StallAccount()),
            amount_rp=Rupiah(-before.amount_rp),
            shift=_drawer(connection, till, before.way),
            undoes=entry_id,
        )
        _seal(here, connection, undone, (operator, approver, till), here.clock.new_id())
    _ring(here)
    return undone


def print_again(here: Installation, browser: Browser, entry_id: str) -> Settlement:
    """Print a settlement's slip once more, stamped as a copy.

    Raises StallNotHereError, NoReportPrinterError.
    """
    operator_of(browser)
    with here.db.write() as connection:
        found = _found(connection, browser, entry_id)
        till = till_of(connection, browser)
        printer_id = printer_for(connection, till.id, "report")
        if printer_id is None:
            raise NoReportPrinterError
        document = _slip(connection, found.settlement, found.entry)
        stamped = document.stamped(words_at(connection, till.id).copy)
        now = stamp(here.clock.now())
        queue_at(connection, printer_id, _TITLE, stamped, now, purpose="report")
    here.bells.printing.ring()
    return found.settlement


def _seal(
    here: Installation,
    connection: Connection,
    settled: Settlement,
    who: tuple[Operator, Operator, Till],
    entry_id: str,
) -> None:
    """Record a settlement and queue its slip where the till prints reports."""
    operator, approver, till = who
    if settled.shift is not None and settled.amount_rp > shifts.expected_cash(
        connection, settled.shift
    ):
        raise DrawerTooEmptyError
    entry = record(
        here,
        connection,
        "settlement",
        settled.as_body(),
        by=operator,
        approved_by=approver,
        till=till.id,
        entry_id=entry_id,
    )
    printer_id = printer_for(connection, till.id, "report")
    if printer_id is not None:
        document = _slip(connection, settled, entry)
        queue_at(connection, printer_id, _TITLE, document, entry.at, purpose="report")


def _ring(here: Installation) -> None:
    here.bells.printing.ring()
    here.bells.upload.ring()


def _drawer(connection: Connection, till: Till, way: Way) -> str | None:
    """Give the shift whose drawer cash comes from; raises NoOpenShiftError."""
    return shift_of(connection, till).id if way == "cash" else None


def _slip(connection: Connection, settled: Settlement, entry: Entry) -> Document:
    frame = frame_of(connection)
    stall = catalogue.stalls(connection).get(settled.stall)
    return settlement_slip(
        SettlementSlip(
            settlement=settled,
            event=frame.event.name if frame.event.id == settled.event else "",
            place=frame.installation_name,
            vendor=stall.vendor if stall else "",
            at=entry.at,
            by=entry.by.name if entry.by else "",
            approved_by=entry.approved_by.name if entry.approved_by else "",
            words=words_at(connection, entry.till or ""),
        )
    )


def _found(connection: Connection, browser: Browser, entry_id: str) -> SealedSettlement:
    found = settlements.settlement(connection, entry_id)
    if found is None:
        raise StallNotHereError
    stall_row(connection, browser, found.settlement.event, found.settlement.stall)
    return found
