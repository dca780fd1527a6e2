"""Imported files as rows: a dry run waits with its file until it is taken or dropped."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from kiosk.clock import stamp_utc
from kiosk.hub.storage.campaigns import instant
from kiosk.hub.storage.tables import imports

# Every column but the file itself, which may be 20 MB.
_COLUMNS = [column for column in imports.c if column.name != "file"]


@dataclass(frozen=True, slots=True)
class Import:
    """One uploaded file; `as_of` is the newest time in it, `state` is dry_run or taken."""

    id: str
    campaign: str
    source: str
    file_name: str
    file_sha256: str
    imported_at: datetime
    imported_by: str
    as_of: datetime
    orders: int
    problems: int
    state: str


def _import(row: RowMapping) -> Import:
    return Import(
        **{**dict(row), "imported_at": instant(row["imported_at"]), "as_of": instant(row["as_of"])}
    )


def list_imports(connection: Connection, campaign_id: str) -> list[Import]:
    """Give a campaign's files, the last imported first."""
    rows = connection.execute(
        select(*_COLUMNS)
        .where(imports.c.campaign == campaign_id)
        .order_by(imports.c.imported_at.desc(), imports.c.id.desc())
    )
    return [_import(row) for row in rows.mappings()]


def find_import(connection: Connection, import_id: str) -> Import | None:
    """Give one file's row, or None if there is none of this id."""
    row = connection.execute(select(*_COLUMNS).where(imports.c.id == import_id)).mappings().first()
    return _import(row) if row else None


def find_same_file(connection: Connection, campaign_id: str, file_sha256: str) -> Import | None:
    """Give the campaign's import of the very same bytes, the last one if there are several."""
    row = (
        connection.execute(
            select(*_COLUMNS)
            .where(imports.c.campaign == campaign_id, imports.c.file_sha256 == file_sha256)
            .order_by(imports.c.imported_at.desc())
        )
        .mappings()
        .first()
    )
    return _import(row) if row else None


def read_file(connection: Connection, import_id: str) -> bytes:
    """Give the uploaded file's bytes; raises LookupError if they are not kept."""
    data = connection.scalar(select(imports.c.file).where(imports.c.id == import_id))
    if data is None:
        raise LookupError(import_id)
    return bytes(data)


def insert_import(connection: Connection, entry: Import, file: bytes) -> None:
    """Write a dry run with its file."""
    connection.execute(
        insert(imports).values(
            id=entry.id,
            campaign=entry.campaign,
            source=entry.source,
            file_name=entry.file_name,
            file_sha256=entry.file_sha256,
            imported_at=stamp_utc(entry.imported_at),
            imported_by=entry.imported_by,
            as_of=stamp_utc(entry.as_of),
            orders=entry.orders,
            problems=entry.problems,
            state=entry.state,
            file=file,
        )
    )


def mark_taken(connection: Connection, import_id: str, at: datetime) -> bool:
    """Turn a dry run into a taken import; the file is let go, since it names buyers.

    Says whether it was still a dry run, so that two organisers cannot both take it.
    """
    result = connection.execute(
        update(imports)
        .where(imports.c.id == import_id, imports.c.state == "dry_run")
        .values(state="taken", imported_at=stamp_utc(at), file=None)
    )
    return result.rowcount == 1


def delete_dry_run(connection: Connection, import_id: str) -> bool:
    """Take a dry run away with its file; says whether there was one."""
    result = connection.execute(
        delete(imports).where(imports.c.id == import_id, imports.c.state == "dry_run")
    )
    return result.rowcount == 1
