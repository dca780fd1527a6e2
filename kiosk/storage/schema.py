"""The schema of a till's file, brought up to date before anything else uses it.

The steps, and sqlite-utils that takes them, are a tenth of a till's memory. They are loaded
where a step is missing, which is once a release, and not at every start.
"""

from pathlib import Path
from typing import Final

from kiosk.storage.database import Database

# A module a step, named by its number, which its step's name begins with.
STEPS: Final = Path(__file__).with_name("migrations")


def bring_up_to_date(database: Database) -> None:
    """Take the steps that a file lacks; run once, before anything else uses it."""
    if _missing_steps(database):
        from kiosk.storage.migrations import migrate  # noqa: PLC0415 - seldom needed, and heavy

        with database.tables() as tables:
            migrate(tables)


def _missing_steps(database: Database) -> bool:
    """Say whether a file lacks a step; without a look at what the steps are."""
    known = {module.stem for module in STEPS.glob("m[0-9]*.py")}
    with database.read() as connection:
        table = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
        ).fetchone()
        if table is None or not known:
            return True
        rows = connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = 'till'"
        )
        taken = {row["name"].partition("_")[0] for row in rows}
    return not known <= taken
