"""The bundles of this installation as its journals hold them, put together from their parts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kiosk.domain.entries import read_entry
from kiosk.storage.database import Connection

_LISTS: Final = ("tills", "stalls", "products", "staff", "offers", "logos")


@dataclass(frozen=True, slots=True)
class AppliedBundle:
    """One bundle that was applied: when, and its content without PIN hashes."""

    version: str
    applied_at: str
    content: Mapping[str, Any]


def applied_bundles(connection: Connection) -> Iterator[AppliedBundle]:
    """Give the bundles, the newest first; the first one is in force."""
    rows = connection.execute(
        """
        SELECT entries.stored
        FROM entries
        JOIN journals ON journals.ordinal = entries.journal AND journals.training = 0
        WHERE entries.kind = 'bundle_applied'
        ORDER BY entries.journal DESC, entries.seq DESC
        """
    )
    parts: list[Mapping[str, Any]] = []
    for row in rows:
        entry = read_entry(row["stored"])
        parts.insert(0, entry.body)
        if entry.body["part"] == 1:
            yield AppliedBundle(entry.body["version"], entry.at, _together(parts))
            parts = []


def _together(parts: list[Mapping[str, Any]]) -> dict[str, Any]:
    first = parts[0]
    lists = {name: [row for part in parts for row in part.get(name, [])] for name in _LISTS}
    texts = dict(first["texts"])
    for logo in lists.pop("logos"):
        texts["logo"] = logo["png"]
    frame = ("version", "installation_name", "campaign", "event")
    return {**{name: first[name] for name in frame}, **lists, "texts": texts}
