"""What became of print jobs: looked up by number, and forgotten after a while.

Only local: what was sold stays in the journal, whatever is forgotten here.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.storage.database import Connection
from kiosk.storage.print_jobs import COLUMNS, JobRow, job_of

FORGET_AT_ONCE: Final = 500
# Above every job's number.
NEWEST: Final = 2**62


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One change of a job's state; `answered_by` names the person who decided, if one did."""

    state: str
    reason: str
    answered_by: str | None
    at: str


def moves_of_job(connection: Connection, job_id: int) -> list[MoveRow]:
    """List what happened to a job, oldest first; being queued is not among it."""
    rows = connection.execute(
        "SELECT state, reason, answered_by, at FROM print_job_moves WHERE job = :job ORDER BY n",
        {"job": job_id},
    )
    return [MoveRow(*tuple(row)) for row in rows]


def find_jobs(
    connection: Connection, printer: int, text: str, before: int, most: int
) -> list[JobRow]:
    """List a printer's jobs older than job `before` whose title holds `text`, newest first."""
    rows = connection.execute(
        f"""
        SELECT {COLUMNS} FROM print_jobs
        WHERE printer = :printer AND id < :before AND instr(lower(title), lower(:text)) > 0
        ORDER BY id DESC
        LIMIT :most
        """,
        {"printer": printer, "text": text, "before": before, "most": most},
    )
    return [job_of(row) for row in rows]


def forget_finished(connection: Connection, printer: int, before: str) -> int:
    """Remove a printer's finished jobs last changed before an instant; how many it were.

    It looks at its `FORGET_AT_ONCE` oldest alone, so that no sale waits for it.
    """
    rows = connection.execute(
        """
        DELETE FROM print_jobs
        WHERE id IN (
            SELECT id FROM print_jobs WHERE printer = :printer ORDER BY id LIMIT :most
        ) AND state IN ('printed', 'failed', 'dropped') AND changed_at < :before
        RETURNING id
        """,
        {"printer": printer, "before": before, "most": FORGET_AT_ONCE},
    ).fetchall()
    return len(rows)
