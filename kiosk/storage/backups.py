"""Rows of backups: where they go, whether one is wanted, and what became of each."""

from dataclasses import dataclass
from typing import Final

from kiosk.storage.database import Connection

# Of runs older than these nothing is told any more.
MOST_RUNS: Final = 200
_RUN: Final = "id, why, begun_at, ended_at, file, size_bytes, sales, head, problem"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Where backups go (None: as set outside), and why one is wanted soon, if one is."""

    folder: str | None
    is_apart: bool
    wanted: str | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One backup that was begun; without `ended_at` it runs, or was cut short."""

    id: int
    why: str
    begun_at: str
    ended_at: str | None
    file: str | None
    size_bytes: int | None
    sales: int | None
    head: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class RunEnd:
    """What became of a run: a file, or a problem, or a file somewhere else and a problem."""

    ended_at: str
    file: str | None = None
    size_bytes: int | None = None
    sales: int | None = None
    head: str | None = None
    problem: str | None = None


def plan(connection: Connection) -> PlanRow:
    """Give where backups go and whether one is wanted."""
    row = connection.execute("SELECT folder, is_apart, wanted FROM backup_plan").fetchone()
    return PlanRow(row["folder"], bool(row["is_apart"]), row["wanted"])


def keep_place(connection: Connection, folder: str | None, *, is_apart: bool) -> None:
    """Keep where backups go from now on; None for as set outside."""
    connection.execute(
        "UPDATE backup_plan SET folder = :folder, is_apart = :is_apart",
        {"folder": folder, "is_apart": int(is_apart)},
    )


def want(connection: Connection, why: str) -> None:
    """Ask for a backup soon: a shift was closed, or somebody wants one."""
    connection.execute("UPDATE backup_plan SET wanted = :why", {"why": why})


def begin(connection: Connection, why: str, at: str) -> int:
    """Write that a backup is begun, so that it is wanted no longer; gives its number.

    Runs that nobody asks for any more are forgotten.
    """
    connection.execute("UPDATE backup_plan SET wanted = NULL")
    row = connection.execute(
        "INSERT INTO backup_runs (why, begun_at) VALUES (:why, :at) RETURNING id",
        {"why": why, "at": at},
    ).fetchall()[0]
    connection.execute("DELETE FROM backup_runs WHERE id <= :id", {"id": row["id"] - MOST_RUNS})
    return int(row["id"])


def end(connection: Connection, run: int, done: RunEnd) -> None:
    """Write what became of a run."""
    connection.execute(
        """
        UPDATE backup_runs
        SET ended_at = :ended_at, file = :file, size_bytes = :size_bytes, sales = :sales,
            head = :head, problem = :problem
        WHERE id = :id
        """,
        {
            "id": run,
            "ended_at": done.ended_at,
            "file": done.file,
            "size_bytes": done.size_bytes,
            "sales": done.sales,
            "head": done.head,
            "problem": done.problem,
        },
    )


def runs(connection: Connection) -> list[RunRow]:
    """List what became of every run that is remembered, the newest first."""
    rows = connection.execute(f"SELECT {_RUN} FROM backup_runs ORDER BY id DESC")
    return [RunRow(*row) for row in rows]


def unfinished_run(connection: Connection) -> RunRow | None:
    """Give the run that has not ended: it is under way, or was cut short."""
    return _one(connection, "ended_at IS NULL")


def newest_run(connection: Connection) -> RunRow | None:
    """Give the run that ended last."""
    return _one(connection, "ended_at IS NOT NULL")


def newest_good_run(connection: Connection) -> RunRow | None:
    """Give the run that made the newest backup."""
    return _one(connection, "file IS NOT NULL")


def _one(connection: Connection, condition: str) -> RunRow | None:
    row = connection.execute(
        f"SELECT {_RUN} FROM backup_runs WHERE {condition} ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return RunRow(*row) if row else None
