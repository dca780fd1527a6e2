"""Plans of set-up sheets: what taking one would do to every row; nothing is written.

The page that shows a plan and the step that takes it make it alike; its digest tells
whether they still agree.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from kiosk.errors import N_, KioskError
from kiosk.hub.marketplaces.cells import clean
from kiosk.hub.services.sheet_cells import CellError, SheetColumn, SheetRow

Item = TypeVar("Item")
# A row's cells as the downloaded sheet writes them, by their columns' keys.
Cells = dict[str, str | int]


class RowTwiceError(KioskError):
    """A sheet names the same product or vendor twice."""

    def __init__(self, row: int) -> None:
        self.row = row
        super().__init__(
            N_("Row %(row)s is the same one. Delete one of the two rows, or correct it."), row=row
        )


class IdUnknownError(KioskError):
    """A row's ID names nothing that is here."""

    def __init__(self) -> None:
        super().__init__(N_("Nothing here has this ID. Leave the cell empty for a new row."))


class NameNotCertainError(KioskError):
    """A row has no ID, and several are called what it says."""

    def __init__(self) -> None:
        super().__init__(
            N_("Several are called this. Copy the ID of the one you mean from a downloaded sheet.")
        )


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One cell that would change."""

    column: str
    before: str | int
    after: str | int


@dataclass(frozen=True, slots=True)
class PlannedRow(Generic[Item]):
    """A row and what it would do; `before` is None for one that would be added."""

    number: int
    label: str
    before: Item | None
    after: Item
    changes: tuple[FieldChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether the row says what stands already."""
        return self.before is not None and not self.changes


@dataclass(frozen=True, slots=True)
class SheetPlan(Generic[Item]):
    """What taking a sheet would do, the cells that stand in its way, and what it leaves out."""

    rows: tuple[PlannedRow[Item], ...]
    errors: tuple[CellError, ...]
    unread: tuple[str, ...]
    not_mentioned: int

    @property
    def added(self) -> list[PlannedRow[Item]]:
        """Give the rows that would be added."""
        return [row for row in self.rows if row.before is None]

    @property
    def changed(self) -> list[PlannedRow[Item]]:
        """Give the rows that would change what stands."""
        return [row for row in self.rows if row.before is not None and row.changes]

    @property
    def same(self) -> int:
        """Count the rows that say what stands already."""
        return sum(row.is_same for row in self.rows)

    @property
    def can_be_taken(self) -> bool:
        """Whether no cell stands in the way and something would change."""
        return not self.errors and any(not row.is_same for row in self.rows)

    @property
    def digest(self) -> str:
        """Name all that would change, to tell whether it is still what was shown."""
        told = [(row.number, row.label, row.before is None, row.changes) for row in self.rows]
        return hashlib.sha256(repr(told).encode()).hexdigest()


class Named(Protocol):
    """What has an id and a name."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def name(self) -> str:
        """What it is called."""
        ...


NamedItem = TypeVar("NamedItem", bound=Named)


def standing_of(row: SheetRow, standing: Sequence[NamedItem]) -> NamedItem | None:
    """Give what a row speaks of, by its ID, or by its name where it has none; None if it is new.

    An ID that is nobody's, and a name that several have, are refused at their cells.
    """
    row_id, name = row.typed("id"), row.typed("name").casefold()
    if row_id:
        found = [one for one in standing if one.id == row_id]
        if not found:
            row.refuse("id", IdUnknownError())
    else:
        found = [one for one in standing if clean(one.name).casefold() == name]
        if len(found) > 1:
            row.refuse("name", NameNotCertainError())
    return found[0] if found else None


class Planner(Generic[Item]):
    """Gathers the planned rows of one sheet and refuses what it names twice."""

    def __init__(
        self, columns: Sequence[SheetColumn], cells_of: Callable[[Item], Cells], key: str
    ) -> None:
        self._columns = columns
        self._cells_of = cells_of
        self._key = key
        self._seen: dict[str, int] = {}
        self._rows: list[PlannedRow[Item]] = []
        self._errors: list[CellError] = []

    def add(
        self, row: SheetRow, identity: str, label: str, before: Item | None, after: Item
    ) -> None:
        """Plan one row; `identity` is what no two rows of a sheet may share."""
        first = self._seen.setdefault(identity, row.number)
        if first != row.number:
            row.refuse(self._key, RowTwiceError(first))
        self._errors += row.errors
        if not row.errors:
            changes = self._changes(before, after)
            self._rows.append(PlannedRow(row.number, label, before, after, changes))

    def refuse(self, row: SheetRow) -> None:
        """Keep the errors of a row of which not even the identity can be read."""
        self._errors += row.errors

    def plan(self, unread: Sequence[str], standing: int) -> SheetPlan[Item]:
        """Give the plan; `standing` is how many rows there are now."""
        mentioned = sum(row.before is not None for row in self._rows)
        return SheetPlan(
            tuple(self._rows), tuple(self._errors), tuple(unread), standing - mentioned
        )

    def _changes(self, before: Item | None, after: Item) -> tuple[FieldChange, ...]:
        new = self._cells_of(after)
        old = self._cells_of(before) if before is not None else dict.fromkeys(new, "")
        return tuple(
            FieldChange(column.title, old[column.key], new[column.key])
            for column in self._columns
            if old[column.key] != new[column.key]
        )
