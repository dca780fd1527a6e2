"""A check-up from outside: the status facts and the state of the file and its journals.

Everything is read beside a running till; nothing is locked, migrated or changed.
"""

from collections.abc import Iterator

from kiosk.clock import Clock
from kiosk.domain.money import format_amount
from kiosk.services.installation import Installation
from kiosk.services.journals import Verdict, verify
from kiosk.services.status import StatusFact, facts
from kiosk.settings import Settings
from kiosk.storage.data_folder import DATABASE, DataFolder
from kiosk.storage.database import Connection
from kiosk.storage.looking import LookingDatabase, faults_of_file

_RESTORE = "Stop the till, keep this folder as it is, and run kiosk restore into a new one."


def look_at(settings: Settings, clock: Clock) -> Installation:
    """Open an installation for looking only; raises DatabaseError where there is none."""
    database = LookingDatabase(settings.data / DATABASE)
    return Installation(settings, DataFolder(settings.data), database, clock)


def examine(here: Installation) -> list[StatusFact]:
    """List the file's and the journals' facts, then those of the status page.

    A damaged file is not read any further than SQLite's own check.
    """
    with here.db.read() as connection:
        file = _about_file(connection)
        if not file.ok:
            return [file]
        verified = list(_about_journals(connection))
    return [file, *verified, *facts(here)]


def describe(verdict: Verdict) -> str:
    """Say in words what verifying a journal found."""
    sales = f"{format_amount(verdict.sales)} sales"
    if verdict.fault:
        return f"{verdict.journal.id}: {verdict.fault.fact}"
    forked = (
        f". It forked behind entry {verdict.entries}; the rest went on in the next journal"
        if verdict.is_forked
        else ""
    )
    return f"{verdict.journal.id}: {sales}, unbroken, none removed. Head {verdict.head}{forked}"


def _about_file(connection: Connection) -> StatusFact:
    found = faults_of_file(connection, thorough=False)
    return StatusFact(
        "File",
        "; ".join(found) or "whole",
        ok=not found,
        advice=_RESTORE if found else "",
        is_grave=bool(found),
    )


def _about_journals(connection: Connection) -> Iterator[StatusFact]:
    for verdict in verify(connection):
        yield StatusFact(
            "Entries",
            describe(verdict),
            ok=verdict.fault is None,
            advice=_RESTORE if verdict.fault else "",
            is_grave=verdict.fault is not None,
        )
