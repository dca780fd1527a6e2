"""Recording: sealing what happened onto the journal, within the caller's transaction."""

from collections.abc import Mapping
from typing import Any

import kiosk
from kiosk.clock import stamp
from kiosk.domain.entries import Entry, Operator
from kiosk.errors import N_, KioskError
from kiosk.services.installation import Installation
from kiosk.storage import journal
from kiosk.storage.database import Connection


class NotSetUpError(KioskError):
    """There is no journal yet: the installation has not been enrolled."""

    def __init__(self) -> None:
        super().__init__(N_("This machine is not set up yet. Enter the code from the organiser."))


def record(
    here: Installation,
    connection: Connection,
    kind: str,
    body: Mapping[str, Any],
    *,
    by: Operator | None = None,
    approved_by: Operator | None = None,
    till: str | None = None,
    entry_id: str | None = None,
) -> Entry:
    """Seal one entry now; raises NotSetUpError, EntryTooLargeError."""
    current = journal.current(connection)
    if current is None:
        raise NotSetUpError
    return journal.append(
        connection,
        current,
        journal.Happening(
            kind=kind,
            id=entry_id or here.clock.new_id(),
            at=stamp(here.clock.now()),
            by=by,
            approved_by=approved_by,
            till=till,
            body=body,
        ),
    )


def open_journal(here: Installation, connection: Connection, installation: str) -> None:
    """Begin this installation's first journal; one that is there is left alone."""
    if journal.current(connection) is not None:
        return
    fresh = journal.Journal(
        ordinal=1 + len(journal.journals(connection)),
        id=here.clock.new_id(),
        installation=installation,
        training=False,
        depth=0,
    )
    journal.start(connection, fresh)
    record(
        here,
        connection,
        "journal_opened",
        {
            "installation": installation,
            "training": False,
            "software": f"lapak {kiosk.__version__}",
            "continues": None,
        },
    )
