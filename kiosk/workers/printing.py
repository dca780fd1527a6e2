"""The printers' loops: one thread owns one printer, and nobody else speaks to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kiosk.clock import stamp
from kiosk.log import log_named
from kiosk.services.installation import Installation
from kiosk.services.paper_meter import hear_state
from kiosk.services.print_files import open_way
from kiosk.services.printing import VIRTUAL, paper_log
from kiosk.services.receipt_frames import illustrated_json
from kiosk.storage import print_history, print_jobs, printer_profiles, printers, rolls
from kiosk.storage.database import Connection
from kiosk.storage.print_jobs import Move
from kiosk.storage.printers import PrinterRow
from kiosk.workers.loop import Loop
from kiosk.workers.waiting_ages import WaitingAges
from printers.profiles import Profile
from printers.spooler import Job, PrinterState, Spooler, Timeouts
from printers.transports import RAWBT

# Other machines print there too, and may break off in the middle of a picture.
SHARED = "tcp:"
IDLE_SECONDS = 1.0
# A changed printer gets a new owner only when the old one has let go of the paper.
HANDOVER_SECONDS = 30.0
LOOK_EVERY_SECONDS = 30.0
FORGET_EVERY_SECONDS = 600.0
# CUPS passes a job on at the printer's speed; only then is it surely gone from here.
CUPS = "cups:"
CUPS_SECONDS = 15.0
_log = log_named("printing")


@dataclass(frozen=True, slots=True)
class StoredJobs:
    """The spooler's jobs as rows of this installation; each method is one transaction."""

    here: Installation
    ages: WaitingAges

    def next_waiting(self, printer: str) -> Job | None:
        """Find the waiting job that comes first: the buyer's receipt before a report."""
        with self.here.db.read() as connection:
            self.ages.look(print_jobs.waiting_receipts(connection, int(printer)))
            row = print_jobs.next_waiting(connection, int(printer))
            if row is None:
                return None
            document = illustrated_json(connection, row.document)
        return Job(row.id, document, row.stamp, row.priority)

    def interrupted(self, printer: str) -> Sequence[int]:
        """Find the jobs a stopped program left as `printing`."""
        with self.here.db.read() as connection:
            found = print_jobs.jobs_in_state(connection, int(printer), "printing")
        return [row.id for row in found]

    def begin(self, printer: str, job_id: int, payload: bytes, paper_rows: int) -> bool:
        """Move `waiting` to `printing` with the bytes; False when it waits here no longer."""
        sending = print_jobs.Sending(int(printer), payload, paper_rows)
        with self.here.db.write() as connection:
            return print_jobs.begin(connection, job_id, sending, self._now())

    def printed(self, job_id: int, *, confirmed: bool, ticket: str = "") -> None:
        """Move to `printed`."""
        self._move(job_id, Move("printing", "printed", confirmed=confirmed, ticket=ticket))

    def back_to_waiting(self, job_id: int, reason: str) -> None:
        """Move to `waiting`, or stay there, and note why it is not on paper yet."""
        with self.here.db.read() as connection:
            row = print_jobs.job(connection, job_id)
        if row and (row.state, row.reason) != ("waiting", reason):
            self._move(job_id, Move(row.state, "waiting", reason))
            _log.info("print job waits", job=job_id, receipt=row.title, reason=reason)

    def unsure(self, job_id: int, reason: str, bytes_sent: int | None, *, ticket: str = "") -> None:
        """Move to `unsure`: a person is asked."""
        self._move(job_id, Move("printing", "unsure", reason, bytes_sent=bytes_sent, ticket=ticket))
        _log.warning("print job unsure: look whether it is on paper", job=job_id, reason=reason)

    def failed(self, job_id: int, reason: str) -> None:
        """Move to `failed`."""
        self._move(job_id, Move("waiting", "failed", reason))
        _log.error("print job can never be printed", job=job_id, reason=reason)

    def came_back(self, printer: str) -> None:
        """Hold the receipts that waited so long that their buyers have gone."""
        with self.here.db.write() as connection:
            waiting = print_jobs.waiting_receipts(connection, int(printer))
            self.ages.look(waiting)
            old = self.ages.older_than(self.here.settings.receipt_hold_seconds)
            for job_id in old:
                held = Move("waiting", "held")
                print_jobs.move(connection, job_id, held, self._now())
        if old:
            _log.warning("old receipts held: print or skip them", printer=printer, jobs=len(old))

    def printer_state(self, printer: str, state: PrinterState) -> None:
        """Keep how the printer is, in one word and a sentence."""
        word = state.reason or ("near_end" if state.near_end else "ready")
        with self.here.db.write() as connection:
            hear_state(connection, int(printer), word, self._now())
            printers.remember_state(connection, int(printer), word, state.text)

    def forget(self, printer: int) -> None:
        """Remove finished jobs that nobody asks about any more; their sales stay."""
        oldest = self.here.clock.now() - timedelta(days=self.here.settings.print_history_days)
        with self.here.db.write() as connection:
            print_history.forget_finished(connection, printer, stamp(oldest))

    def _move(self, job_id: int, move: Move) -> None:
        with self.here.db.write() as connection:
            if print_jobs.move(connection, job_id, move, self._now()) and _took_paper(move):
                rolls.count_job(connection, job_id)

    def _now(self) -> str:
        return stamp(self.here.clock.now())


def _took_paper(move: Move) -> bool:
    """Say whether a job's paper is used now: what is unsure is counted as if it came out."""
    return move.before == "printing" and move.after in ("printed", "unsure")


class PrinterLoops:
    """A loop for each printer there is; one added, changed or removed later is noticed."""

    def __init__(self, here: Installation) -> None:
        self._here = here
        self._running: dict[PrinterKey, Loop] = {}
        self._watch = Loop("printers", self._look, here.bells.printing, IDLE_SECONDS)

    def start(self) -> None:
        """Start watching; the printers' own loops follow."""
        self._watch.start()

    def stop(self, timeout_seconds: float) -> None:
        """Let every loop finish its step."""
        self._watch.stop(timeout_seconds)
        for loop in self._running.values():
            loop.stop(timeout_seconds)

    def _look(self) -> bool:
        with self._here.db.read() as connection:
            rows = {key for key in printer_keys(connection) if key.address != RAWBT}
        for gone in self._running.keys() - rows:
            self._running.pop(gone).stop(HANDOVER_SECONDS)
        for new in rows - self._running.keys():
            loop = printer_loop(self._here, new)
            self._running[new] = loop
            loop.start()
        return False


@dataclass(frozen=True, slots=True)
class PrinterKey:
    """What makes a printer another one for its owner thread."""

    id: int
    name: str
    address: str
    profile: Profile

    @classmethod
    def of(cls, row: PrinterRow, kind: Profile) -> "PrinterKey":
        """Take the key out of a row and its kind."""
        return cls(row.id, row.name, row.address, kind)


def printer_keys(connection: Connection) -> Iterator[PrinterKey]:
    """Give the key of every printer."""
    for row in printers.printers(connection):
        yield PrinterKey.of(row, printer_profiles.profile(connection, row.profile))


class Owner:
    """What one printer's thread does: its jobs, and in quiet times a look at the printer."""

    def __init__(self, here: Installation, key: PrinterKey) -> None:
        self._clock = here.clock
        kind = key.profile
        address = virtual_printer(here, key) if key.address == VIRTUAL else key.address
        self._number = key.id
        self._jobs = StoredJobs(here, WaitingAges(here.clock))
        self._spooler = Spooler(
            self._jobs,
            str(key.id),
            kind,
            lambda: open_way(here.settings, address),
            now=here.clock.monotonic,
            shared=key.address.startswith(SHARED),
            timeouts=Timeouts(finish=CUPS_SECONDS) if address.startswith(CUPS) else Timeouts(),
        )
        # A printer that never answers can tell nothing; opening its line would only wake it.
        self._answers = kind.has_status or key.address.startswith(CUPS)
        self._look_at = here.clock.monotonic()
        self._forget_at = self._look_at
        self._was_cut_short = True

    def step(self) -> bool:
        """Take one job as far as it goes; without one, see to it that an empty roll is known.

        Where the step before was cut short, by the program's end or by a disk that did not
        take what became of a job, somebody is asked after that job first.
        """
        if self._was_cut_short:
            self._spooler.recover()
        self._was_cut_short = True
        did_something = self._take_one()
        self._was_cut_short = False
        return did_something

    def _take_one(self) -> bool:
        if self._spooler.step():
            self._look_at = self._clock.monotonic() + LOOK_EVERY_SECONDS
            return True
        self._forget()
        if self._answers and self._clock.monotonic() >= self._look_at:
            self._spooler.check()
            self._look_at = self._clock.monotonic() + LOOK_EVERY_SECONDS
        return False

    def _forget(self) -> None:
        """Let go of what was printed long ago, now and then."""
        now = self._clock.monotonic()
        if now >= self._forget_at:
            self._forget_at = now + FORGET_EVERY_SECONDS
            self._jobs.forget(self._number)


def virtual_printer(here: Installation, key: PrinterKey) -> str:
    """Start a printer that exists only in this process, and give its address.

    It ends with the process; its paper is a file and stays.
    """
    from printers.simulator import Simulator  # noqa: PLC0415 - most tills have a real printer

    log = paper_log(here, key.id)
    log.parent.mkdir(exist_ok=True)
    simulator = Simulator(profile=key.profile, paper_log=log)
    simulator.start()
    return f"tcp://127.0.0.1:{simulator.port}"


def printer_loop(here: Installation, key: PrinterKey) -> Loop:
    """Make one printer's loop; what was cut short is asked after in its first step."""
    return Loop(f"printer {key.name}", Owner(here, key).step, here.bells.printing, IDLE_SECONDS)
