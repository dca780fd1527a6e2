"""Undoing the last change of a row that is set up, by hand or by a sheet."""

from typing import Any

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.sheet_kinds import KINDS, SheetKind
from kiosk.hub.storage.edits import drop_edits, find_edit, last_edits, last_line_of
from kiosk.hub.storage.journals import lock_counting
from kiosk.hub.storage.store import Store

_OF_NOUN = {kind.noun: kind for kind in KINDS.values()}


class RowChangedError(KioskError):
    """A row was changed or used since."""

    def __init__(self, label: str) -> None:
        self.label = label
        super().__init__(
            N_("“%(name)s” was changed or used since. Correct what is wrong on its own page."),
            name=label,
        )


def undoable_lines(store: Store, lines: list[str]) -> set[str]:
    """Give those of some lines of the trail whose change can be undone."""
    with store.read() as connection:
        return last_edits(connection, lines)


def last_change(store: Store, subject: str) -> str:
    """Give the line of the trail that changed something last, '' where nothing changed it."""
    with store.read() as connection:
        line = last_line_of(connection, subject)
        return line if last_edits(connection, [line]) else ""


def undo_change(store: Store, clock: Clock, by: str, line: str) -> str:
    """Bring a row back to what it was before a change, and give its name.

    Raises NotFoundError where the line has no change to undo (any more), and
    RowChangedError where the row is no longer as the change left it, or where something
    was sold or set up under one that it added.
    """

    def undo(connection: Connection) -> str:
        lock_counting(connection)
        edit = find_edit(connection, line)
        if edit is None:
            raise NotFoundError
        undo_row(connection, clock, by, _OF_NOUN[edit.kind], edit.before, edit.after)
        return str(edit.after["name"])

    return store.retrying(undo)


def undo_row(
    connection: Connection,
    clock: Clock,
    by: str,
    kind: SheetKind,
    before: dict[str, Any] | None,
    after: dict[str, Any],
) -> None:
    """Bring one row back, in the caller's transaction; raises RowChangedError."""
    standing = kind.find(connection, after["id"])
    if standing is None or standing != kind.item(**after):
        raise RowChangedError(after["name"])
    if before is not None:
        kind.write(connection, clock, by, kind.item(**before))
        return
    if kind.is_used(connection, after["id"]):
        raise RowChangedError(after["name"])
    kind.delete(connection, after["id"])
    drop_edits(connection, after["id"])
    audit(
        connection,
        clock,
        by=by,
        action=f"{kind.noun} removed",
        subject=after["id"],
        facts={"name": after["name"]},
    )
