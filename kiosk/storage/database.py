"""The till's SQLite file: connections for reading, one for all that is written.

Who writes holds the lock from the first read: `write()` is a turn at the one writing
connection, in a transaction begun IMMEDIATE, so nothing read inside can change before the
commit. A commit is durable when `write()` returns (`synchronous=FULL`).

Durability is what a write costs, so turns that queue up share a commit: each is a
savepoint of its own, and whoever finds nobody waiting behind it commits for all. None of
them returns before that commit; if it fails, all of them do.

A connection for reading is lent to whoever reads, and the one given back last is lent
first: there are as many as were ever needed at once, not as many as there are threads. Each
holds the schema, prepared statements and pages, up to a megabyte.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kiosk.errors import N_, WorldError
from kiosk.sqlite_engine import safe_journal_mode, sqlite3

if TYPE_CHECKING:  # heavy, and needed once a release
    from sqlite_utils import Database as Tables

Connection = Any  # the connection class of whichever engine sqlite-utils chose
BUSY_SECONDS: Final = 5
# So that nobody waits for more than a few others' work before the commit.
MOST_TURNS_A_COMMIT: Final = 8
# Of each connection, in KiB: several caches add up, and the kernel has its own.
CACHE_KIB: Final = 512


class DatabaseError(WorldError):
    """The file cannot be opened, read or written; the disk or the file needs a person."""


# What reading a damaged file may end in; the engine's own words may be damaged too.
UNREADABLE: Final = (sqlite3.Error, UnicodeDecodeError)
_READ_ONLY: Final = 8
# What the engine's primary result codes mean to somebody who has to help.
_TROUBLES: Final = {
    _READ_ONLY: N_("its disk takes no writing, and nothing was saved"),
    10: N_("its disk failed, and nothing was saved"),
    11: N_("its file is damaged, and nothing was saved"),
    13: N_("its disk is full, and nothing was saved"),
}
_PRIMARY_CODE: Final = 0xFF


def _not_saved(error: BaseException) -> DatabaseError:
    trouble = _TROUBLES.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE)
    return DatabaseError(trouble or f"nothing was saved: {error}")


class NestedWriteError(RuntimeError):
    """A turn at writing was begun within another: a fault of ours, found at once."""


@dataclass
class _Commit:
    """One transaction and the turns that share it; `error` is why nothing of it was kept."""

    turns: int = 0
    error: BaseException | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def wait(self) -> None:
        """Return when all is durable; raises what kept it from being so."""
        self.over.wait()
        if self.error is not None:
            raise _not_saved(self.error) from self.error


class Database:
    """The file of one installation, for every thread of its one process."""

    def __init__(self, path: Path, *, journal_mode: str | None = None) -> None:
        self.path = path
        self.journal_mode = journal_mode or safe_journal_mode()
        self._local = threading.local()
        self._connections: list[Connection] = []
        self._idle: list[Connection] = []
        self._connections_lock = threading.Lock()
        self._turn = threading.Lock()
        self._writer: Connection = None
        self._commit: _Commit | None = None
        self._queue = 0
        self._queue_lock = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Take a turn at writing; durable when the block is left.

        An exception takes back what the block did, and nothing else. Raises DatabaseError
        where the disk or the file does not take it, NestedWriteError within another turn.
        """
        if self._own_turn() is not None:
            raise NestedWriteError
        self._line_up()
        try:
            commit = self._begin()
            try:
                self._writer.execute("SAVEPOINT turn")
                self._local.writer = self._writer
                yield self._writer
                self._writer.execute("RELEASE turn")
                commit.turns += 1
            except sqlite3.OperationalError as error:
                # The disk or the file, not the rows: full, read-only, torn.
                self._take_back(commit, error)
                raise _not_saved(error) from error
            except BaseException as error:
                self._take_back(commit, error)
                raise
            finally:
                self._local.writer = None
                self._commit_unless_awaited(commit)
        finally:
            self._turn.release()
        commit.wait()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Hold one snapshot for several reads; writes nothing.

        Within a turn at writing it sees what that turn has written.
        """
        held = self._own_turn() or getattr(self._local, "reader", None)
        if held is not None:
            yield held
            return
        connection = self._lend()
        self._local.reader = connection
        try:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")
        finally:
            self._local.reader = None
            self._take_in(connection)

    @contextmanager
    def tables(self) -> "Iterator[Tables]":
        """Lend a connection as sqlite-utils sees it, for schema and migrations."""
        from sqlite_utils import Database as Tables  # noqa: PLC0415 - see above

        connection = self._connect()
        try:
            yield Tables(connection)
        finally:
            connection.close()

    def close(self) -> None:
        """Close every connection; only when the threads are done."""
        with self._connections_lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
            self._idle.clear()
        self._local = threading.local()
        self._writer = None

    def _own_turn(self) -> Connection | None:
        return getattr(self._local, "writer", None)

    def _line_up(self) -> None:
        """Wait for the turn; meanwhile those before know that somebody will commit after them."""
        with self._queue_lock:
            self._queue += 1
        self._turn.acquire()
        with self._queue_lock:
            self._queue -= 1

    def _begin(self) -> _Commit:
        """Join the open transaction, or begin one."""
        if self._commit is None:
            if self._writer is None:
                self._writer = self._open()
            try:
                self._writer.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise _not_saved(error) from error
            self._commit = _Commit()
        return self._commit

    def _take_back(self, commit: _Commit, error: BaseException) -> None:
        """Undo one turn; where the engine has undone all of them (a full disk), say so to all."""
        with suppress(sqlite3.Error):
            self._writer.execute("ROLLBACK TO turn")
            self._writer.execute("RELEASE turn")
            return
        commit.error = error

    def _commit_unless_awaited(self, commit: _Commit) -> None:
        """Commit for all turns so far, unless somebody behind will; never raises."""
        if commit.error is None and self._queue and commit.turns < MOST_TURNS_A_COMMIT:
            return
        self._commit = None
        try:
            if commit.error is None:
                self._writer.execute("COMMIT")
        except sqlite3.Error as error:
            commit.error = error
        finally:
            if self._writer.in_transaction:
                with suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
            commit.over.set()

    def _lend(self) -> Connection:
        """Give the connection that was in use last, whose pages are fresh, or one more."""
        try:
            return self._idle.pop()
        except IndexError:
            return self._open()

    def _take_in(self, connection: Connection) -> None:
        """Keep a connection for the next; one that did not let go of its snapshot would show it."""
        if connection.in_transaction:
            connection.close()
        else:
            self._idle.append(connection)

    def _open(self) -> Connection:
        connection = self._connect()
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
                f"cache_size=-{CACHE_KIB}",
            ):
                connection.execute(f"PRAGMA {pragma}").fetchall()
        except sqlite3.Error as error:
            raise DatabaseError(f"{self.path.name} cannot be opened: {error}") from None
        return connection


def open_read_only(path: Path) -> Connection:
    """Open the file for looking only, while a till may be running on it.

    Raises DatabaseError where there is none, or where a power cut left half a write in it
    that only a till may take back.
    """
    if not path.exists():
        raise DatabaseError(f"there is no till in {path.parent}", permanent=True)
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
    connection.row_factory = sqlite3.Row
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except UNREADABLE as error:
        # Mere reading wants to write only where a hot journal lies beside the file.
        if getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE != _READ_ONLY:
            # A damaged file is looked at by whoever asked for it.
            return connection
        connection.close()
        raise DatabaseError(
            f"the last write to {path.name} was cut off. Start the till once: it takes that"
            " write back by itself"
        ) from None
    return connection
