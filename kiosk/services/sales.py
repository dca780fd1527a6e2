"""Sales as people look at them: today's list, one sale, its receipt, and a copy of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.clock import stamp
from kiosk.domain.entries import Entry
from kiosk.domain.money import Rupiah, total
from kiosk.domain.sales import Sale
from kiosk.errors import N_, KioskError
from kiosk.services import printing
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.receipt_frames import illustrated
from kiosk.services.recording import record
from kiosk.services.tills import operator_of
from kiosk.storage import catalogue, print_jobs, refunds, sales, shifts, tips
from kiosk.storage.database import Connection
from kiosk.storage.print_jobs import JobRow
from kiosk.storage.refunds import SealedRefund
from kiosk.storage.sales import SaleRow, SealedSale
from kiosk.storage.tips import TipRow
from printers.elements import Document

__all__ = ["SaleRow", "SealedRefund"]


class SaleUnknownError(KioskError):
    """An address names a sale that is not in this installation."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is no such sale on this machine. Look for it in the list."))


@dataclass(frozen=True, slots=True)
class SaleView:
    """A sale with everything its page shows.

    `returned` are the pieces that came back so far, by line.
    """

    sale: Sale
    at: str
    cashier: str
    till: str
    stalls: dict[str, str]
    copies: int
    job: JobRow | None
    uploaded: bool
    tips: tuple[TipRow, ...]
    refunds: tuple[SealedRefund, ...] = ()
    returned: Mapping[int, int] = field(default_factory=dict)

    @property
    def change_rp(self) -> Rupiah:
        """The cash to hand to the buyer: the change less what was left of it."""
        return Rupiah(self.sale.change_rp - total(tip.amount_rp for tip in self.tips))

    @property
    def is_all_back(self) -> bool:
        """Whether nothing is left that could come back."""
        return all(self.returned.get(line.n, 0) >= line.qty for line in self.sale.lines)


def sale(here: Installation, sale_id: str) -> SaleView:
    """Give one sale; raises SaleUnknownError."""
    with here.db.read() as connection:
        return replace(
            _view(connection, sealed_sale(connection, sale_id)),
            refunds=tuple(refunds.refunds_of_sale(connection, sale_id)),
            returned=refunds.returned(connection, sale_id),
        )


def new_sale(connection: Connection, made: Sale, entry: Entry) -> SaleView:
    """Give a sale in the transaction that seals it: nothing of it was sent or came back yet."""
    return _view(connection, SealedSale(made, entry, uploaded=False, copies=0))


def todays_sales(here: Installation, till_id: str) -> list[SaleRow]:
    """List the sales of a till's open shift, newest first; none while it is closed."""
    with here.db.read() as connection:
        shift = shifts.open_shift(connection, till_id)
        return sales.sales_of_shift(connection, shift.id) if shift else []


def receipt(here: Installation, sale_id: str) -> Document:
    """Give a sale's receipt for the screen; raises SaleUnknownError."""
    with here.db.read() as connection:
        found = sealed_sale(connection, sale_id)
        return illustrated(connection, printing.receipt_of(connection, found.sale, found.entry))


def reprint(here: Installation, browser: Browser, sale_id: str, approval: Approval) -> None:
    """Print a copy of a receipt, stamped SALINAN and kept in the journal.

    Raises NotAllowedError, WrongPinError and MustWaitError where it is not approved.
    """
    operator = operator_of(browser)
    approver = approver_for(here, browser, approval)
    with here.db.write() as connection:
        found = sealed_sale(connection, sale_id)
        printing.queue_copy(connection, found.sale, found.entry, stamp(here.clock.now()))
        record(
            here,
            connection,
            "reprinted",
            {"sale": sale_id, "number": found.sale.number},
            by=operator,
            approved_by=approver,
            till=found.entry.till,
        )
    here.bells.printing.ring()
    here.bells.upload.ring()


def sealed_sale(connection: Connection, sale_id: str) -> SealedSale:
    """Give a sale of this installation as it was sealed; raises SaleUnknownError."""
    found = sales.sale(connection, sale_id)
    if found is None:
        raise SaleUnknownError
    return found


def _view(connection: Connection, sealed: SealedSale) -> SaleView:
    """Give a sale with what its page shows, but for what came back of it."""
    entry = sealed.entry
    return SaleView(
        sale=sealed.sale,
        at=entry.at,
        cashier=entry.by.name if entry.by else "",
        till=entry.till or "",
        stalls={stall.id: stall.name for stall in catalogue.stalls(connection).values()},
        copies=sealed.copies,
        job=print_jobs.last_of_sale(connection, sealed.sale.id),
        uploaded=sealed.uploaded,
        tips=tuple(tips.tips_of_sale(connection, sealed.sale.id)),
    )
