"""The till's SQLite file: one connection a thread, one writer at a time.

Who writes holds the lock from the first read: `write()` takes the process-wide lock and
begins IMMEDIATE, so nothing read inside it can change before the commit. A commit is
durable when it returns (`synchronous=FULL`).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlite_utils

from kiosk.errors import WorldError
from kiosk.sqlite_engine import safe_journal_mode, sqlite3

Connection = Any  # the connection class of whichever engine sqlite-utils chose
BUSY_SECONDS: Final = 5


class DatabaseError(WorldError):
    """The file cannot be opened, read or written; the disk or the file needs a person."""


class Database:
    """The file of one installation, for every thread of its one process."""

    def __init__(self, path: Path, *, journal_mode: str | None = None) -> None:
        self.path = path
        self.journal_mode = journal_mode or safe_journal_mode()
        self._local = threading.local()
        self._write_lock = threading.Lock()
        self._connections: list[Connection] = []
        self._connections_lock = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Hold the one write transaction; committed and durable when the block ends.

        Any exception rolls everything back. Blocks do not nest.
        """
        with self._write_lock:
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Hold one snapshot for several reads; writes nothing."""
        connection = self._connection()
        if connection.in_transaction:
            yield connection
            return
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("ROLLBACK")

    def tables(self) -> sqlite_utils.Database:
        """Give this thread's connection as sqlite-utils sees it, for schema and migrations."""
        return sqlite_utils.Database(self._connection())

    def close(self) -> None:
        """Close every thread's connection; only when the threads are done."""
        with self._connections_lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    def _connection(self) -> Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            with self._connections_lock:
                self._connections.append(connection)
        return connection

    def _connect(self) -> Connection:
        try:
            connection = sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.row_factory = sqlite3.Row
            for pragma in (
                f"journal_mode={self.journal_mode}",
                "synchronous=FULL",
                "foreign_keys=ON",
                # REPLACE must fire the DELETE triggers that keep the journal append-only.
                "recursive_triggers=ON",
                "temp_store=MEMORY",
            ):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except sqlite3.Error as error:
            raise DatabaseError(f"{self.path.name} cannot be opened: {error}") from None
        return connection


def open_read_only(path: Path) -> Connection:
    """Open the file for looking only, while a till may be running on it.

    Raises DatabaseError where there is none.
    """
    if not path.exists():
        raise DatabaseError(f"there is no till in {path.parent}", permanent=True)
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    connection.row_factory = sqlite3.Row
    return connection
