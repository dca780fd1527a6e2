"""The store: transactions on SQLite or PostgreSQL, and the few statements that differ.

A write transaction holds its lock from the first read: BEGIN IMMEDIATE under one
process-wide lock on SQLite, row locks under READ COMMITTED on PostgreSQL. A read sees one
snapshot on both.
"""

import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any, Final, Self, TypeVar

from sqlalchemy import Connection, Engine, Table, and_, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from kiosk.hub.storage.engine import WRITES, open_engine
from kiosk.hub.storage.scope import OutOfScopeError, Scope, scoped_options

# Deadlock, serialization failure, and two processes that wrote the same key at once: done
# again, the second of them finds the first one's row.
_RETRYABLE: Final = frozenset({"40P01", "40001", "23505"})
MOST_TRIES: Final = 8
_LONGEST_PAUSE_SECONDS: Final = 0.5

Row = Mapping[str, Any]
Result = TypeVar("Result")


class Store:
    """The hub's database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.scope: Scope | None = None
        self._write_lock = threading.Lock()

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the store at an SQLAlchemy URL; it is connected at the first transaction."""
        return cls(open_engine(url))

    @property
    def is_sqlite(self) -> bool:
        """Whether the store is one file with one writer."""
        return self.engine.dialect.name == "sqlite"

    def scoped(self, scope: Scope | None) -> "Store":
        """Give the same store as somebody sees it who looks after some vendors only.

        Its reads are narrowed to a scope, and it takes no writes; None sees everything.
        """
        seen = copy(self)
        seen.scope = scope
        return seen

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a write transaction; it commits at the end, or is undone by an exception.

        Raises OutOfScopeError where the store is seen by a scope.
        """
        if self.scope is not None:
            raise OutOfScopeError
        if not self.is_sqlite:
            with self.engine.begin() as connection:
                yield connection
            return
        with self._write_lock, self.engine.connect() as connection:
            connection = connection.execution_options(**{WRITES: True})  # noqa: PLW2901 - the same one, told apart
            with connection.begin():
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a read that sees one moment of the store, whatever is written meanwhile."""
        with self.engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(  # noqa: PLW2901 - the same one, told apart
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            if self.scope is not None:
                connection = connection.execution_options(**scoped_options(self.scope))  # noqa: PLW2901 - as above
            with connection.begin():
                yield connection

    def retrying(self, step: Callable[[Connection], Result]) -> Result:
        """Run `step` in a write transaction, again where PostgreSQL chose it to give way.

        `step` must have no effect but on the database. Raises what the last try raised.
        """
        for turn in range(MOST_TRIES):
            try:
                with self.begin() as connection:
                    return step(connection)
            except DBAPIError as error:
                if turn == MOST_TRIES - 1 or sql_state(error) not in _RETRYABLE:
                    raise
            pause_seconds = min(0.01 * 2**turn, _LONGEST_PAUSE_SECONDS)
            time.sleep(pause_seconds * random.random())  # noqa: S311 - spreads retries, hides nothing
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Let every connection go."""
        self.engine.dispose()


def sql_state(error: DBAPIError) -> str:
    """Give PostgreSQL's five-character state of an error, '' for SQLite's."""
    return str(getattr(error.orig, "sqlstate", "") or "")


def insert_ignore(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows; those whose key is there already are left as they are."""
    if rows:
        statement = _dialect(connection).insert(table).on_conflict_do_nothing()
        connection.execute(statement, list(rows))


def upsert(connection: Connection, table: Table, key: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert rows, or give the row of the same key the new row's other columns."""
    if not rows:
        return
    statement = _dialect(connection).insert(table)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=changed), list(rows)
    )


def upsert_add(
    connection: Connection,
    table: Table,
    key: Sequence[str],
    sums: Sequence[str],
    rows: Iterable[Row],
) -> None:
    """Add each row's sums to the row of the same key, in key order, so that no two wait crosswise.

    Each key may stand once. A row whose sums all come to 0 is taken away, because a
    rebuild would not have made it.
    """
    ordered = sorted(rows, key=lambda row: tuple(row[name] for name in key))
    if not ordered:
        return
    statement = _dialect(connection).insert(table)
    added = {name: table.c[name] + statement.excluded[name] for name in sums}
    connection.execute(
        statement.on_conflict_do_update(index_elements=list(key), set_=added), ordered
    )
    # A row may come to nothing from above, and from below: more came back than was sold, and
    # was sold after all.
    same_key = [table.c[name] == bindparam(f"key_{name}") for name in key]
    empty = [table.c[name] == 0 for name in sums]
    connection.execute(
        delete(table).where(and_(*same_key, *empty)),
        [{f"key_{name}": row[name] for name in key} for row in ordered],
    )


def _dialect(connection: Connection) -> Any:
    """Give the module of the store's own INSERT, which both spell alike."""
    return sqlite if connection.dialect.name == "sqlite" else postgresql
