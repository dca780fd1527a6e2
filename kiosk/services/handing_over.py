"""Jobs for the RawBT app on an Android tablet: a person's tap hands each over.

The app never says what became of a job. So it counts as handed over, not as printed, until
somebody says that it came out, or prints it again as a copy.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.clock import stamp
from kiosk.errors import N_, KioskError
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.print_queue import JobMovedOnError
from kiosk.services.printers import printer_row
from kiosk.services.printing import PrinterUnknownError
from kiosk.services.receipt_frames import illustrated_json
from kiosk.services.tills import operator_of
from kiosk.storage import print_jobs, printer_profiles, rolls
from kiosk.storage.database import Connection
from kiosk.storage.print_jobs import JobRow, JobTitle, Sending
from printers.errors import PrinterError
from printers.profiles import Profile
from printers.transports import RAWBT, intent_link

if TYPE_CHECKING:
    from printers.rendering import Rendered


class NotPrintableError(KioskError):
    """A document that no printer of this kind can print."""

    def __init__(self, fact: str) -> None:
        super().__init__(N_("This can never be printed here: %(fact)s"), fact=fact)


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """The jobs of a RawBT printer: those that wait for a tap, and those that were handed over."""

    waiting: tuple[JobTitle, ...] = ()
    handed_over: tuple[JobTitle, ...] = ()


def to_hand_over(here: Installation, printer_id: int, address: str) -> ToHandOver:
    """Give what a RawBT printer's page asks for; nothing for any other printer."""
    if address != RAWBT:
        return ToHandOver()
    with here.db.read() as connection:
        return ToHandOver(
            tuple(print_jobs.jobs_in_state(connection, printer_id, "waiting")),
            tuple(print_jobs.jobs_in_state(connection, printer_id, "handed_over")),
        )


def hand_over(here: Installation, browser: Browser, job_id: int) -> None:
    """Commit a waiting job as handed over, with its bytes, before the app gets them.

    Raises NotSignedInError, PrinterUnknownError, JobMovedOnError, NotPrintableError.
    """
    operator_of(browser)
    with here.db.write() as connection:
        job, kind = _job_of_rawbt(connection, job_id)
        at = stamp(here.clock.now())
        try:
            rendered = _rendered(connection, job, kind)
        except PrinterError as error:
            raise NotPrintableError(str(error)) from error
        sending = Sending(job.printer, rendered.payload, rendered.paper_rows)
        if not print_jobs.begin(connection, job_id, sending, at, state="handed_over"):
            raise JobMovedOnError
        rolls.count_job(connection, job_id)


def link_of(here: Installation, job_id: int) -> tuple[JobRow, str]:
    """Give a handed-over job and the link that opens it in the app.

    Raises PrinterUnknownError, JobMovedOnError where somebody has answered for it already.
    """
    with here.db.read() as connection:
        job, _ = _job_of_rawbt(connection, job_id)
        payload = print_jobs.payload_of(connection, job_id)
    if job.state != "handed_over" or payload is None:
        raise JobMovedOnError
    return job, intent_link(payload)


def _job_of_rawbt(connection: Connection, job_id: int) -> tuple[JobRow, Profile]:
    job = print_jobs.job(connection, job_id)
    if job is None:
        raise PrinterUnknownError
    row = printer_row(connection, job.printer)
    if row.address != RAWBT:
        raise PrinterUnknownError
    return job, printer_profiles.profile(connection, row.profile)


def _rendered(connection: Connection, job: JobRow, kind: Profile) -> "Rendered":
    """Give a job as it goes out; raises PrinterError where it never can."""
    from printers.rendering import render  # noqa: PLC0415 - the driver loads where it is needed

    return render(illustrated_json(connection, job.document), job.stamp, kind)
