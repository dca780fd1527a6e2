"""Uploaded set-up sheets as rows: one waits to be taken, and can be undone once it was.

The file itself is let go as soon as it is taken; what it changed is kept instead, row by
row as it was before and after, so that the last one can be taken back.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    LargeBinary,
    RowMapping,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from kiosk.clock import stamp_utc
from kiosk.hub.storage.campaigns import instant
from kiosk.hub.storage.tables import (
    metadata,
)

sheets = Table(
    "sheets",
    metadata,
    Column("id", Text, primary_key=True),
    # NULL for a sheet of campaigns, which belongs to none.
    Column("campaign", ForeignKey("campaigns.id"), index=True),
    Column("kind", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("taken_at", Text),
    # A sheet waits, is taken, and may be undone after that; one that is dropped is no row.
    Column("state", Text, nullable=False),
    Column("file", LargeBinary),
    # JSON: [[row before or null, row after], …], of a sheet that was taken.
    Column("changes", Text),
    CheckConstraint("state IN ('waiting', 'taken', 'undone')", name="state"),
)

_COLUMNS: Final = [sheets.c[name] for name in ("id", "campaign", "kind", "file_name", "state")]

# A row before (None where it was added) and after, as its fields by name.
RowChange = tuple[dict[str, Any] | None, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class UploadedSheet:
    """One sheet; `at` is when it was taken, or read where it still waits.

    `campaign` is '' for a sheet of campaigns.
    """

    id: str
    campaign: str
    kind: str
    file_name: str
    state: str
    at: datetime


def _sheet(row: RowMapping) -> UploadedSheet:
    found = dict(row)
    found["campaign"] = found["campaign"] or ""
    at = found.pop("taken_at") or found.pop("read_at")
    found.pop("read_at", None)
    return UploadedSheet(**found, at=instant(at))


def _of(campaign_id: str, kind: str) -> tuple[ColumnElement[bool], ...]:
    """Pick a campaign's sheets of a kind; '' is for those of campaigns themselves."""
    return sheets.c.campaign.is_not_distinct_from(campaign_id or None), sheets.c.kind == kind


def list_sheets(
    connection: Connection, campaign_id: str, kind: str, most: int
) -> list[UploadedSheet]:
    """Give a campaign's last sheets of a kind, the last one read first."""
    rows = connection.execute(
        select(*_COLUMNS, sheets.c.read_at, sheets.c.taken_at)
        .where(*_of(campaign_id, kind))
        .order_by(sheets.c.read_at.desc(), sheets.c.id.desc())
        .limit(most)
    )
    return [_sheet(row) for row in rows.mappings()]


def find_sheet(connection: Connection, sheet_id: str) -> UploadedSheet | None:
    """Give one sheet's row, or None if there is none of this id."""
    row = (
        connection.execute(
            select(*_COLUMNS, sheets.c.read_at, sheets.c.taken_at).where(sheets.c.id == sheet_id)
        )
        .mappings()
        .first()
    )
    return _sheet(row) if row else None


def find_last_taken(connection: Connection, campaign_id: str, kind: str) -> str | None:
    """Give the id of the sheet of a kind that was taken last and not undone."""
    return connection.scalar(
        select(sheets.c.id)
        .where(*_of(campaign_id, kind), sheets.c.state == "taken")
        .order_by(sheets.c.taken_at.desc(), sheets.c.id.desc())
        .limit(1)
    )


def insert_sheet(connection: Connection, sheet: UploadedSheet, data: bytes) -> None:
    """Write a sheet that waits, with its file."""
    connection.execute(
        insert(sheets).values(
            id=sheet.id,
            campaign=sheet.campaign or None,
            kind=sheet.kind,
            file_name=sheet.file_name,
            state=sheet.state,
            read_at=stamp_utc(sheet.at),
            file=data,
        )
    )


def read_sheet_file(connection: Connection, sheet_id: str) -> bytes | None:
    """Give a waiting sheet's file; None where it waits no more."""
    data = connection.scalar(select(sheets.c.file).where(sheets.c.id == sheet_id))
    return None if data is None else bytes(data)


def mark_sheet_taken(
    connection: Connection, sheet_id: str, at: datetime, changes: list[RowChange]
) -> bool:
    """Write that a waiting sheet was taken and let its file go; says whether it waited."""
    done = connection.execute(
        update(sheets)
        .where(sheets.c.id == sheet_id, sheets.c.state == "waiting")
        .values(
            state="taken",
            taken_at=stamp_utc(at),
            file=None,
            changes=json.dumps(changes, ensure_ascii=False),
        )
    )
    return done.rowcount == 1


def read_changes(connection: Connection, sheet_id: str) -> list[RowChange]:
    """Give what a taken sheet changed, in its order."""
    text = connection.scalar(select(sheets.c.changes).where(sheets.c.id == sheet_id))
    return [(before, after) for before, after in json.loads(text or "[]")]


def mark_sheet_undone(connection: Connection, sheet_id: str) -> bool:
    """Write that a taken sheet was undone; says whether it was taken."""
    done = connection.execute(
        update(sheets)
        .where(sheets.c.id == sheet_id, sheets.c.state == "taken")
        .values(state="undone", changes=None)
    )
    return done.rowcount == 1


def delete_waiting_sheet(connection: Connection, sheet_id: str) -> bool:
    """Let a waiting sheet go; says whether it waited."""
    done = connection.execute(
        delete(sheets).where(sheets.c.id == sheet_id, sheets.c.state == "waiting")
    )
    return done.rowcount == 1
