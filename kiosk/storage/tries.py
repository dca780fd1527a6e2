"""Wrong PINs and codes in a row: counted per subject and source, over restarts."""

from dataclasses import dataclass

from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class Tries:
    """How many wrong tries in a row, and until when the next must wait (UTC text)."""

    wrong: int
    wait_until: str


def tries(connection: Connection, subject: str, source: str) -> Tries:
    """Give the tries of `source` at `subject`; none yet is 0 with no wait."""
    row = connection.execute(
        "SELECT wrong, wait_until FROM tries WHERE subject = :subject AND source = :source",
        {"subject": subject, "source": source},
    ).fetchone()
    return Tries(row["wrong"], row["wait_until"]) if row else Tries(0, "")


def keep(connection: Connection, subject: str, source: str, now: Tries) -> None:
    """Remember the tries of `source` at `subject`."""
    connection.execute(
        """
        INSERT INTO tries (subject, source, wrong, wait_until)
        VALUES (:subject, :source, :wrong, :wait_until)
        ON CONFLICT (subject, source) DO UPDATE SET
            wrong = excluded.wrong, wait_until = excluded.wait_until
        """,
        {"subject": subject, "source": source, "wrong": now.wrong, "wait_until": now.wait_until},
    )


def clear(connection: Connection, subject: str, source: str) -> None:
    """Forget the tries after a right one."""
    connection.execute(
        "DELETE FROM tries WHERE subject = :subject AND source = :source",
        {"subject": subject, "source": source},
    )


def clear_all(connection: Connection, subject: str) -> None:
    """Forget the tries of everybody at `subject`."""
    connection.execute("DELETE FROM tries WHERE subject = :subject", {"subject": subject})
