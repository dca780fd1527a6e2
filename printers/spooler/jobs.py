"""Print jobs as the spooler sees them: their states, and what it asks of whoever keeps them."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, Protocol

PRINT_JOB_STATES: Final[Mapping[str, AbstractSet[str]]] = {
    "waiting": {"printing", "handed_over", "held", "failed", "dropped"},
    "printing": {"printed", "waiting", "unsure", "failed"},
    "handed_over": {"printed", "waiting"},
    "unsure": {"printed", "waiting"},
    "held": {"waiting", "dropped"},
    "printed": frozenset(),
    "failed": frozenset(),
    "dropped": {"waiting"},
}
"""Which state may follow which.

*waiting*: surely nothing is on paper. *printing*: bytes may go out. *unsure*: some went out
and the printer did not confirm; only a person moves it on, to *printed*, or to *waiting* with
a stamp. *handed_over*: another app on the tablet has it and never says what became of it; a
person moves it on as from *unsure*. *held*: its buyer has gone; a person prints it or drops it.
*failed*: it can never be printed. *dropped*: surely nothing of it is on paper, and a person may
still have it printed. A printed job is printed again by a new job.
"""


def may_move(old: str, new: str) -> bool:
    """Whether a job may go from one state to the other."""
    return new in PRINT_JOB_STATES[old]


@dataclass(frozen=True, slots=True)
class Job:
    """One job: its document as JSON, and the word stamped on a repeat, e.g. SALINAN.

    What `priority` means is the store's own business: it alone decides which job is next.
    """

    id: int
    document: str
    stamp: str | None = None
    priority: int = 0


@dataclass(frozen=True, slots=True)
class PrinterState:
    """How one printer is, for the till's top bar; no `reason` means that it is well."""

    reason: str | None = None
    text: str = ""
    near_end: bool = False


class JobStore(Protocol):
    """Where jobs are kept. Every method is one durable transaction when it returns."""

    def next_waiting(self, printer: str) -> Job | None:
        """Find the most urgent waiting job, the oldest among equals."""
        ...

    def interrupted(self, printer: str) -> Sequence[int]:
        """Find the jobs a stopped program left as `printing`."""
        ...

    def begin(self, printer: str, job_id: int, payload: bytes, paper_rows: int) -> bool:
        """Move `waiting` to `printing` and keep the bytes; False when it is not waiting now.

        `paper_rows` are the dot rows of paper that the job takes.
        """
        ...

    def printed(self, job_id: int, *, confirmed: bool, ticket: str = "") -> None:
        """Move to `printed`; not `confirmed` means sent, and the printer has no way to say.

        `ticket` is what the system that took the job calls it, to be kept if there is one.
        """
        ...

    def back_to_waiting(self, job_id: int, reason: str) -> None:
        """Move to `waiting`, or stay there, and note why it is not on paper yet."""
        ...

    def unsure(self, job_id: int, reason: str, bytes_sent: int | None, *, ticket: str = "") -> None:
        """Move to `unsure`; `bytes_sent` is None when the program was stopped and nobody knows."""
        ...

    def failed(self, job_id: int, reason: str) -> None:
        """Move to `failed` and note why it can never be printed."""
        ...

    def came_back(self, printer: str) -> None:
        """Hear that a printer that was away is well; jobs whose buyers have gone may be held."""
        ...

    def printer_state(self, printer: str, state: PrinterState) -> None:
        """Keep how the printer is."""
        ...
