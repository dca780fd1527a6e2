"""A copy of a till's file without what belongs to this machine and its people alone.

Left out are the staff's PIN hashes, the paired browsers and their codes, the counted
tries and the device's identity at its hub. They are deleted from a private copy, which is
then written anew, so that no page of the result ever held them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from kiosk.sqlite_engine import sqlite3
from kiosk.storage.database import Connection, DatabaseError

LEFT_OUT: Final = (
    "staff_secrets",
    "browsers",
    "pairing_codes",
    "tries",
    "enrolment",
    "waiting_bundle",
)
# Without a write-ahead log a sale waits for the pages being copied: 2 MiB at a time.
_PAGES_AT_ONCE: Final = 512
_REST_SECONDS: Final = 0.02
# A sale in between makes the copy begin anew; after so many times the pages it gives up.
_MOST_ROUNDS: Final = 8


class NoQuietMomentError(DatabaseError):
    """Without a write-ahead log there was no pause between sales long enough for a copy."""


def copy_without_secrets(
    source: Connection, private: Path, target: Path, told: Callable[[int, int], None]
) -> None:
    """Copy a file at one instant, beside a till that goes on selling.

    `private` is where the whole copy lies for a moment, `target` an empty file; `told` hears
    how many pages of how many are copied. Raises DatabaseError where the source cannot be
    read or the disk is full, NoQuietMomentError.
    """
    copy = sqlite3.connect(private, isolation_level=None)
    try:
        _copy(source, copy, told)
        # The copy is nobody else's: without a write-ahead log it is one file.
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
        for table in LEFT_OUT:
            copy.execute(f"DELETE FROM {table}")
        copy.execute("VACUUM INTO :target", {"target": str(target)})
    except sqlite3.Error as error:
        raise DatabaseError(f"the copy could not be written: {error}") from None
    finally:
        copy.close()


def _copy(source: Connection, copy: Connection, told: Callable[[int, int], None]) -> None:
    """Copy all pages: at once beside a write-ahead log, which keeps nobody; else in pieces."""
    if source.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        source.backup(copy)
        return
    steps = 0

    def progress(_status: int, remaining: int, total: int) -> None:
        nonlocal steps
        steps += 1
        told(total - remaining, total)
        if steps > _MOST_ROUNDS * (1 + total // _PAGES_AT_ONCE):
            raise NoQuietMomentError(
                "the till sells without a pause; the backup is made when it is quieter"
            )

    source.backup(copy, pages=_PAGES_AT_ONCE, progress=progress, sleep=_REST_SECONDS)
