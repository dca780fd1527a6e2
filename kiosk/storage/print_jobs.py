"""Print jobs: rows with a state, claimed by conditional update.

The bytes of a job are committed together with `printing`, before the first byte goes
out; so after a crash a job is either surely unsent or honestly unsure. Every move is kept
with its time and reason.
"""

from dataclasses import asdict, dataclass
from typing import Final

from kiosk.storage.database import Connection
from kiosk.storage.printer_uses import Purpose
from printers.spooler import may_move

# The waiting buyer first, then the stalls; what nobody waits for comes last.
PRIORITIES: Final[dict[Purpose, int]] = {"receipt": 1, "slip": 2, "report": 3, "label": 4}


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job to be queued; `document` is elements as JSON."""

    printer: int
    title: str
    sale: str | None
    purpose: Purpose
    document: str
    stamp: str | None
    at: str


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as it stands; `confirmed` where the printer itself said it was done.

    `ticket` names it at whoever took it, e.g. a CUPS job; empty for most.
    """

    id: int
    printer: int
    title: str
    sale: str | None
    purpose: Purpose
    priority: int
    document: str
    stamp: str | None
    state: str
    reason: str
    confirmed: bool
    created_at: str
    changed_at: str
    ticket: str


@dataclass(frozen=True, slots=True)
class JobTitle:
    """A job as people know it: its title, e.g. a receipt number, and the stamp of a repeat."""

    id: int
    title: str
    stamp: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """A change of a job's state, with why; raises ValueError where the spooler has no such move.

    A `stamp` marks what is printed from now on as a repeat; a `priority` puts the job at
    another place in the line; `answered_by` is the person who decided, if one did.
    """

    before: str
    after: str
    reason: str = ""
    confirmed: bool = False
    bytes_sent: int | None = None
    stamp: str | None = None
    ticket: str = ""
    priority: int | None = None
    answered_by: str | None = None

    def __post_init__(self) -> None:
        if self.before != self.after and not may_move(self.before, self.after):
            raise ValueError(f"a print job never goes from {self.before} to {self.after}")


COLUMNS: Final = (
    "id, printer, title, sale, purpose, priority, document, stamp, state, reason, confirmed,"
    " created_at, changed_at, ticket"
)


def queue(connection: Connection, job: NewJob) -> int:
    """Queue a job and give its number."""
    rows = connection.execute(
        """
        INSERT INTO print_jobs (
            printer, title, sale, purpose, priority, document, stamp, created_at, changed_at
        ) VALUES (:printer, :title, :sale, :purpose, :priority, :document, :stamp, :at, :at)
        RETURNING id
        """,
        {
            "printer": job.printer,
            "title": job.title,
            "sale": job.sale,
            "purpose": job.purpose,
            "priority": PRIORITIES[job.purpose],
            "document": job.document,
            "stamp": job.stamp,
            "at": job.at,
        },
    ).fetchall()
    return int(rows[0]["id"])


def next_waiting(connection: Connection, printer: int) -> JobRow | None:
    """Give the job a printer is to print next."""
    row = connection.execute(
        f"""
        SELECT {COLUMNS} FROM print_jobs
        WHERE printer = :printer AND state = 'waiting'
        ORDER BY priority, id
        LIMIT 1
        """,
        {"printer": printer},
    ).fetchone()
    return job_of(row) if row else None


def job(connection: Connection, job_id: int) -> JobRow | None:
    """Give one job."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM print_jobs WHERE id = :id", {"id": job_id}
    ).fetchone()
    return job_of(row) if row else None


def jobs_of_printer(connection: Connection, printer: int, most: int) -> list[JobRow]:
    """List a printer's newest jobs, newest first."""
    rows = connection.execute(
        f"""
        SELECT {COLUMNS} FROM print_jobs
        WHERE printer = :printer
        ORDER BY id DESC
        LIMIT :most
        """,
        {"printer": printer, "most": most},
    )
    return [job_of(row) for row in rows]


def jobs_in_state(connection: Connection, printer: int, state: str) -> list[JobTitle]:
    """List a printer's jobs in one of the unfinished states, oldest first.

    Without their documents: every open page asks for them every few seconds.
    """
    rows = connection.execute(
        """
        SELECT id, title, stamp FROM print_jobs
        WHERE printer = :printer AND state = :state
        ORDER BY id
        """,
        {"printer": printer, "state": state},
    )
    return [JobTitle(row["id"], row["title"], row["stamp"]) for row in rows]


def count_in_state(connection: Connection, printer: int, state: str) -> int:
    """Count a printer's jobs in one of the unfinished states."""
    row = connection.execute(
        "SELECT count(*) AS jobs FROM print_jobs WHERE printer = :printer AND state = :state",
        {"printer": printer, "state": state},
    ).fetchone()
    return int(row["jobs"])


def waiting_receipts(connection: Connection, printer: int) -> dict[int, str]:
    """Give the receipts that wait for a printer: their numbers, and when each was queued."""
    rows = connection.execute(
        """
        SELECT id, created_at FROM print_jobs
        WHERE printer = :printer AND state = 'waiting' AND purpose = 'receipt'
        """,
        {"printer": printer},
    )
    return {row["id"]: row["created_at"] for row in rows}


def last_of_sale(connection: Connection, sale: str) -> JobRow | None:
    """Give the newest job of a sale's receipt."""
    row = connection.execute(
        f"SELECT {COLUMNS} FROM print_jobs WHERE sale = :sale ORDER BY id DESC LIMIT 1",
        {"sale": sale},
    ).fetchone()
    return job_of(row) if row else None


@dataclass(frozen=True, slots=True)
class Sending:
    """What is about to go out, through which printer: its bytes, and its dot rows of paper."""

    printer: int
    payload: bytes
    paper_rows: int


def begin(
    connection: Connection, job_id: int, sending: Sending, at: str, *, state: str = "printing"
) -> bool:
    """Claim a waiting job with its bytes; False where it is gone, or waits elsewhere by now."""
    claimed = Move("waiting", state)
    rows = connection.execute(
        """
        UPDATE print_jobs
        SET state = :state, payload = :payload, paper_rows = :paper_rows, reason = '',
            changed_at = :at
        WHERE id = :id AND printer = :printer AND state = 'waiting'
        RETURNING id
        """,
        {"id": job_id, "state": claimed.after, "at": at, **asdict(sending)},
    ).fetchall()
    if rows:
        _keep_move(connection, job_id, claimed, at)
    return bool(rows)


def payload_of(connection: Connection, job_id: int) -> bytes | None:
    """Give the bytes of a job that is on its way or in doubt."""
    row = connection.execute(
        "SELECT payload FROM print_jobs WHERE id = :id", {"id": job_id}
    ).fetchone()
    return row["payload"] if row else None


def send_elsewhere(connection: Connection, printer: int, other: int) -> int:
    """Give a printer's jobs that are surely not on paper to another; how many there were."""
    rows = connection.execute(
        """
        UPDATE print_jobs SET printer = :other
        WHERE printer = :printer AND state IN ('waiting', 'held')
        RETURNING id
        """,
        {"printer": printer, "other": other},
    ).fetchall()
    return len(rows)


def move(
    connection: Connection,
    job_id: int,
    moved: Move,
    at: str,
) -> bool:
    """Move a job from one state to another; False where it was not in that state.

    Its bytes are kept until it is known what became of them.
    """
    rows = connection.execute(
        """
        UPDATE print_jobs
        SET state = :state, reason = :reason, confirmed = :confirmed,
            payload = iif(:state IN ('unsure', 'handed_over'), payload, NULL),
            bytes_sent = coalesce(:bytes_sent, bytes_sent), stamp = coalesce(:stamp, stamp),
            ticket = CASE :ticket WHEN '' THEN ticket ELSE :ticket END,
            priority = coalesce(:priority, priority), changed_at = :at
        WHERE id = :id AND state = :before
        RETURNING id
        """,
        {
            "id": job_id,
            "before": moved.before,
            "state": moved.after,
            "reason": moved.reason,
            "confirmed": int(moved.confirmed),
            "bytes_sent": moved.bytes_sent,
            "stamp": moved.stamp,
            "ticket": moved.ticket,
            "priority": moved.priority,
            "at": at,
        },
    ).fetchall()
    # A job that goes on waiting, for another reason each time, has not moved.
    if rows and moved.before != moved.after:
        _keep_move(connection, job_id, moved, at)
    return bool(rows)


def _keep_move(connection: Connection, job_id: int, moved: Move, at: str) -> None:
    connection.execute(
        """
        INSERT INTO print_job_moves (job, n, state, reason, answered_by, at)
        VALUES (
            :job, 1 + (SELECT count(*) FROM print_job_moves WHERE job = :job),
            :state, :reason, :answered_by, :at
        )
        """,
        {
            "job": job_id,
            "state": moved.after,
            "reason": moved.reason,
            "answered_by": moved.answered_by,
            "at": at,
        },
    )


def job_of(row: Connection) -> JobRow:
    """Read a job out of a row of `COLUMNS`."""
    return JobRow(
        id=row["id"],
        printer=row["printer"],
        title=row["title"],
        sale=row["sale"],
        purpose=row["purpose"],
        priority=row["priority"],
        document=row["document"],
        stamp=row["stamp"],
        state=row["state"],
        reason=row["reason"],
        confirmed=bool(row["confirmed"]),
        created_at=row["created_at"],
        changed_at=row["changed_at"],
        ticket=row["ticket"],
    )
