"""Which entries and rows a figure is made of: by its keys, and by what their bytes show beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection

from kiosk.domain.entries import canonical_json
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.effects import PREORDER, RollupKey
from kiosk.hub.services.figures import GROUPS, Grouping, grouping_of
from kiosk.hub.storage.looking import FoundEntry, all_of, any_of, holding, of_kinds
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import kept_vendors, list_vendors

# The key of what somebody looks after, beside which she sees nothing.
_OWN: Final = "own"
_IN_ZONE: Final = b'+07:00"'
# How a roll-up's column is written in a sale's stored bytes, which are sorted and without spaces.
_SPELLED: Final = {
    "event": "event",
    "vendor": "stall",
    "product": "product",
    "category": "category",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that is to be opened: one key of one group, of one event or of all (None).

    `search` is what else stands in an entry or a row: a receipt's number, an order's, a name.
    """

    campaign: str
    group: str
    key: str
    event: str | None = None
    search: str = ""


class Filter:
    """Which keys of the roll-ups belong to a figure, as far as whoever asks may see them."""

    def __init__(self, store: Store, asked: Asked) -> None:
        if asked.group not in GROUPS:
            raise NotFoundError
        with store.read() as connection:
            self.wanted: list[tuple[Grouping, str]] = [
                (grouping_of(connection, asked.campaign, asked.group), asked.key)
            ]
            if store.scope is not None:
                own = {one.id: _OWN for one in list_vendors(connection, asked.campaign)}
                own |= dict.fromkeys(kept_vendors(connection), _OWN)
                merged = kept_vendors(connection).items()
                own |= {gone: _OWN for gone, kept in merged if kept in own}
                self.wanted.append((Grouping("vendor", own, only_of=True), _OWN))
        if asked.event is not None:
            self.wanted.append((Grouping("event", {}), asked.event))

    def holds(self, key: RollupKey) -> bool:
        """Say whether what counts under a key is part of the figure."""
        return all(
            grouping.key_of(*(getattr(key, column) for column in grouping.columns)) == wanted
            for grouping, wanted in self.wanted
        )

    def values(self) -> dict[str, frozenset[str]]:
        """Give the values that columns may have, as far as that can be said beforehand."""
        found: dict[str, frozenset[str]] = {}
        for grouping, wanted in self.wanted:
            values = grouping.values(wanted)
            if values is not None:
                before = found.get(grouping.column)
                found[grouping.column] = values if before is None else before & values
        return found


def sales_of(found: Sequence[FoundEntry]) -> set[str]:
    """Name the sales that entries are, or speak of."""
    return {entry.id if entry.kind == "sale" else entry.subject or "" for entry in found}


def condition_of(
    connection: Connection, values: dict[str, frozenset[str]], search: str
) -> ColumnElement[bool]:
    """Say of which entries' bytes it can be seen that they may be part of a figure.

    A refund does not name the goods that came back, so each has to be read.
    """
    conditions = [of_kinds("sale", "refund"), *searching(connection, search)]
    for column, some in values.items():
        if column == "hour":
            days = [f'"at":"{hour}'.encode() for hour in some]
            conditions.append(any_of(holding(connection, days), ~holding(connection, [_IN_ZONE])))
        elif column in _SPELLED:
            spelled = [
                f'"{_SPELLED[column]}":{spelled_json(value)}'.encode() for value in sorted(some)
            ]
            conditions.append(any_of(holding(connection, spelled), of_kinds("refund")))
        elif column == "channel" and PREORDER in some:
            spelled = [spelled_json(PREORDER).encode()]
            conditions.append(any_of(holding(connection, spelled), of_kinds("refund")))
    return all_of(*conditions)


def searching(connection: Connection, search: str) -> list[ColumnElement[bool]]:
    """Want entries that hold what is searched for, as it is usually written."""
    if not search:
        return []
    spellings = {search, search.upper(), search.lower(), search.title(), search.capitalize()}
    return [holding(connection, [spelled_json(one)[1:-1].encode() for one in sorted(spellings)])]


def spelled_json(text: str) -> str:
    """Write a text as it stands in stored bytes; half a character stands in none."""
    return canonical_json(text.encode("utf-8", "replace").decode()).decode()


def word_of(value: object) -> str:
    """Give a text of an entry that nothing has checked, '' for what is none."""
    return value[:200].encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def name_of(line: object) -> str:
    """Give what a sale's line calls its goods, '' where it is none."""
    if not isinstance(line, dict):
        return ""
    return " · ".join(filter(None, (word_of(line.get("name")), word_of(line.get("variant")))))
