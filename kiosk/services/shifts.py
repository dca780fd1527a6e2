"""Opening and closing a till: the float, the X report, the blind count, the Z report."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kiosk.clock import stamp
from kiosk.documents.shift_reports import (
    Closing,
    MethodTakings,
    ShiftSlip,
    TipTakings,
    shift_report,
)
from kiosk.documents.words import PaperWords
from kiosk.domain.carts import Cart
from kiosk.domain.catalogue import Till
from kiosk.domain.money import Rupiah, parse_rupiah, total
from kiosk.domain.shifts import (
    REASON_ABOVE,
    CartsStillOpenError,
    DrawerCount,
    NoOpenShiftError,
    ReasonMissingError,
    Shift,
    ShiftAlreadyOpenError,
    count_drawer,
)
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.carts import unpaid
from kiosk.services.installation import Installation
from kiosk.services.printing import queue_document
from kiosk.services.receipt_frames import words_at
from kiosk.services.recording import NotSetUpError, record
from kiosk.services.tills import operator_of, shift_of, till_of
from kiosk.storage import backups, carts, catalogue, journal, shifts
from kiosk.storage.database import Connection
from kiosk.storage.printer_uses import printer_for
from kiosk.storage.settlements import NOTHING_SETTLED, SettledCash, settled_cash
from kiosk.storage.shifts import ClosedShift, Sold, Takings
from kiosk.storage.tips import TipSum, tips_of_shift
from printers.elements import Document

__all__ = ["ClosedShift", "Sold", "Takings"]

LONGEST_REASON = 200
NOTHING_COUNTED: Final[Mapping[str, int]] = MappingProxyType({})


class NoReportPrinterError(KioskError):
    """A report is wanted on paper where nothing prints it."""

    def __init__(self) -> None:
        super().__init__(
            N_("This till has no printer for reports. Add one, or read the report here.")
        )


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """What a shift sold and took; `closing` is None while it is open."""

    shift: Shift
    till: Till | None
    event_name: str
    sold: Sold
    takings: tuple[Takings, ...]
    claimed_rp: Rupiah
    unpaid: tuple[Cart, ...]
    closing: ClosedShift | None
    tips: tuple[TipSum, ...] = ()
    settled: SettledCash = NOTHING_SETTLED


def current_shift(here: Installation, till_id: str) -> Shift | None:
    """Give a till's open shift, if any."""
    with here.db.read() as connection:
        return shifts.open_shift(connection, till_id)


def open_shift(here: Installation, browser: Browser, float_text: str) -> Shift:
    """Open a browser's till with a counted float, as typed (nothing typed is no float).

    Raises ShiftAlreadyOpenError, AmountNotUnderstoodError.
    """
    with here.db.write() as connection:
        operator = operator_of(browser)
        till = till_of(connection, browser)
        already = shifts.open_shift(connection, till.id)
        if already:
            raise ShiftAlreadyOpenError(till.name, already.opened_by)
        float_rp = parse_rupiah(float_text.strip() or "0")
        frame = catalogue.catalogue(connection)
        if frame is None:
            raise NotSetUpError
        body = {
            "event": frame.event.id,
            "day": here.clock.now().date().isoformat(),
            "float_rp": float_rp,
        }
        record(here, connection, "shift_opened", body, by=operator, till=till.id)
        return shift_of(connection, till)


def close_shift(
    here: Installation, browser: Browser, pieces: Mapping[int, str], reason: str
) -> ShiftReport:
    """Close a browser's till with a blind count: always accepted, a reason above a limit.

    `pieces` are typed numbers by denomination. Raises CountNotUnderstoodError,
    ReasonMissingError, CartsStillOpenError, NoOpenShiftError.
    """
    with here.db.write() as connection:
        operator = operator_of(browser)
        till = till_of(connection, browser)
        shift = shift_of(connection, till)
        left = [label for _, label in carts.filled_carts(connection, till.id)]
        if left:
            raise CartsStillOpenError(left)
        kinds, counted_rp = count_drawer(pieces)
        count = DrawerCount(counted_rp, shifts.expected_cash(connection, shift.id))
        reason = reason.strip()[:LONGEST_REASON]
        if abs(count.difference_rp) > REASON_ABOVE and not reason:
            raise ReasonMissingError(count.difference_rp)
        body = {
            "shift": shift.id,
            "counted": kinds,
            "counted_rp": count.counted_rp,
            "expected_rp": count.expected_rp,
            "difference_rp": count.difference_rp,
            "reason": reason,
            "head": _head(connection),
        }
        record(here, connection, "shift_closed", body, by=operator, till=till.id)
        backups.want(connection, "close")
        closed = _report(connection, shift.id)
        queue_document(
            connection,
            till.id,
            "Z",
            _slip(closed, words_at(connection, till.id), pieces=kinds),
            stamp(here.clock.now()),
        )
    here.bells.printing.ring()
    here.bells.upload.ring()
    here.bells.backup.ring()
    return closed


def print_so_far(here: Installation, browser: Browser) -> None:
    """Print the X report of a browser's till; raises NoOpenShiftError, NoReportPrinterError."""
    operator = operator_of(browser)
    with here.db.write() as connection:
        till = till_of(connection, browser)
        if printer_for(connection, till.id, "report") is None:
            raise NoReportPrinterError
        so_far = _report(connection, shift_of(connection, till).id)
        now = stamp(here.clock.now())
        document = _slip(so_far, words_at(connection, till.id), now, operator.name)
        queue_document(connection, till.id, "X", document, now)
    here.bells.printing.ring()


def report(here: Installation, shift_id: str) -> ShiftReport:
    """Give an X report of an open shift, or the Z report of a closed one."""
    with here.db.read() as connection:
        return _report(connection, shift_id)


def _report(connection: Connection, shift_id: str) -> ShiftReport:
    shift = shifts.shift(connection, shift_id)
    frame = catalogue.catalogue(connection)
    if shift is None or frame is None:
        raise NoOpenShiftError(shift_id[:8])
    takings = tuple(shifts.takings(connection, shift_id))
    return ShiftReport(
        shift=shift,
        till=next((till for till in catalogue.tills(connection) if till.id == shift.till), None),
        event_name=frame.event.name,
        sold=shifts.sold(connection, shift_id),
        takings=takings,
        claimed_rp=total(taking.amount_rp for taking in takings if taking.state == "claimed"),
        unpaid=tuple(unpaid(connection, shift.till)),
        closing=shifts.closing(connection, shift_id),
        tips=tuple(tips_of_shift(connection, shift_id)),
        settled=settled_cash(connection, shift_id),
    )


def _head(connection: Connection) -> str:
    current = journal.current(connection)
    if current is None:
        raise NotSetUpError
    return journal.head(connection, current).hash.hex()[:8]


def _slip(
    report: ShiftReport,
    words: PaperWords,
    now: str = "",
    by: str = "",
    pieces: Mapping[str, int] = NOTHING_COUNTED,
) -> Document:
    """Write a shift's slip; of an open one, as it is `now` and as asked for `by` somebody.

    `pieces` are what a closed one's drawer held, by denomination.
    """
    closing = report.closing
    facts = ShiftSlip(
        event=report.event_name,
        till=report.till.name if report.till else report.shift.till,
        opened_at=report.shift.opened_at,
        opened_by=report.shift.opened_by,
        until=closing.closed_at if closing else now,
        by=closing.closed_by if closing else by,
        sales=report.sold.sales,
        units=report.sold.units,
        omzet_rp=report.sold.omzet_rp,
        rounding_rp=report.sold.rounding_rp,
        refunds=report.sold.refunds,
        refunded_rp=report.sold.refunded_rp,
        discount_rp=report.sold.discount_rp,
        takings=[
            MethodTakings(one.method, one.state, one.payments, one.amount_rp, one.name)
            for one in report.takings
        ],
        float_rp=report.shift.float_rp,
        closing=Closing(
            closing.counted_rp,
            closing.expected_rp,
            closing.reason,
            closing.head,
            tuple((Rupiah(int(kind)), count) for kind, count in pieces.items()),
        )
        if closing
        else None,
        tips=[TipTakings(one.reason, one.times, one.amount_rp) for one in report.tips],
        settled=(report.settled.times, report.settled.amount_rp),
        words=words,
    )
    return shift_report(facts)
