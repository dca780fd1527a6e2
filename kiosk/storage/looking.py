"""A till's file opened for looking only, also beside the till that sells from it.

Nothing here takes the data folder's lock, migrates or writes: what is found is what the
till left there.
"""

from pathlib import Path
from typing import Final

from kiosk.storage.database import UNREADABLE, Connection, Database, DatabaseError, open_read_only

MOST_FAULTS: Final = 5


# CORRUPT and NOTADB: the file itself, not the disk under it.
_OF_THE_FILE: Final = frozenset({11, 26})


def is_damage(error: BaseException) -> bool:
    """Say whether an error is about a damaged file, and not a disk that is full or away."""
    cause = error.__cause__ or error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return isinstance(cause, UnicodeDecodeError) or code in _OF_THE_FILE


class LookingDatabase(Database):
    """One installation's file, read-only; `journal_mode` is what the file is in."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises DatabaseError where there is none or it is no till's."""
        super().__init__(path)
        with self.read() as connection:
            mode = connection.execute("PRAGMA journal_mode").fetchone()[0]
        # A file only remembers whether it is in WAL; without it, a till truncates.
        self.journal_mode = mode if mode == "wal" else "truncate"

    def _connect(self) -> Connection:
        connection = open_read_only(self.path)
        try:
            connection.execute("SELECT * FROM journals").fetchall()
        except UNREADABLE as error:
            connection.close()
            raise DatabaseError(
                f"{self.path.name} is no till's file of this version, or is damaged: {error}",
                permanent=True,
            ) from None
        return connection


def faults_of_file(connection: Connection, *, thorough: bool) -> list[str]:
    """Let SQLite look through its own file; an empty list where all is well.

    `thorough` also holds every index against its table.
    """
    check = "integrity_check" if thorough else "quick_check"
    try:
        rows = connection.execute(f"PRAGMA {check}({MOST_FAULTS})").fetchall()
    except UNREADABLE as error:
        return [str(error)]
    return [row[0] for row in rows if row[0] != "ok"]
