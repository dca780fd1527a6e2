"""A printer's queue as people see it: what waits, what is asked, and what they answer.

Every answer names the jobs it was given for, so that nobody answers for a job that came up
meanwhile. Moving bytes is the printer thread's business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.clock import stamp
from kiosk.errors import N_, KioskError, Message
from kiosk.services.browsers import Browser
from kiosk.services.installation import Installation
from kiosk.services.printing import PrinterUnknownError
from kiosk.services.receipt_frames import illustrated, words_at
from kiosk.services.tills import operator_of
from kiosk.storage import print_history, print_jobs, sales
from kiosk.storage.database import Connection
from kiosk.storage.print_history import NEWEST, MoveRow
from kiosk.storage.print_jobs import PRIORITIES, JobRow, JobTitle, Move
from printers.elements import Document, from_json
from printers.errors import BadDocumentError

MOST_JOBS_SHOWN: Final = 50

Answer = Literal["came-out", "again", "print", "skip", "cancel"]


class JobMovedOnError(KioskError):
    """Somebody else answered first, or the job is no longer in question."""

    status = 409

    def __init__(self) -> None:
        super().__init__(N_("This job has moved on meanwhile. Look at the list again."))


@dataclass(frozen=True, slots=True)
class _Rule:
    """What an answer does to jobs in which states; `repeats` stamps it as a copy.

    Receipts without anybody waiting for them stand behind those of the buyers who do.
    """

    after: str
    states: tuple[str, ...]
    reason: Message
    repeats: bool = False
    priority: int | None = None


ANSWERS: Final[Mapping[Answer, _Rule]] = {
    "came-out": _Rule("printed", ("unsure", "handed_over"), N_("seen by a person")),
    "again": _Rule("waiting", ("unsure", "handed_over"), N_("printed again"), repeats=True),
    "print": _Rule(
        "waiting", ("held", "dropped"), N_("printed after all"), priority=PRIORITIES["report"]
    ),
    "skip": _Rule("dropped", ("held",), N_("dropped by a person")),
    "cancel": _Rule("dropped", ("waiting", "held"), N_("dropped by a person")),
}
"""*came-out* and *again* answer whether a job is on paper; the others decide about jobs
that surely are not. Who skips what was held drops nothing that somebody else has printed."""


def jobs(here: Installation, printer_id: int) -> list[JobRow]:
    """List a printer's newest jobs."""
    with here.db.read() as connection:
        return print_jobs.jobs_of_printer(connection, printer_id, MOST_JOBS_SHOWN)


def waiting(here: Installation, printer_id: int) -> list[JobTitle]:
    """List every job that waits for a printer."""
    with here.db.read() as connection:
        return print_jobs.jobs_in_state(connection, printer_id, "waiting")


def history(here: Installation, printer_id: int, text: str, before: int | None) -> list[JobRow]:
    """List a printer's jobs whose title holds `text`, newest first, from below job `before`."""
    with here.db.read() as connection:
        return print_history.find_jobs(
            connection, printer_id, text.strip(), before or NEWEST, MOST_JOBS_SHOWN
        )


@dataclass(frozen=True, slots=True)
class JobStory:
    """A job, what happened to it, and what it puts on paper; None where that cannot be read."""

    job: JobRow
    moves: tuple[MoveRow, ...]
    document: Document | None


def story(here: Installation, job_id: int) -> JobStory:
    """Tell all about one job; raises PrinterUnknownError."""
    with here.db.read() as connection:
        row = print_jobs.job(connection, job_id)
        if row is None:
            raise PrinterUnknownError
        moves = tuple(print_history.moves_of_job(connection, job_id))
        document = _document_of(connection, row)
    return JobStory(row, moves, document)


def answer(here: Installation, browser: Browser, job_ids: Sequence[int], said: Answer) -> int:
    """Give one answer for some jobs; how many it moved.

    Those that have moved on meanwhile are left alone. Raises PrinterUnknownError for a job
    that is not there, and JobMovedOnError where none is in question any more.
    """
    rule, person = ANSWERS[said], operator_of(browser).name
    with here.db.write() as connection:
        moved = sum(_answered(here, connection, job_id, rule, person) for job_id in job_ids)
        if not moved:
            raise JobMovedOnError
    here.bells.printing.ring()
    return moved


def _document_of(connection: Connection, row: JobRow) -> Document | None:
    try:
        document = illustrated(connection, from_json(row.document))
    except BadDocumentError:
        return None
    return document if row.stamp is None else document.stamped(row.stamp)


def _answered(
    here: Installation, connection: Connection, job_id: int, rule: _Rule, person: str
) -> bool:
    row = print_jobs.job(connection, job_id)
    if row is None:
        raise PrinterUnknownError
    if row.state not in rule.states:
        return False
    moved = Move(
        row.state,
        rule.after,
        rule.reason,
        stamp=_copy_stamp(connection, row) if rule.repeats else None,
        priority=rule.priority,
        answered_by=person,
    )
    return print_jobs.move(connection, job_id, moved, stamp(here.clock.now()))


def _copy_stamp(connection: Connection, row: JobRow) -> str:
    """Give the word for a copy in the language of its receipt's till, else in the event's."""
    sold = sales.sale(connection, row.sale) if row.sale else None
    return words_at(connection, (sold and sold.entry.till) or "").copy
