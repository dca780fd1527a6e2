"""Printing as people see it: printers, their jobs, and the one question a job may ask.

Queueing happens in the transaction of what is printed, so a sale and its receipt's job
are one. Moving bytes is the printer thread's business.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.clock import stamp
from kiosk.documents.receipts import ReceiptFrame, receipt
from kiosk.domain.entries import Entry
from kiosk.domain.sales import Sale
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.recording import NotSetUpError
from kiosk.services.tills import operator_of
from kiosk.storage import catalogue, print_jobs, printers
from kiosk.storage.database import Connection
from kiosk.storage.print_jobs import JobRow, Move, NewJob
from printers import elements, profiles
from printers.errors import BadAddressError, UnknownProfileError
from printers.transports import transport_for

# The waiting customer first, then reports and test pages.
RECEIPT_FIRST: Final = 1
REPORT_LATER: Final = 3
COPY_STAMP: Final = "SALINAN"
LONGEST_NAME: Final = 40
MOST_JOBS_SHOWN: Final = 50
PAPER_FOLDER: Final = "paper"
# The address of a printer that exists only on this machine: its paper is a page of the till.
VIRTUAL: Final = "virtual:"


class PrinterUnknownError(KioskError):
    """An address names a printer or a job that is not there."""

    status = 404

    def __init__(self) -> None:
        super().__init__(N_("There is no such printer or job. Choose one from the list."))


class PrinterSettingsError(KioskError):
    """A printer's form does not fit; the fact says which field and why."""

    def __init__(self, fact: str) -> None:
        self.fact = fact
        super().__init__(N_("This printer cannot be kept: %(fact)s."), fact=fact)


class JobMovedOnError(KioskError):
    """Somebody else answered first, or the job is no longer in question."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("This job has moved on meanwhile. Look at the list again."))


@dataclass(frozen=True, slots=True)
class PrinterView:
    """A printer with what waits for it and what it asks a person."""

    id: int
    name: str
    address: str
    profile: str
    state: str
    fact: str
    tills: tuple[str, ...]
    waiting: int
    unsure: tuple[JobRow, ...]
    is_virtual: bool


def all_printers(here: Installation) -> list[PrinterView]:
    """List the printers."""
    with here.db.read() as connection:
        return [_view(here, connection, row) for row in printers.printers(connection)]


def printer(here: Installation, printer_id: int) -> PrinterView:
    """Give one printer; raises PrinterUnknownError."""
    with here.db.read() as connection:
        row = printers.printer(connection, printer_id)
        if row is None:
            raise PrinterUnknownError
        return _view(here, connection, row)


def printer_for(here: Installation, till_id: str) -> PrinterView | None:
    """Give the printer a till's receipts come out of."""
    with here.db.read() as connection:
        printer_id = printers.printer_of_till(connection, till_id)
    return None if printer_id is None else printer(here, printer_id)


@dataclass(frozen=True, slots=True)
class PrinterForm:
    """A printer's form as typed."""

    name: str
    address: str
    profile: str
    tills: tuple[str, ...]


def keep_printer(
    here: Installation, browser: Browser, printer_id: int | None, form: PrinterForm
) -> int:
    """Add a printer, or change one; raises PrinterSettingsError, PrinterUnknownError."""
    operator_of(browser)
    name = form.name.strip()
    _check(form, name)
    with here.db.write() as connection:
        others = {row.name for row in printers.printers(connection) if row.id != printer_id}
        if name in others:
            raise PrinterSettingsError(N_("another printer has this name"))
        if printer_id is None:
            printer_id = printers.add(connection, name, form.address.strip(), form.profile)
        elif printers.printer(connection, printer_id) is None:
            raise PrinterUnknownError
        else:
            printers.change(connection, printer_id, name, form.address.strip(), form.profile)
        known = {till.id for till in catalogue.tills(connection)}
        printers.assign(connection, printer_id, [till for till in form.tills if till in known])
    here.bells.printing.ring()
    return printer_id


def print_test_page(here: Installation, printer_id: int) -> None:
    """Queue a test page; raises PrinterUnknownError."""
    from printers.testpage import page  # noqa: PLC0415 - a page a day needs no place in memory

    with here.db.write() as connection:
        row = printers.printer(connection, printer_id)
        if row is None:
            raise PrinterUnknownError
        document = page(profiles.profile(row.profile), row.name)
        _queue(connection, printer_id, N_("Test page"), document, here)
    here.bells.printing.ring()


def queue_receipt(connection: Connection, sale: Sale, entry: Entry, at: str) -> None:
    """Queue a sale's receipt at its till's printer, if it has one."""
    printer_id = printers.printer_of_till(connection, entry.till or "")
    if printer_id is not None:
        _queue_receipt(connection, printer_id, (sale, entry), None, at)


def queue_copy(connection: Connection, sale: Sale, entry: Entry, at: str) -> None:
    """Queue a copy of a receipt, stamped SALINAN; raises PrinterUnknownError without a printer."""
    printer_id = printers.printer_of_till(connection, entry.till or "")
    if printer_id is None:
        raise PrinterUnknownError
    _queue_receipt(connection, printer_id, (sale, entry), COPY_STAMP, at)


def queue_document(
    connection: Connection,
    till: str,
    title: str,
    document: elements.Document,
    at: str,
    *,
    priority: int = REPORT_LATER,
) -> None:
    """Queue a report or a slip at a till's printer, if it has one."""
    printer_id = printers.printer_of_till(connection, till)
    if printer_id is not None:
        stored = elements.to_json(document)
        job = NewJob(printer_id, title, None, priority, stored, None, at)
        print_jobs.queue(connection, job)


def receipt_of(connection: Connection, sale: Sale, entry: Entry) -> elements.Document:
    """Write the receipt of a sale with today's frame around it."""
    return receipt(sale, frame_of(connection, entry))


def frame_of(connection: Connection, entry: Entry) -> ReceiptFrame:
    """Give what stands around an entry's slip: today's bazaar, who made it and when."""
    frame = catalogue.catalogue(connection)
    if frame is None:
        raise NotSetUpError
    stalls = catalogue.stalls(connection)
    return ReceiptFrame(
        event=frame.event.name,
        place=frame.event.place,
        header=frame.header,
        footer=frame.footer,
        stalls={stall.id: stall.name for stall in stalls.values()},
        cashier=entry.by.name if entry.by else "",
        at=entry.at,
    )


def jobs(here: Installation, printer_id: int) -> list[JobRow]:
    """List a printer's newest jobs."""
    with here.db.read() as connection:
        return print_jobs.jobs_of_printer(connection, printer_id, MOST_JOBS_SHOWN)


def came_out(here: Installation, job_id: int) -> None:
    """Take a person's word that an unsure job is on paper."""
    _move(here, job_id, Move("unsure", "printed", N_("seen by a person")))


def print_again(here: Installation, job_id: int) -> None:
    """Print an unsure job once more, stamped SALINAN: the first may yet be on paper."""
    _move(here, job_id, Move("unsure", "waiting", N_("printed again"), stamp=COPY_STAMP))


def cancel_job(here: Installation, job_id: int) -> None:
    """Let go of a job that still waits; its sale can be reprinted at any time."""
    _move(here, job_id, Move("waiting", "dropped", N_("dropped by a person")))


def paper_log(here: Installation, printer_id: int) -> Path:
    """Give the file in which a virtual printer keeps its paper."""
    return here.folder.path / PAPER_FOLDER / f"{printer_id}.jsonl"


def paper(here: Installation, printer_id: int, after: int) -> list[dict[str, Any]]:
    """Give the pieces of a virtual printer's paper behind the first `after`."""
    from printers.simulator import read_paper  # noqa: PLC0415 - only where paper is looked at

    return list(read_paper(paper_log(here, printer_id), after))


def _view(here: Installation, connection: Connection, row: printers.PrinterRow) -> PrinterView:
    return PrinterView(
        id=row.id,
        name=row.name,
        address=row.address,
        profile=row.profile,
        state=row.state,
        fact=row.fact,
        tills=tuple(printers.tills_of_printer(connection, row.id)),
        waiting=print_jobs.count_waiting(connection, row.id),
        unsure=tuple(print_jobs.jobs_in_state(connection, row.id, "unsure")),
        is_virtual=row.address == VIRTUAL or paper_log(here, row.id).exists(),
    )


def _check(form: PrinterForm, name: str) -> None:
    if not 1 <= len(name) <= LONGEST_NAME:
        raise PrinterSettingsError(N_("give it a name of at most 40 letters"))
    try:
        profiles.profile(form.profile)
        if form.address.strip() != VIRTUAL:
            transport_for(form.address.strip())
    except UnknownProfileError:
        raise PrinterSettingsError(N_("choose what it is like from the list")) from None
    except BadAddressError:
        raise PrinterSettingsError(
            N_("its address looks like tcp://127.0.0.1:9100, device:///dev/usb/lp0 or virtual:")
        ) from None


def _queue(
    connection: Connection,
    printer_id: int,
    title: str,
    document: elements.Document,
    here: Installation,
) -> None:
    job = NewJob(
        printer_id,
        title,
        None,
        REPORT_LATER,
        elements.to_json(document),
        None,
        stamp(here.clock.now()),
    )
    print_jobs.queue(connection, job)


def _queue_receipt(
    connection: Connection,
    printer_id: int,
    sold: tuple[Sale, Entry],
    stamp_text: str | None,
    at: str,
) -> None:
    sale, entry = sold
    document = elements.to_json(receipt_of(connection, sale, entry))
    job = NewJob(printer_id, sale.number, sale.id, RECEIPT_FIRST, document, stamp_text, at)
    print_jobs.queue(connection, job)


def _move(here: Installation, job_id: int, move: Move) -> None:
    with here.db.write() as connection:
        if print_jobs.job(connection, job_id) is None:
            raise PrinterUnknownError
        if not print_jobs.move(connection, job_id, move, stamp(here.clock.now())):
            raise JobMovedOnError
    here.bells.printing.ring()
