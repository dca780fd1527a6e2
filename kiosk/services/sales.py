"""Sales as people look at them: today's list, one sale, its receipt, and a copy of it."""

from dataclasses import dataclass

from kiosk.clock import stamp
from kiosk.domain.operators import NotAllowedError
from kiosk.domain.sales import Sale
from kiosk.errors import N_, KioskError
from kiosk.services import printing
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.recording import record
from kiosk.services.tills import operator_of
from kiosk.storage import catalogue, print_jobs, sales, shifts
from kiosk.storage.print_jobs import JobRow
from kiosk.storage.sales import SaleRow, SealedSale
from printers.elements import Document

__all__ = ["SaleRow"]


class SaleUnknownError(KioskError):
    """An address names a sale that is not in this installation."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is no such sale on this machine. Look for it in the list."))


@dataclass(frozen=True, slots=True)
class SaleView:
    """A sale with everything its page shows."""

    sale: Sale
    at: str
    cashier: str
    till: str
    stalls: dict[str, str]
    copies: int
    job: JobRow | None
    uploaded: bool


def sale(here: Installation, sale_id: str) -> SaleView:
    """Give one sale; raises SaleUnknownError."""
    with here.db.read() as connection:
        found = _sale(connection, sale_id)
        return SaleView(
            sale=found.sale,
            at=found.entry.at,
            cashier=found.entry.by.name if found.entry.by else "",
            till=found.entry.till or "",
            stalls={stall.id: stall.name for stall in catalogue.stalls(connection).values()},
            copies=found.copies,
            job=print_jobs.last_of_sale(connection, sale_id),
            uploaded=found.uploaded,
        )


def todays_sales(here: Installation, till_id: str) -> list[SaleRow]:
    """List the sales of a till's open shift, newest first; none while it is closed."""
    with here.db.read() as connection:
        shift = shifts.open_shift(connection, till_id)
        return sales.sales_of_shift(connection, shift.id) if shift else []


def receipt(here: Installation, sale_id: str) -> Document:
    """Give a sale's receipt for the screen; raises SaleUnknownError."""
    with here.db.read() as connection:
        found = _sale(connection, sale_id)
        return printing.receipt_of(connection, found.sale, found.entry)


def reprint(here: Installation, browser: Browser, sale_id: str) -> None:
    """Print a copy of a receipt, stamped SALINAN and kept in the journal.

    Raises NotAllowedError unless a coordinator or organiser is signed in.
    """
    operator = operator_of(browser)
    if browser.operator is None or not browser.operator.approves:
        raise NotAllowedError
    with here.db.write() as connection:
        found = _sale(connection, sale_id)
        printing.queue_copy(connection, found.sale, found.entry, stamp(here.clock.now()))
        record(
            here,
            connection,
            "reprinted",
            {"sale": sale_id, "number": found.sale.number},
            by=operator,
            till=found.entry.till,
        )
    here.bells.printing.ring()
    here.bells.upload.ring()


def _sale(connection: object, sale_id: str) -> SealedSale:
    found = sales.sale(connection, sale_id)
    if found is None:
        raise SaleUnknownError
    return found
