"""The two engines: SQLite with an own BEGIN, and PostgreSQL with a snapshot for reads.

WAL is used only where the SQLite engine has the WAL-reset fix; an engine without it can
lose a commit that races a checkpoint, so there the journal is truncated instead.
"""

from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from kiosk.hub.storage.scope import narrow
from kiosk.sqlite_engine import engine_module, safe_journal_mode

BUSY_TIMEOUT_MS: Final = 10_000
CONNECTIONS: Final = 8
WRITES: Final = "lapak_writes"


def open_engine(url: str) -> Engine:
    """Make the engine for a URL of either store; nothing is connected yet."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = _open_sqlite(url)
    else:
        engine = create_engine(
            url, pool_size=CONNECTIONS, max_overflow=CONNECTIONS, pool_pre_ping=True
        )
    event.listen(engine, "before_execute", narrow, retval=True)
    return engine


def _open_sqlite(url: str) -> Engine:
    journal_mode = safe_journal_mode()
    engine = create_engine(
        url, module=engine_module(), pool_size=CONNECTIONS, max_overflow=4 * CONNECTIONS
    )

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        # The driver begins nothing by itself: a transaction begins where `begin` says so.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            f"journal_mode = {journal_mode}",
            "synchronous = FULL",
            "foreign_keys = ON",
            "cache_size = -65536",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # Who writes holds the lock from the first read; a deferred writer would fail at once.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
