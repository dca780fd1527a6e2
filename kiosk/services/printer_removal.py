"""Sending one printer's jobs to another, and taking a printer away.

Only what is surely not on paper goes elsewhere. A job in doubt stays where a person can
look at the paper, and is answered there.
"""

from kiosk.clock import stamp
from kiosk.errors import N_, KioskError
from kiosk.services.approvals import Approval, approver_for
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.printers import printer_row
from kiosk.storage import print_jobs, printers
from kiosk.storage.database import Connection
from kiosk.storage.print_jobs import Move

DROP = "drop"
# More of them number no printer.
_DIGITS = 15
_NOT_SENT = ("waiting", "held")
_IN_DOUBT = ("printing", "unsure", "handed_over")


class JobsLeftError(KioskError):
    """A printer with jobs that wait is taken away without a word on what becomes of them."""

    status = 409

    def __init__(self, waiting: int) -> None:
        super().__init__(
            N_("Jobs still wait here: %(waiting)d. Send them to another printer, or drop them."),
            waiting=waiting,
        )


class JobsInDoubtError(KioskError):
    """A printer is taken away while it prints, or while somebody must look at its paper."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("A job here is printing or in doubt. Say first whether it came out."))


class SamePrinterError(KioskError):
    """Jobs are sent from a printer to itself."""

    def __init__(self) -> None:
        super().__init__(N_("Choose another printer for these jobs."))


def reroute(
    here: Installation, browser: Browser, printer_id: int, other_id: int, approval: Approval
) -> int:
    """Send what surely waits for one printer to another; gives how many jobs that were.

    Takes a coordinator. Raises SamePrinterError, PrinterUnknownError and what `approver_for`
    raises.
    """
    approver_for(here, browser, approval)
    with here.db.write() as connection:
        moved = _reroute(connection, printer_id, other_id)
    here.bells.printing.ring()
    return moved


def remove_printer(
    here: Installation, browser: Browser, printer_id: int, waiting: str, approval: Approval
) -> None:
    """Take a printer away; its history stays. Takes a coordinator.

    `waiting` says what becomes of the jobs that wait: another printer's number, `drop`, or
    nothing where none waits. Raises JobsLeftError, JobsInDoubtError, SamePrinterError,
    PrinterUnknownError and what `approver_for` raises.
    """
    approver_for(here, browser, approval)
    at = stamp(here.clock.now())
    with here.db.write() as connection:
        printer_row(connection, printer_id)
        if any(print_jobs.count_in_state(connection, printer_id, state) for state in _IN_DOUBT):
            raise JobsInDoubtError
        if waiting.isdecimal() and len(waiting) <= _DIGITS:
            _reroute(connection, printer_id, int(waiting))
        elif waiting == DROP:
            _drop(connection, printer_id, at)
        elif left := _count(connection, printer_id):
            raise JobsLeftError(left)
        printers.remove(connection, printer_id, at)
    here.bells.printing.ring()


def _reroute(connection: Connection, printer_id: int, other_id: int) -> int:
    if printer_id == other_id:
        raise SamePrinterError
    for one in (printer_id, other_id):
        printer_row(connection, one)
    return print_jobs.send_elsewhere(connection, printer_id, other_id)


def _drop(connection: Connection, printer_id: int, at: str) -> None:
    for state in _NOT_SENT:
        for job in print_jobs.jobs_in_state(connection, printer_id, state):
            dropped = Move(state, "dropped", N_("its printer was taken away"))
            print_jobs.move(connection, job.id, dropped, at)


def _count(connection: Connection, printer_id: int) -> int:
    return sum(print_jobs.count_in_state(connection, printer_id, state) for state in _NOT_SENT)
