"""The SQLite engine both programs use, and the journal mode it may be trusted with.

The newer engine that comes with pysqlite3 serves where there is a wheel for it, else the
interpreter's own. sqlite-utils chooses likewise, and must: one process may never open a
file with both. It is not asked here, because it is large and a till at work does not need it.
"""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

# Its own connections, errors and versions; typed loosely because either engine may stand here.
sqlite3: Any = import_module("pysqlite3" if find_spec("pysqlite3") else "sqlite3")


def engine_module() -> ModuleType:
    """Give the engine as a DB-API module, for SQLAlchemy."""
    module: ModuleType = sqlite3
    return module


def engine_version() -> tuple[int, int, int]:
    """Give the engine's version."""
    major, minor, patch = sqlite3.sqlite_version_info
    return major, minor, patch


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Say whether an engine has the fix of the WAL-reset bug (3.7.0 to 3.51.2).

    Without it a commit that races a checkpoint can be lost. Fixed in 3.51.3 and carried
    back to 3.50.7 and 3.44.6. https://sqlite.org/wal.html
    """
    return (
        version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    )


def safe_journal_mode() -> str:
    """Give `wal` where the engine has the fix, else `truncate`."""
    return "wal" if wal_is_safe(engine_version()) else "truncate"
