"""Upload rows: who this device is to the hub, and how far each journal has come."""

from dataclasses import dataclass
from typing import Final

from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """The hub's address and this device there; `device` is None until the code was taken."""

    hub_url: str
    request: str
    device: str | None
    installation: str | None
    failures: int
    next_try_at: str | None
    problem: str | None
    problem_since: str | None
    clock_skew_seconds: int | None = None
    problem_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the hub has not got yet; `since` is the instant of the oldest such entry."""

    entries: int
    sales: int
    since: str | None


def enrolment(connection: Connection) -> EnrolmentRow | None:
    """Give the enrolment, finished or only begun."""
    row = connection.execute("SELECT * FROM enrolment").fetchone()
    return EnrolmentRow(*tuple(row)[1:]) if row else None


def begin_enrolment(connection: Connection, hub_url: str, request: str) -> None:
    """Keep the request before it is sent, so that a lost answer can be asked for again."""
    connection.execute(
        """
        INSERT INTO enrolment (one, hub_url, request) VALUES (1, :hub_url, :request)
        ON CONFLICT (one) DO UPDATE SET hub_url = excluded.hub_url, request = excluded.request
        """,
        {"hub_url": hub_url, "request": request},
    )


def finish_enrolment(connection: Connection, device: str, installation: str) -> None:
    """Keep who this device is."""
    connection.execute(
        """
        UPDATE enrolment
        SET device = :device, installation = :installation, failures = 0, next_try_at = NULL,
            problem = NULL, problem_reason = NULL, problem_since = NULL
        """,
        {"device": device, "installation": installation},
    )


def sent_seq(connection: Connection, journal: int) -> int:
    """Give the last position of a journal that the hub has confirmed."""
    row = connection.execute(
        "SELECT sent_seq FROM uploads WHERE journal = :journal", {"journal": journal}
    ).fetchone()
    return row["sent_seq"] if row else 0


def remember_sent(connection: Connection, journal: int, seq: int, at: str) -> None:
    """Keep how far the hub has a journal, and that nothing stands in the way."""
    connection.execute(
        """
        INSERT INTO uploads (journal, sent_seq, last_sent_at) VALUES (:journal, :seq, :at)
        ON CONFLICT (journal) DO UPDATE SET
            sent_seq = excluded.sent_seq, last_sent_at = excluded.last_sent_at
        """,
        {"journal": journal, "seq": seq, "at": at},
    )
    connection.execute(
        """
        UPDATE enrolment
        SET failures = 0, next_try_at = NULL, problem = NULL, problem_reason = NULL,
            problem_since = NULL
        """
    )


def remember_skew(connection: Connection, seconds: int) -> None:
    """Keep by how much this machine's clock is ahead of the hub's."""
    connection.execute(
        "UPDATE enrolment SET clock_skew_seconds = :seconds WHERE clock_skew_seconds IS NOT :seconds",
        {"seconds": seconds},
    )


def remember_failure(
    connection: Connection, problem: str, reason: str, at: str, next_try_at: str
) -> None:
    """Keep why the upload does not go on, since when, and when to try again."""
    connection.execute(
        """
        UPDATE enrolment
        SET failures = failures + 1, next_try_at = :next_try_at, problem = :problem,
            problem_reason = :reason, problem_since = coalesce(problem_since, :at)
        """,
        {"problem": problem, "reason": reason, "at": at, "next_try_at": next_try_at},
    )


def try_at_once(connection: Connection) -> None:
    """Forget the waiting time: somebody asked to send now."""
    connection.execute("UPDATE enrolment SET next_try_at = NULL")


def last_sent_at(connection: Connection) -> str | None:
    """Give the instant of the last confirmed upload."""
    row = connection.execute("SELECT max(last_sent_at) AS at FROM uploads").fetchone()
    return row["at"] if row else None


# What of each journal is to be sent and has not been; a fork's end is the end.
_UNSENT: Final = """
    FROM journals
    JOIN entries ON entries.journal = journals.ordinal
    LEFT JOIN uploads ON uploads.journal = journals.ordinal
    LEFT JOIN forks ON forks.journal = journals.ordinal
    WHERE journals.training = 0 AND entries.seq > coalesce(uploads.sent_seq, 0)
        AND (forks.until IS NULL OR entries.seq <= forks.until)
"""


def waiting(connection: Connection) -> Waiting:
    """Count what the hub has not got yet, over all journals that are uploaded."""
    row = connection.execute(
        "SELECT count(*) AS entries, coalesce(sum(entries.kind = 'sale'), 0) AS sales" + _UNSENT
    ).fetchone()
    if not row["entries"]:
        return Waiting(0, 0, None)
    oldest = connection.execute(
        "SELECT json_extract(CAST(entries.stored AS TEXT), '$.at') AS at"
        + _UNSENT
        + "AND entries.seq = 1 + coalesce(uploads.sent_seq, 0) ORDER BY journals.ordinal LIMIT 1"
    ).fetchone()
    return Waiting(row["entries"], row["sales"], oldest["at"] if oldest else None)
