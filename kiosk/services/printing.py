"""Printing: what is queued at which printer, and the paper of a virtual one.

Queueing happens in the transaction of what is printed, so a sale and its receipt's job
are one. Moving bytes is the printer thread's business.
"""

from pathlib import Path
from typing import Any, Final

from kiosk.documents.receipts import receipt
from kiosk.domain.entries import Entry
from kiosk.domain.sales import Sale
from kiosk.errors import N_, KioskError
from kiosk.services.installation import Installation
from kiosk.services.receipt_frames import frame_of, words_at
from kiosk.storage import print_jobs, receipt_habits
from kiosk.storage.database import Connection
from kiosk.storage.print_jobs import NewJob
from kiosk.storage.printer_uses import Purpose, printer_for
from printers import elements

PAPER_FOLDER: Final = "paper"
# The address of a printer that exists only on this machine: its paper is a page of the till.
VIRTUAL: Final = "virtual:"


class PrinterUnknownError(KioskError):
    """An address names a printer or a job that is not there."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is no such printer or job. Choose one from the list."))


def queue_receipt(connection: Connection, sale: Sale, entry: Entry, at: str) -> None:
    """Queue a new sale's receipt at its till's printer, where it prints them by itself."""
    if receipt_habits.habit(connection, entry.till or "") == "always":
        queue_wanted_receipt(connection, sale, entry, at)


def queue_wanted_receipt(connection: Connection, sale: Sale, entry: Entry, at: str) -> bool:
    """Queue a receipt that was never printed at its till's printer; False if there is none."""
    printer_id = printer_for(connection, entry.till or "", "receipt")
    if printer_id is not None:
        _queue_receipt(connection, printer_id, (sale, entry), None, at)
    return printer_id is not None


def queue_copy(connection: Connection, sale: Sale, entry: Entry, at: str) -> None:
    """Queue a copy of a receipt, stamped SALINAN; raises PrinterUnknownError without a printer."""
    printer_id = printer_for(connection, entry.till or "", "receipt")
    if printer_id is None:
        raise PrinterUnknownError
    stamped = words_at(connection, entry.till or "").copy
    _queue_receipt(connection, printer_id, (sale, entry), stamped, at)


def queue_document(
    connection: Connection,
    till: str,
    title: str,
    document: elements.Document,
    at: str,
    *,
    purpose: Purpose = "report",
) -> None:
    """Queue a document at the printer its till has for the purpose, if there is one."""
    printer_id = printer_for(connection, till, purpose)
    if printer_id is not None:
        queue_at(connection, printer_id, title, document, at, purpose=purpose)


def queue_at(
    connection: Connection,
    printer_id: int,
    title: str,
    document: elements.Document,
    at: str,
    *,
    purpose: Purpose,
) -> None:
    """Queue a document at one printer, as urgent as its purpose."""
    stored = elements.to_json(document)
    job = NewJob(printer_id, title, None, purpose, stored, None, at)
    print_jobs.queue(connection, job)


def receipt_of(connection: Connection, sale: Sale, entry: Entry) -> elements.Document:
    """Write the receipt of a sale with today's frame around it."""
    return receipt(sale, frame_of(connection, entry))


def paper_log(here: Installation, printer_id: int) -> Path:
    """Give the file in which a virtual printer keeps its paper."""
    return here.folder.path / PAPER_FOLDER / f"{printer_id}.jsonl"


def paper(here: Installation, printer_id: int, after: int) -> list[dict[str, Any]]:
    """Give the pieces of a virtual printer's paper behind the first `after`."""
    from printers.simulator import read_paper  # noqa: PLC0415 - only where paper is looked at

    return list(read_paper(paper_log(here, printer_id), after))


def _queue_receipt(
    connection: Connection,
    printer_id: int,
    sold: tuple[Sale, Entry],
    stamp_text: str | None,
    at: str,
) -> None:
    sale, entry = sold
    document = elements.to_json(receipt_of(connection, sale, entry))
    job = NewJob(printer_id, sale.number, sale.id, "receipt", document, stamp_text, at)
    print_jobs.queue(connection, job)
