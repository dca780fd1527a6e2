"""Changes of what is set up: told in the trail, and kept whole so that the last can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.hub.services.accounts import audit
from kiosk.hub.services.trail import differences
from kiosk.hub.storage.edits import Edit, insert_edit


class SetUpRow(Protocol):
    """A row that somebody sets up, known by its id."""

    @property
    def id(self) -> str:
        """Its id."""
        ...


Row = TypeVar("Row", bound=SetUpRow)


def audit_change(
    connection: Connection,
    clock: Clock,
    by: str,
    noun: str,
    *,
    before: Row | None,
    after: Row,
    facts: Mapping[str, object],
    pack: Callable[[Row], dict[str, Any]] = asdict,  # type: ignore[assignment] # rows are dataclasses
) -> None:
    """Write into the trail that a `noun` was added or changed, in the transaction that does it.

    `pack` turns a row into JSON, as the sheets of its kind read it back.
    """
    line = audit(
        connection,
        clock,
        by=by,
        action=f"{noun} added" if before is None else f"{noun} changed",
        subject=after.id,
        facts={**facts, "changes": differences(before, after)},
    )
    was = None if before is None else pack(before)
    insert_edit(connection, Edit(line, noun, after.id, was, pack(after)))
