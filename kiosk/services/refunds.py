"""Voids and returns: money paid back, in one durable transaction with its journal entry.

A refund is an entry of its own; the sale stays as it was sealed. The cash comes out of the
open shift of the till it is pressed at, whichever of the installation's tills sold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kiosk.clock import stamp
from kiosk.documents.refunds import RefundFrame, refund_slip
from kiosk.domain.catalogue import Till
from kiosk.domain.entries import Entry, Operator
from kiosk.domain.ids import IdNotUnderstoodError, as_id
from kiosk.domain.lines import parse_quantity
from kiosk.domain.refunds import ComingBack, Refund, take_back, take_back_all
from kiosk.domain.sales import Sale, SaleLine
from kiosk.domain.shifts import Shift
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.orders import queue_cancelled_slips
from kiosk.services.printing import queue_document
from kiosk.services.receipt_frames import frame_of
from kiosk.services.recording import record
from kiosk.services.sales import sealed_sale
from kiosk.services.second_copy import await_copied
from kiosk.services.tills import operator_of, shift_of, till_of
from kiosk.storage import catalogue, refunds, sales
from kiosk.storage.database import Connection
from kiosk.storage.sales import SealedSale

LONGEST_REASON: Final = 200


@dataclass(frozen=True, slots=True)
class RefundForm:
    """What a refund's form says, as typed; `id` was made when the form was shown.

    `pieces` are quantities by line; a void has none, it takes all.
    """

    id: str
    reason: str
    approval: Approval = field(default_factory=Approval)
    pieces: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LineLeft:
    """A line of a sale, and how much of it is still with the buyer."""

    line: SaleLine
    left: int


@dataclass(frozen=True, slots=True)
class Refundable:
    """A sale whose money may go back, with an id for the refund about to be made."""

    sale: Sale
    lines: tuple[LineLeft, ...]
    refund_id: str


def refundable(here: Installation, browser: Browser, sale_id: str) -> Refundable:
    """Say what of a sale can still come back.

    Raises SaleUnknownError, and NoOpenShiftError where this till has no drawer to pay from.
    """
    with here.db.read() as connection:
        sale = sealed_sale(connection, sale_id).sale
        shift_of(connection, till_of(connection, browser))
        before = refunds.returned(connection, sale_id)
    lines = tuple(LineLeft(line, line.qty - before.get(line.n, 0)) for line in sale.lines)
    return Refundable(sale, lines, here.clock.new_id())


def money_of_void(here: Installation, sale_id: str) -> ComingBack:
    """Compute what voiding a sale pays back; raises what `void` raises, and changes nothing."""
    with here.db.read() as connection:
        sale = sealed_sale(connection, sale_id).sale
        return take_back_all(sale, refunds.came_back(connection, sale_id))


def money_of_lines(here: Installation, sale_id: str, pieces: Mapping[int, str]) -> ComingBack:
    """Compute what typed `pieces` by line pay back; raises what `refund_lines` raises."""
    with here.db.read() as connection:
        return _lines_back(connection, sealed_sale(connection, sale_id).sale, pieces)


def void(here: Installation, browser: Browser, sale_id: str, form: RefundForm) -> None:
    """Take a whole sale back; the same form sent again changes nothing.

    Raises KioskErrors for everything a person can put right; then nothing has changed.
    """
    _pay_back(here, browser, sale_id, form, "void")


def refund_lines(here: Installation, browser: Browser, sale_id: str, form: RefundForm) -> None:
    """Take some pieces of a sale back; the same form sent again changes nothing.

    Raises KioskErrors for everything a person can put right; then nothing has changed.
    """
    _pay_back(here, browser, sale_id, form, "refund")


def _pay_back(
    here: Installation, browser: Browser, sale_id: str, form: RefundForm, kind: str
) -> None:
    operator = operator_of(browser)
    if _is_made(here, as_id(form.id), sale_id):
        return
    approver = approver_for(here, browser, form.approval)
    with here.db.write() as connection:
        # Asked once more now that nobody else writes: the same form may be here twice.
        if refunds.sale_of(connection, form.id):
            return
        sold = sealed_sale(connection, sale_id)
        till = till_of(connection, browser)
        refund = _refund(connection, sold.sale, shift_of(connection, till), form, kind)
        entry = record(
            here,
            connection,
            "refund",
            refund.as_body(),
            by=operator,
            approved_by=approver,
            till=till.id,
            entry_id=refund.id,
        )
        _queue_slip(here, connection, till, (refund, entry), sold)
    here.bells.printing.ring()
    here.bells.upload.ring()
    await_copied(here)


def _is_made(here: Installation, refund_id: str, sale_id: str) -> bool:
    """Say whether this form was sent before; raises IdNotUnderstoodError for another's id."""
    with here.db.read() as connection:
        made_of = refunds.sale_of(connection, refund_id)
        if made_of not in (None, sale_id) or sales.exists(connection, refund_id):
            raise IdNotUnderstoodError(refund_id)
    return made_of is not None


def _refund(
    connection: Connection, sale: Sale, shift: Shift, form: RefundForm, kind: str
) -> Refund:
    back = (
        take_back_all(sale, refunds.came_back(connection, sale.id))
        if kind == "void"
        else _lines_back(connection, sale, form.pieces)
    )
    return Refund(
        id=form.id,
        kind=kind,
        sale=sale.id,
        sale_journal=refunds.journal_of_sale(connection, sale.id),
        number=sale.number,
        event=sale.event,
        shift=shift.id,
        reason=form.reason.strip()[:LONGEST_REASON],
        back=back,
    )


def _lines_back(connection: Connection, sale: Sale, pieces: Mapping[int, str]) -> ComingBack:
    """Compute what typed `pieces` bring, in cash as this event rounds it."""
    frame = catalogue.catalogue(connection)
    step_rp = frame.event.cash_rounding_rp if frame else 0
    before = refunds.came_back(connection, sale.id)
    return take_back(sale, before, _read_pieces(sale, pieces), step_rp)


def _read_pieces(sale: Sale, pieces: Mapping[int, str]) -> dict[int, int]:
    """Read typed quantities by line, empty is none; raises QuantityError."""
    return {
        line.n: parse_quantity(typed, line.unit)
        for line in sale.lines
        if (typed := pieces.get(line.n, "").strip())
    }


def _queue_slip(
    here: Installation,
    connection: Connection,
    till: Till,
    made: tuple[Refund, Entry],
    sold: SealedSale,
) -> None:
    """Queue the slip at the printer of the till that pays back."""
    refund, entry = made
    frame = RefundFrame(
        receipt=frame_of(connection, entry),
        sold_at=sold.entry.at,
        approver=_name(entry.approved_by),
    )
    slip = refund_slip(refund, sold.sale, frame)
    at = stamp(here.clock.now())
    queue_document(connection, till.id, refund.number, slip, at, purpose="receipt")
    queue_cancelled_slips(connection, sold.sale, refund, entry, at)


def _name(operator: Operator | None) -> str:
    return operator.name if operator else ""
