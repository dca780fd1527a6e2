"""The review tray as rows: one entry with its stored bytes, and what was decided about it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, delete, select, update

from kiosk.clock import stamp_utc
from kiosk.hub.storage.campaigns import instant, instant_or_none
from kiosk.hub.storage.store import upsert
from kiosk.hub.storage.tables import (
    audit_trail,
    counted_entries,
    entries,
    events,
    installations,
    journals,
    review_tray,
    users,
)

CONFLICT: Final = "conflict"
# Two copies of a machine went on from the same entry; both sides count.
FORK: Final = "fork"
# A machine says that somebody changed its file.
CHANGED_FILE: Final = "changed_file"
# The decision that lets one copy of an entry count, whatever its rank.
COUNTS: Final = "counts"


@dataclass(frozen=True, slots=True)
class StoredCopy:
    """An entry as it lies in its journal, and the machine that sent it."""

    machine: str
    journal: str
    seq: int
    stored: bytes
    hash: bytes
    depth: int
    arrived_at: datetime

    @property
    def place(self) -> tuple[str, int]:
        """Where it lies."""
        return self.journal, self.seq


@dataclass(frozen=True, slots=True)
class TrayRow:
    """Why an entry is in the tray, and what was decided (None while it waits)."""

    journal: str
    seq: int
    reason: str
    fact: str
    decision: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """What somebody did to one subject, with the facts of it."""

    at: datetime
    name: str
    action: str
    facts: dict[str, Any]


def find_row(
    connection: Connection, campaign_id: str, journal: str, seq: int, reason: str
) -> TrayRow | None:
    """Give one row of a campaign's tray, or None if it is not there."""
    row = (
        connection.execute(
            select(review_tray)
            .join(journals, journals.c.id == review_tray.c.journal)
            .join(installations, installations.c.id == journals.c.installation)
            .join(events, events.c.id == installations.c.event)
            .where(
                events.c.campaign == campaign_id,
                review_tray.c.journal == journal,
                review_tray.c.seq == seq,
                review_tray.c.reason == reason,
            )
        )
        .mappings()
        .first()
    )
    if row is None:
        return None
    return TrayRow(
        journal,
        seq,
        reason,
        row["fact"],
        row["decision"],
        instant_or_none(row["decided_at"]),
    )


def _copies() -> Select[Any]:
    return (
        select(entries, journals.c.depth, installations.c.name.label("machine"))
        .join(journals, journals.c.id == entries.c.journal)
        .join(installations, installations.c.id == journals.c.installation)
    )


def copies_at(connection: Connection, places: Iterable[tuple[str, int]]) -> list[StoredCopy]:
    """Give the entries at these places, the one that counts by its rank first."""
    found = []
    for journal, seq in places:
        row = connection.execute(
            _copies().where(entries.c.journal == journal, entries.c.seq == seq)
        ).one()
        found.append(
            StoredCopy(
                row.machine,
                row.journal,
                row.seq,
                bytes(row.stored),
                bytes(row.hash),
                row.depth,
                instant(row.arrived_at),
            )
        )
    return sorted(found, key=lambda one: (one.depth, one.seq, one.hash))


def counted_place(connection: Connection, entry_id: str) -> tuple[str, int] | None:
    """Say where the copy of an entry lies that counts now."""
    row = connection.execute(
        select(counted_entries.c.journal, counted_entries.c.seq).where(
            counted_entries.c.id == entry_id
        )
    ).first()
    return (row.journal, row.seq) if row else None


def conflict_places(connection: Connection, entry_id: str) -> set[tuple[str, int]]:
    """Say where the copies of an entry lie that are in the tray for their conflict."""
    rows = connection.execute(
        select(review_tray.c.journal, review_tray.c.seq).where(
            review_tray.c.reason == CONFLICT, review_tray.c.fact.contains(entry_id)
        )
    )
    return {(row.journal, row.seq) for row in rows}


def chosen_places(connection: Connection) -> frozenset[tuple[str, int]]:
    """Say which copies an organiser lets count, whatever their rank."""
    rows = connection.execute(
        select(review_tray.c.journal, review_tray.c.seq).where(
            review_tray.c.reason == CONFLICT, review_tray.c.decision == COUNTS
        )
    )
    return frozenset((row.journal, row.seq) for row in rows)


def write_decision(
    connection: Connection, row: TrayRow, decision: str | None, at: datetime
) -> None:
    """Write what was decided about a row, None to let it wait again."""
    connection.execute(
        update(review_tray)
        .where(
            review_tray.c.journal == row.journal,
            review_tray.c.seq == row.seq,
            review_tray.c.reason == row.reason,
        )
        .values(decision=decision, decided_at=stamp_utc(at) if decision else None)
    )


def put_conflict(
    connection: Connection, copy: StoredCopy, fact: str, decision: str | None, at: datetime
) -> None:
    """Write a copy of a conflict into the tray with what was decided about it."""
    values = {
        "journal": copy.journal,
        "seq": copy.seq,
        "reason": CONFLICT,
        "fact": fact,
        "arrived_at": stamp_utc(copy.arrived_at),
        "decision": decision,
        "decided_at": stamp_utc(at) if decision else None,
    }
    upsert(connection, review_tray, ("journal", "seq", "reason"), [values])


def drop_conflict(connection: Connection, copy: StoredCopy) -> None:
    """Take a copy out of the tray that counts by its rank and waits for nobody."""
    connection.execute(
        delete(review_tray).where(
            review_tray.c.journal == copy.journal,
            review_tray.c.seq == copy.seq,
            review_tray.c.reason == CONFLICT,
        )
    )


def trail_of(connection: Connection, subject: str) -> list[TrailLine]:
    """Give what was done to one subject, the last first."""
    rows = connection.execute(
        select(audit_trail, users.c.name)
        .outerjoin(users, users.c.id == audit_trail.c.by)
        .where(audit_trail.c.subject == subject)
        .order_by(audit_trail.c.at.desc(), audit_trail.c.id.desc())
    )
    return [
        TrailLine(instant(row.at), row.name or "", row.action, json.loads(row.facts))
        for row in rows
    ]
