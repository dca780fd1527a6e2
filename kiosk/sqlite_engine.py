"""The SQLite engine both programs use, and the journal mode it may be trusted with.

sqlite-utils picks the newer engine that comes with pysqlite3 where there is a wheel for it,
else the interpreter's own. One process must never open a file with both.
"""

from types import ModuleType
from typing import Any

from sqlite_utils import utils

# Its own connections, errors and versions; typed loosely because either engine may stand here.
sqlite3: Any = utils.sqlite3  # type: ignore[attr-defined]  # imported there, not exported


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
