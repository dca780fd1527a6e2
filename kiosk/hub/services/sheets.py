"""Set-up sheets: what is set up goes out as a workbook, and in again, seen before it is taken.

A sheet is taken whole or not at all, and the last one that was taken can be undone while
nothing it wrote was changed or used since.
"""

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_, KioskError
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.campaigns import FieldError, NotFoundError
from kiosk.hub.services.sheet_cells import SheetTable, read_table
from kiosk.hub.services.sheet_kinds import KINDS
from kiosk.hub.services.sheet_plans import SheetPlan
from kiosk.hub.services.undoing import undo_row
from kiosk.hub.services.workbooks import write_workbook
from kiosk.hub.storage import sheets as rows
from kiosk.hub.storage.journals import lock_counting
from kiosk.hub.storage.sheets import RowChange, UploadedSheet
from kiosk.hub.storage.store import Store

MOST_SHOWN: Final = 20
_LONGEST_NAME: Final = 120


class SheetEmptyError(FieldError):
    """A sheet has its columns and no row below them."""

    field = "file"

    def __init__(self, name: str) -> None:
        super().__init__(
            N_("%(name)s has no rows under its columns. Fill it in, and upload it."), name=name
        )


class SheetMovedError(KioskError):
    """What a sheet would do is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(
            N_("Something was changed meanwhile. Look at the sheet once more, then take it.")
        )


class SheetNotLastError(KioskError):
    """Only the last sheet can be undone."""

    def __init__(self) -> None:
        super().__init__(N_("Only the last sheet that was taken can be undone."))


def download(store: Store, campaign_id: str, kind: str, title: str) -> bytes:
    """Give all of one kind in a campaign as a workbook that comes in again unchanged."""
    with store.read() as connection:
        found = KINDS[kind].rows(connection, campaign_id)
    return write_workbook(title, KINDS[kind].columns, found)


def last_sheets(store: Store, campaign_id: str, kind: str) -> tuple[list[UploadedSheet], str]:
    """Give the last sheets of a kind, and the id of the one that can be undone ('' for none)."""
    with store.read() as connection:
        found = rows.list_sheets(connection, campaign_id, kind, MOST_SHOWN)
        return found, rows.find_last_taken(connection, campaign_id, kind) or ""


def open_sheet(store: Store, campaign_id: str, kind: str, sheet_id: str) -> UploadedSheet:
    """Give one sheet; raises NotFoundError."""
    with store.read() as connection:
        sheet = rows.find_sheet(connection, sheet_id)
    if sheet is None or (sheet.campaign, sheet.kind) != (campaign_id, kind):
        raise NotFoundError
    return sheet


def read_sheet_in(
    store: Store, clock: Clock, by: str, campaign_id: str, kind: str, file_name: str, data: bytes
) -> UploadedSheet:
    """Read an uploaded sheet and let it wait; nothing of it is taken yet.

    Raises SheetEmptyError, and what `read_table` raises.
    """
    name = file_name.replace("\\", "/").rpartition("/")[2][:_LONGEST_NAME] or "sheet"
    if not _table(kind, name, data).rows:
        raise SheetEmptyError(name)
    sheet = UploadedSheet(clock.new_id(), campaign_id, kind, name, "waiting", clock.now())
    with store.begin() as connection:
        rows.insert_sheet(connection, sheet, data)
        _audit(connection, clock, by, "sheet read", sheet)
    return sheet


def dry_run(store: Store, sheet: UploadedSheet) -> SheetPlan[Any]:
    """Say what taking a waiting sheet would do now; raises NotFoundError where it waits no more."""
    with store.read() as connection:
        return _plan(connection, sheet)


def take_sheet(store: Store, clock: Clock, by: str, sheet: UploadedSheet, digest: str) -> None:
    """Write all that a waiting sheet changes, if that is still what `digest` names.

    Raises SheetMovedError where it is not, and NotFoundError where it waits no more.
    """

    def take(connection: Connection) -> None:
        plan = _plan(connection, sheet)
        if plan.digest != digest or not plan.can_be_taken:
            raise SheetMovedError
        kind = KINDS[sheet.kind]
        changes: list[RowChange] = []
        for row in (*plan.added, *plan.changed):
            item = row.after if row.before else replace(row.after, id=clock.new_id())
            # A till is known by its machine, which may come to be with it.
            named = kind.write(connection, clock, by, item)
            written = kind.find(connection, named if isinstance(named, str) else item.id)
            changes.append((kind.pack(row.before) if row.before else None, kind.pack(written)))
        if not rows.mark_sheet_taken(connection, sheet.id, clock.now(), changes):
            raise NotFoundError
        _audit(connection, clock, by, "sheet taken", sheet, changed=len(changes))

    store.retrying(take)


def drop_sheet(store: Store, clock: Clock, by: str, sheet: UploadedSheet) -> None:
    """Let a waiting sheet go; raises NotFoundError where it waits no more."""
    with store.begin() as connection:
        if not rows.delete_waiting_sheet(connection, sheet.id):
            raise NotFoundError
        _audit(connection, clock, by, "sheet dropped", sheet)


def undo_sheet(store: Store, clock: Clock, by: str, sheet: UploadedSheet) -> None:
    """Bring every row back to what it was before the last sheet that was taken.

    Raises SheetNotLastError, and RowChangedError where a row is no longer as the
    sheet left it, or where something was sold or set up under one that it added.
    """

    def undo(connection: Connection) -> None:
        lock_counting(connection)
        if rows.find_last_taken(connection, sheet.campaign, sheet.kind) != sheet.id:
            raise SheetNotLastError
        changes = rows.read_changes(connection, sheet.id)
        for before, after in reversed(changes):
            undo_row(connection, clock, by, KINDS[sheet.kind], before, after)
        rows.mark_sheet_undone(connection, sheet.id)
        _audit(connection, clock, by, "sheet undone", sheet, changed=len(changes))

    store.retrying(undo)


def _table(kind: str, name: str, data: bytes) -> SheetTable:
    return read_table(name, data, KINDS[kind].columns, KINDS[kind].key)


def _plan(connection: Connection, sheet: UploadedSheet) -> SheetPlan[Any]:
    data = rows.read_sheet_file(connection, sheet.id)
    if data is None:
        raise NotFoundError
    table = _table(sheet.kind, sheet.file_name, data)
    return KINDS[sheet.kind].plan(connection, sheet.campaign, table)


def _audit(
    connection: Connection, clock: Clock, by: str, action: str, sheet: UploadedSheet, **facts: int
) -> None:
    audit(
        connection,
        clock,
        by=by,
        action=action,
        subject=sheet.id,
        facts={"kind": sheet.kind, "file": sheet.file_name, **facts},
    )
