"""A copy of a till's file without what belongs to this machine and its people alone.

Left out are the staff's PIN hashes, the paired browsers and their codes, the counted
tries and the device's identity at its hub. They are deleted from a private copy, which is
then written anew, so that no page of the result ever held them.
"""

from pathlib import Path
from typing import Final

from kiosk.sqlite_engine import sqlite3
from kiosk.storage.database import Connection, DatabaseError

LEFT_OUT: Final = ("staff_secrets", "browsers", "pairing_codes", "tries", "enrolment")


def copy_without_secrets(source: Connection, private: Path, target: Path) -> None:
    """Copy a file at one instant, beside a till that goes on selling.

    `private` is where the whole copy lies for a moment, `target` an empty file. Raises
    DatabaseError where the source cannot be read or the disk is full.
    """
    copy = sqlite3.connect(private, isolation_level=None)
    try:
        source.backup(copy)
        # The copy is nobody else's: without a write-ahead log it is one file.
        copy.execute("PRAGMA journal_mode=DELETE").fetchall()
        for table in LEFT_OUT:
            copy.execute(f"DELETE FROM {table}")
        copy.execute("VACUUM INTO :target", {"target": str(target)})
    except sqlite3.Error as error:
        raise DatabaseError(f"the copy could not be written: {error}") from None
    finally:
        copy.close()
