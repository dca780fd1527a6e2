"""One printer's queue: a step takes one job as far as it goes, at most once onto paper.

Before the first byte the job is committed as printing, together with its bytes. After the
first byte it is never sent again by itself: the printer confirms, or a person looks. A
printer that is out of paper keeps the job and prints it after the reload, so a blind
repeat would print it twice.
"""

import itertools
import secrets
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from typing import Final

from printers.encode import END_OF_HEADER, FLUSH, PROCESS_IDS, confirmation_request, process_id
from printers.errors import (
    ClosedError,
    NoAnswerError,
    PrinterError,
    PrintingInterruptedError,
    UnconfirmedError,
)
from printers.profiles import DOTS_PER_MM, Profile
from printers.rendering import Rendered, render
from printers.spooler.jobs import Job, JobStore, PrinterState
from printers.status import StatusLink
from printers.transports import Transport, write_paced

_SLOWER_THAN_EXPECTED: Final = 3


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait for what, in seconds.

    `reply` is for one answer; each time none came it is doubled, up to `slowest_reply`.
    `confirm` is the least for a job's bytes and again for its confirmation: a long job gets
    three times what its paper takes, and is asked every `poll` seconds what holds it up.
    `retry` is the pause after a printer was not ready.
    """

    reply: float = 2.0
    slowest_reply: float = 8.0
    confirm: float = 10.0
    poll: float = 2.0
    finish: float = 2.0
    retry: float = 4.0


class Spooler:
    """Prints what waits for one printer; the only one here who speaks to it.

    A printer that is `shared` may have been left in the middle of a picture by somebody
    else, so every job begins by ending one.
    """

    def __init__(
        self,
        store: JobStore,
        printer: str,
        profile: Profile,
        open_transport: Callable[[], Transport],
        *,
        now: Callable[[], float] = time.monotonic,
        timeouts: Timeouts | None = None,
        shared: bool = False,
    ) -> None:
        self._store = store
        self._printer = printer
        self._profile = profile
        self._open_transport = open_transport
        self._now = now
        self._timeouts = timeouts or Timeouts()
        self._shared = shared
        self._retry_at = float("-inf")
        self._may_be_mid_picture = False
        # The word a printer gives for an earlier try may come late; no two tries share one.
        self._tries = itertools.count(secrets.randbelow(PROCESS_IDS))
        self._reply_seconds = self._timeouts.reply
        self._near_end = False
        self._state: PrinterState | None = None

    def recover(self) -> int:
        """Mark what a stopped program left half-sent as unsure; how many there were.

        Called before the first step, and between two where the store failed within one: a
        job in `printing` is nobody's then.
        """
        left = self._store.interrupted(self._printer)
        for job_id in left:
            self._store.unsure(job_id, PrintingInterruptedError.reason, None)
        self._may_be_mid_picture |= bool(left)
        return len(left)

    def step(self) -> bool:
        """Take the next job as far as it goes; False when none waits or the pause is not over."""
        if self._now() < self._retry_at:
            return False
        job = self._store.next_waiting(self._printer)
        if job is None:
            return False
        try:
            rendered = self._rendered(job)
        except PrinterError as error:
            self._store.failed(job.id, error.reason)
            return True
        self._print(job, rendered)
        return True

    def check(self) -> PrinterState:
        """Ask the printer how it is, with no job; keeps and answers its state.

        For the quiet times, so that an empty roll is known before the next sale.
        """
        try:
            with closing(self._open_transport()) as transport:
                self._ready(transport)
                transport.finish(self._timeouts.finish)
        except PrinterError as error:
            self._not_ready(error)
        return self._state or PrinterState()

    @property
    def _may_be_open(self) -> bool:
        """Whether the printer may still wait for the rest of a picture, ours or another's."""
        return self._shared or self._may_be_mid_picture

    def _rendered(self, job: Job) -> Rendered:
        """Turn a job into its bytes. Raises when it cannot be."""
        rendered = render(job.document, job.stamp, self._profile)
        if self._may_be_open:
            return replace(rendered, payload=FLUSH + rendered.payload)
        return rendered

    def _print(self, job: Job, rendered: Rendered) -> None:
        """Reach the printer, and only then begin the job."""
        try:
            transport = self._open_transport()
        except PrinterError as error:
            self._wait(job, error)
            return
        with closing(transport):
            try:
                link = self._ready(transport)
            except PrinterError as error:
                self._wait(job, error)
                return
            if self._store.begin(self._printer, job.id, rendered.payload, rendered.paper_rows):
                expected = self._profile.print_seconds(rendered.paper_rows // DOTS_PER_MM)
                allowed = max(self._timeouts.confirm, _SLOWER_THAN_EXPECTED * expected)
                self._send(job, rendered.payload, transport, link, allowed)

    def _ready(self, transport: Transport) -> StatusLink | None:
        """Open the way and ask the printer; None when it is of the silent kind."""
        transport.open()
        link = None
        self._near_end = False
        if self._profile.has_status and transport.answers:
            if self._may_be_open:
                # A header cut short would take the questions for its size: a huge one.
                transport.write(END_OF_HEADER, self._timeouts.reply)
            link = StatusLink(transport, self._reply_seconds)
            self._near_end = link.preflight()
        self._tell(PrinterState(near_end=self._near_end))
        return link

    def _send(
        self,
        job: Job,
        payload: bytes,
        transport: Transport,
        link: StatusLink | None,
        allowed_seconds: float,
    ) -> None:
        """Send a job that has begun, and find out what became of it."""
        asked_before = transport.bytes_sent
        try:
            confirmed = self._sent(payload, transport, link, allowed_seconds)
        except PrinterError as error:
            bytes_sent = transport.bytes_sent - asked_before
            if bytes_sent == 0:
                self._wait(job, error)
                return
            # Bytes the system took may have got lost on the way: a picture may be open.
            self._may_be_mid_picture = True
            cause = _cause(link, error)
            self._tell(PrinterState(cause.reason, str(cause)))
            ticket = transport.ticket
            self._store.unsure(job.id, cause.reason, min(bytes_sent, len(payload)), ticket=ticket)
        else:
            self._may_be_mid_picture = False
            self._store.printed(job.id, confirmed=confirmed, ticket=transport.ticket)
        # What became of the job is kept by now; how the connection ends changes nothing.
        with suppress(PrinterError):
            transport.finish(self._timeouts.finish)

    def _sent(
        self,
        payload: bytes,
        transport: Transport,
        link: StatusLink | None,
        allowed_seconds: float,
    ) -> bool:
        """Send and wait for the printer's word, or for the connection's good end without one.

        Says whether the printer confirmed. Raises `UnconfirmedError` when one that confirms
        did not, and the transport's own errors.
        """
        write_paced(transport, payload, allowed_seconds, self._profile)
        if link is None or self._profile.confirm == "none":
            transport.finish(self._timeouts.finish)
            return False
        token = process_id(next(self._tries))
        link.forget()
        transport.write(confirmation_request(self._profile.confirm, token), self._timeouts.reply)
        if not self._confirmed(link, token, allowed_seconds):
            raise UnconfirmedError
        return True

    def _confirmed(self, link: StatusLink, token: bytes, allowed_seconds: float) -> bool:
        """Wait for the printer's word; what holds it up is told while there is time to help."""
        deadline = time.monotonic() + allowed_seconds
        while (left := deadline - time.monotonic()) > 0:
            if link.confirmed(self._profile.confirm, token, min(left, self._timeouts.poll)):
                self._tell(PrinterState(near_end=self._near_end))
                return True
            with suppress(NoAnswerError):
                problem = link.problem()
                if problem is not None:
                    self._tell(PrinterState(problem.reason, str(problem)))
        return False

    def _wait(self, job: Job, error: PrinterError) -> None:
        """Leave the job for later: surely nothing of it is on paper."""
        self._retry_at = self._now() + self._timeouts.retry
        self._not_ready(error)
        self._store.back_to_waiting(job.id, error.reason)

    def _not_ready(self, error: PrinterError) -> None:
        """Tell why, and have more patience with a printer that may only be slow to answer."""
        if isinstance(error, NoAnswerError):
            self._reply_seconds = min(2 * self._reply_seconds, self._timeouts.slowest_reply)
        self._tell(PrinterState(error.reason, str(error)))

    def _tell(self, state: PrinterState) -> None:
        """Keep the printer's state where it can be seen, when it has changed.

        One that is well again is told of first: what waited for it may have become too old.
        """
        if state == self._state:
            return
        if state.reason is None and (self._state is None or self._state.reason is not None):
            self._store.came_back(self._printer)
        self._state = state
        self._store.printer_state(self._printer, state)


def _cause(link: StatusLink | None, error: PrinterError) -> PrinterError:
    """Ask what stopped a job, if the printer can still say; the error itself if not."""
    if link is None or isinstance(error, ClosedError):
        return error
    try:
        return link.problem() or error
    except PrinterError:
        return error
