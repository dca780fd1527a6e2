"""What a printer asks a person in the top bar: one question, answered in one tap.

What may be on paper comes first, for its buyer may still stand there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from kiosk.services.print_queue import Answer
from kiosk.services.printers import PrinterView
from kiosk.storage.print_jobs import JobTitle
from kiosk.web import words


@dataclass(frozen=True, slots=True)
class Question:
    """A question about some jobs; `jobs` are their numbers, `answers` what a button says."""

    text: str
    jobs: str
    answers: tuple[tuple[str, Answer], ...]


def question_of(printer: PrinterView) -> Question | None:
    """Give what a printer asks now, or None."""
    if len(printer.unsure) == 1:
        text = _("Did %(title)s come out?", title=_(printer.unsure[0].title))
        return Question(text, numbers(printer.unsure), ((_("Yes"), "came-out"), (_("No"), "again")))
    if printer.unsure:
        count = len(printer.unsure)
        text = ngettext("Did %(num)d come out?", "Did all %(num)d come out?", count)
        return Question(text, numbers(printer.unsure), ((_("Yes, all"), "came-out"),))
    # While it does not work, that is what the bar says.
    if printer.held and words.of_printer(printer.state).tone != "bad":
        text = ngettext("%(num)d old receipt", "%(num)d old receipts", len(printer.held))
        answers: tuple[tuple[str, Answer], ...] = ((_("Print"), "print"), (_("Skip"), "skip"))
        return Question(text, numbers(printer.held), answers)
    return None


def numbers(jobs: Iterable[JobTitle]) -> str:
    """Write the numbers of some jobs as a form carries them."""
    return " ".join(str(job.id) for job in jobs)
