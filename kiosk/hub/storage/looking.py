"""Looking through a campaign's counted entries, the newest journals first, a bounded way at a time.

No index knows what is in an entry, and none grows with every sale: an answer looks at a
fixed number of entries at most and says where the next one goes on.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Self, TypeVar

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, literal, or_, select

from kiosk.hub.storage.tables import counted_entries, entries, events, installations, journals

# How many places of journals one answer looks at; a Friday has fewer.
WINDOW: Final = 20_000
Row = TypeVar("Row")

# Where few of the entries looked at are wanted, an answer looks so many times.
_MOST_TURNS: Final = 10
_PLACE: Final = re.compile(r"([0-9a-f-]{36})\.([0-9]{1,15})")


class Place(NamedTuple):
    """A place in a journal; written `journal.seq` in an address."""

    journal: str
    seq: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a place from an address, None for anything else."""
        found = _PLACE.fullmatch(text)
        return cls(found[1], int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.journal}.{self.seq}"


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """A counted entry with its stored bytes, and the machine that sent it."""

    id: str
    kind: str
    subject: str | None
    machine: str
    journal: str
    seq: int
    stored: bytes

    @property
    def place(self) -> Place:
        """Where it lies."""
        return Place(self.journal, self.seq)


def look_through(
    connection: Connection,
    campaign_id: str,
    wanted: ColumnElement[bool],
    most: int,
    before: Place | None = None,
) -> tuple[list[FoundEntry], Place | None]:
    """Give at most `most` counted entries that are `wanted`, and the place to go on before.

    None says that nothing is left. At most `WINDOW` places are looked at.
    """
    found: list[FoundEntry] = []
    left = WINDOW
    for journal, head, machine in _journals(connection, campaign_id):
        if before and journal > before.journal:
            continue
        top = min(head, before.seq - 1) if before and journal == before.journal else head
        if left <= 0:
            return found, Place(journal, top + 1)
        bottom = max(0, top - left)
        left -= top - bottom
        rows = connection.execute(_entries(journal, bottom, top, wanted, most + 1 - len(found)))
        found += [_found(row, machine) for row in rows]
        if len(found) > most:
            return found[:most], found[most - 1].place
        if bottom:
            return found, Place(journal, bottom + 1)
    return found, None


def look_on(
    look: Callable[[Place | None], tuple[list[Row], Place | None]], before: Place | None, most: int
) -> tuple[list[Row], Place | None]:
    """Give the rows of several looks, until there are `most` or a bounded way was gone.

    `look` gives the rows of one page, which may be few or none, and where to go on.
    """
    rows, more = look(before)
    for _turn in range(_MOST_TURNS):
        if more is None or len(rows) >= most:
            break
        found, more = look(more)
        rows += found
    return rows, more


def _journals(connection: Connection, campaign_id: str) -> list[tuple[str, int, str]]:
    """Give a campaign's journals with their heads and machines; ids begin with their time."""
    rows = connection.execute(
        select(journals.c.id, journals.c.head_seq, installations.c.name)
        .join(installations, installations.c.id == journals.c.installation)
        .join(events, events.c.id == installations.c.event)
        .where(events.c.campaign == campaign_id)
    )
    return sorted(((row.id, row.head_seq, row.name) for row in rows), reverse=True)


def _entries(journal: str, bottom: int, top: int, wanted: ColumnElement[bool], most: int) -> Any:
    same_place = (entries.c.journal == counted_entries.c.journal) & (
        entries.c.seq == counted_entries.c.seq
    )
    return (
        select(counted_entries, entries.c.stored)
        .join(entries, same_place)
        .where(
            counted_entries.c.journal == journal,
            counted_entries.c.seq > bottom,
            counted_entries.c.seq <= top,
            wanted,
        )
        .order_by(counted_entries.c.seq.desc())
        .limit(most)
    )


def _found(row: Any, machine: str) -> FoundEntry:
    return FoundEntry(
        row.id, row.kind, row.subject, machine, row.journal, row.seq, bytes(row.stored)
    )


def of_kinds(*kinds: str) -> ColumnElement[bool]:
    """Want entries of these kinds."""
    return counted_entries.c.kind.in_(kinds)


def holding(connection: Connection, needles: Sequence[bytes]) -> ColumnElement[bool]:
    """Want entries whose stored bytes hold one of these, in the store's own words."""
    if connection.dialect.name == "sqlite":
        return or_(false(), *(func.instr(entries.c.stored, literal(one)) > 0 for one in needles))
    return or_(
        false(),
        *(func.position(literal(one).op("IN")(entries.c.stored)) > 0 for one in needles),
    )


def all_of(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Want what meets every condition."""
    return and_(*conditions)


def any_of(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Want what meets one of the conditions."""
    return or_(*conditions)


def spoken_of_by(kind: str) -> ColumnElement[bool]:
    """Want the sales that an entry of a kind speaks of, e.g. those whose payment changed."""
    speaking = counted_entries.alias("speaking")
    return exists().where(
        speaking.c.subject == counted_entries.c.id,
        speaking.c.kind == kind,
    )
