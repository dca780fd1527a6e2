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
from kiosk.storage.journal import Journal


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
    fresh = Journal(
        ordinal=1 + len(journal.journals(connection)),
        id=here.clock.new_id(),
        installation=installation,
        training=False,
        depth=0,
    )
    _begin(here, connection, fresh, None, {})


def open_successor(
    here: Installation,
    connection: Connection,
    before: tuple[Journal, int],
    depth: int,
    facts: Mapping[str, Any] | None = None,
) -> Journal:
    """Begin the journal that is sold into from now on; it goes on behind a position of `before`.

    `depth` gives receipts their letter; `facts` stand beside what every first entry says.
    """
    old, seq = before
    fresh = Journal(
        ordinal=1 + max(one.ordinal for one in journal.journals(connection)),
        id=here.clock.new_id(),
        installation=old.installation,
        training=False,
        depth=depth,
    )
    place = {
        "journal": old.id,
        "seq": seq,
        "hash": journal.hash_at(connection, old, seq).hex(),
    }
    _begin(here, connection, fresh, place, facts or {})
    return fresh


def _begin(
    here: Installation,
    connection: Connection,
    fresh: Journal,
    continues: dict[str, Any] | None,
    facts: Mapping[str, Any],
) -> None:
    journal.start(connection, fresh)
    body = {
        "installation": fresh.installation,
        "training": False,
        "software": f"lapak {kiosk.__version__}",
        "continues": continues,
        **facts,
    }
    record(here, connection, "journal_opened", body)
