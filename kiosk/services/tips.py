"""Change that a buyer leaves: cash in the drawer for a sale, and never part of it.

An entry of its own names the sale. What was left by mistake is undone by a counter-entry,
which takes a coordinator.
"""

from dataclasses import dataclass

from kiosk.domain.entries import Entry, Operator
from kiosk.domain.ids import IdNotUnderstoodError, as_id
from kiosk.domain.money import Rupiah, parse_rupiah, total
from kiosk.domain.sales import Sale
from kiosk.domain.shifts import NoOpenShiftError
from kiosk.domain.tips import Tip, leave, read_reason
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.recording import record
from kiosk.services.sales import sealed_sale
from kiosk.services.tills import operator_of
from kiosk.storage import sales, shifts, tips
from kiosk.storage.database import Connection
from kiosk.storage.tips import TipRow

__all__ = ["TipRow"]


class TipUnknownError(KioskError):
    """An address names change that was never left, or was undone before."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("This was undone before, or never left. Look at the sale again."))


@dataclass(frozen=True, slots=True)
class TipForm:
    """What a form says of change left, as typed; an empty `amount` is all of it.

    `reason` is empty where nothing is left.
    """

    reason: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Leavable:
    """What of a sale's change may still be left, with an id for the entry about to be made."""

    sale_id: str
    most_rp: Rupiah
    left: tuple[TipRow, ...]
    entry_id: str


def leavable(here: Installation, sale_id: str) -> Leavable:
    """Say what of a sale's change may still be left; raises SaleUnknownError.

    Nothing once its shift is closed: the money was counted without it.
    """
    with here.db.read() as connection:
        found = sealed_sale(connection, sale_id)
        left = tuple(tips.tips_of_sale(connection, sale_id))
        is_open = _is_open(connection, found.sale.shift)
    most_rp = _change_left(found.sale, left) if is_open else Rupiah(0)
    return Leavable(sale_id, most_rp, left, here.clock.new_id())


def leave_change(
    here: Installation, browser: Browser, sale_id: str, form: TipForm, entry_id: str
) -> None:
    """Keep change that a buyer leaves after paying; the same form sent again changes nothing.

    Raises SaleUnknownError, NoOpenShiftError, TipTooLargeError, TipTooSmallError,
    TipReasonError, AmountNotUnderstoodError, IdNotUnderstoodError.
    """
    operator = operator_of(browser)
    entry_id = as_id(entry_id)
    with here.db.write() as connection:
        found = sealed_sale(connection, sale_id)
        if tips.is_known(connection, entry_id):
            return
        if sales.exists(connection, entry_id):
            raise IdNotUnderstoodError(entry_id)
        left = tips.tips_of_sale(connection, sale_id)
        if not _is_open(connection, found.sale.shift):
            raise NoOpenShiftError(found.entry.till or "")
        most_rp = _change_left(found.sale, left)
        keep_tip(here, connection, (found.sale, found.entry, operator), form, most_rp, entry_id)
    here.bells.upload.ring()


def keep_tip(
    here: Installation,
    connection: Connection,
    sold: tuple[Sale, Entry, Operator],
    form: TipForm,
    most_rp: Rupiah | None = None,
    entry_id: str | None = None,
) -> None:
    """Seal what a form leaves of a sale's change, in the caller's transaction.

    Without `most_rp` it may be all of the sale's change. Raises what `leave_change` raises.
    """
    sale, entry, operator = sold
    asked_rp = parse_rupiah(form.amount) if form.amount.strip() else None
    tip = Tip(
        sale=sale.id,
        number=sale.number,
        shift=sale.shift,
        reason=read_reason(form.reason),
        amount_rp=leave(sale.change_rp if most_rp is None else most_rp, asked_rp),
    )
    record(
        here,
        connection,
        "cash_moved",
        tip.as_body(),
        by=operator,
        till=entry.till,
        entry_id=entry_id,
    )


def undo_tip(
    here: Installation, browser: Browser, sale_id: str, tip_id: str, approval: Approval
) -> None:
    """Take change out of the drawer again that a buyer did not leave after all.

    Raises TipUnknownError, NoOpenShiftError once the drawer was counted, SaleUnknownError,
    NotAllowedError, WrongPinError, MustWaitError.
    """
    operator = operator_of(browser)
    approver = approver_for(here, browser, approval)
    with here.db.write() as connection:
        found = sealed_sale(connection, sale_id)
        row = next(
            (one for one in tips.tips_of_sale(connection, sale_id) if one.entry == tip_id), None
        )
        if row is None:
            raise TipUnknownError
        if not _is_open(connection, found.sale.shift):
            raise NoOpenShiftError(found.entry.till or "")
        undone = Tip(
            sale=sale_id,
            number=found.sale.number,
            shift=found.sale.shift,
            reason=row.reason,
            amount_rp=Rupiah(-row.amount_rp),
            undoes=row.entry,
        )
        record(
            here,
            connection,
            "cash_moved",
            undone.as_body(),
            by=operator,
            approved_by=approver,
            till=found.entry.till,
        )
    here.bells.upload.ring()


def _change_left(sale: Sale, left: tuple[TipRow, ...] | list[TipRow]) -> Rupiah:
    return Rupiah(sale.change_rp - total(row.amount_rp for row in left))


def _is_open(connection: Connection, shift_id: str) -> bool:
    shift = shifts.shift(connection, shift_id)
    return shift is not None and shift.closed_at is None
