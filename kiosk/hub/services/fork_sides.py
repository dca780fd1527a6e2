"""Both sides of a fork: what two copies of a machine sold behind the last entry they share."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from kiosk.domain.entries import EntryNotReadableError, Sealed, read_entry
from kiosk.hub.services.decisions import Summary, summarise
from kiosk.hub.storage.journals import entries_after, find_head, fork_of
from kiosk.hub.storage.store import Store

# Whoever looks at two copies looks at an hour or two.
MOST_SHOWN: Final = 200
SAME: Final = "same"
DIFFERS: Final = "differs"


@dataclass(frozen=True, slots=True)
class SideSale:
    """One sale of a side; `twin` says whether the other side has it too: the same, or otherwise."""

    journal: str
    seq: int
    summary: Summary
    at: datetime | None
    entry_id: str
    twin: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """What one copy has behind entry `after` of the journal both began with.

    `sales` are those of at most the first `MOST_SHOWN` entries.
    """

    journal: str
    after: int
    entries: int
    sales: list[SideSale]

    @property
    def is_cut(self) -> bool:
        """Whether there is more than is shown."""
        return self.entries > MOST_SHOWN

    @property
    def total_rp(self) -> int:
        """What the sales shown come to."""
        return sum(sale.summary.total_rp or 0 for sale in self.sales)


def sides_of(store: Store, journal: str) -> tuple[Side, Side] | None:
    """Give the sides of the fork that a journal began, the old journal's first.

    None where it continues none that is known here.
    """
    with store.read() as connection:
        place = fork_of(connection, journal)
        before = find_head(connection, place[0]) if place else None
        after = find_head(connection, journal)
        if place is None or before is None or after is None:
            return None
        old = entries_after(connection, before.id, place[1], MOST_SHOWN)
        new = entries_after(connection, journal, 1, MOST_SHOWN)
    first, second = _sales(before.id, old), _sales(journal, new)
    at = place[1]
    return (
        Side(before.id, at, before.seq - at, _marked(first, second)),
        Side(journal, at, after.seq - 1, _marked(second, first)),
    )


def _sales(journal: str, sealed: Iterable[Sealed]) -> list[SideSale]:
    found = []
    for one in sealed:
        summary = summarise(one.stored)
        try:
            entry = read_entry(one.stored)
        except EntryNotReadableError:
            continue
        if summary is None or entry.kind != "sale":
            continue
        found.append(SideSale(journal, one.seq, summary, _instant(entry.at), entry.id))
    return found


def _marked(sales: list[SideSale], others: list[SideSale]) -> list[SideSale]:
    known = {other.entry_id: other.summary for other in others}
    return [
        replace(sale, twin=SAME if known[sale.entry_id] == sale.summary else DIFFERS)
        if sale.entry_id in known
        else sale
        for sale in sales
    ]


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
