"""What changes made of rows: each as it was before and after, beside its line of the trail.

An edit's id is its line's. The trail tells people what changed and is never changed itself;
what stands here is whole, so that a row can be brought back as it was.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, Text, delete, func, insert, select

from kiosk.hub.storage.tables import audit_trail, metadata

edits: Final = Table(
    "edits",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    # JSON; NULL for a row that the change added.
    Column("before", Text),
    Column("after", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a row: its fields by name before (None where it was added) and after.

    `kind` is the noun by which the trail speaks of such rows.
    """

    id: str
    kind: str
    subject: str
    before: dict[str, Any] | None
    after: dict[str, Any]


def insert_edit(connection: Connection, edit: Edit) -> None:
    """Keep a change; one that changed nothing is none."""
    if edit.before == edit.after:
        return
    connection.execute(
        insert(edits).values(
            id=edit.id,
            kind=edit.kind,
            subject=edit.subject,
            before=None if edit.before is None else _written(edit.before),
            after=_written(edit.after),
        )
    )


def find_edit(connection: Connection, edit_id: str) -> Edit | None:
    """Give one change, or None if there is none of this id."""
    row = connection.execute(select(edits).where(edits.c.id == edit_id)).mappings().first()
    if row is None:
        return None
    before = json.loads(row["before"]) if row["before"] is not None else None
    return Edit(row["id"], row["kind"], row["subject"], before, json.loads(row["after"]))


def last_edits(connection: Connection, lines: list[str]) -> set[str]:
    """Give those of some lines of the trail that are the last change of their row.

    Only such a one can be undone: a later change stands on what it made.
    """
    later = edits.alias()
    newest = select(func.max(later.c.id)).where(later.c.subject == edits.c.subject)
    query = select(edits.c.id).where(edits.c.id.in_(lines), edits.c.id == newest.scalar_subquery())
    return set(connection.scalars(query))


def last_line_of(connection: Connection, subject: str) -> str:
    """Give the last line of the trail about something, '' where there is none."""
    query = (
        select(audit_trail.c.id)
        .where(audit_trail.c.subject == subject)
        .order_by(audit_trail.c.at.desc(), audit_trail.c.id.desc())
        .limit(1)
    )
    return connection.scalar(query) or ""


def drop_edits(connection: Connection, subject: str) -> None:
    """Let go of the changes of a row that is no more."""
    connection.execute(delete(edits).where(edits.c.subject == subject))


def _written(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)
