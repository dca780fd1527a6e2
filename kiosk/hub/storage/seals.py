"""Seals: entries found by the first digits of their hash, as they stand on paper."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from kiosk.domain.entries import Sealed
from kiosk.hub.storage.tables import entries, events, installations, journals


@dataclass(frozen=True, slots=True)
class FoundSeal:
    """An entry whose hash begins as asked for, and whose machine it is."""

    installation: str
    machine: str
    journal: str
    sealed: Sealed


def seals_beginning(
    connection: Connection, campaign: str, least: bytes, below: bytes | None
) -> list[FoundSeal]:
    """Find a campaign's entries whose hash is at least `least` and below `below`."""
    found = (
        select(
            installations.c.id,
            installations.c.name,
            entries.c.journal,
            entries.c.seq,
            entries.c.stored,
            entries.c.hash,
        )
        .select_from(entries)
        .join(journals, journals.c.id == entries.c.journal)
        .join(installations, installations.c.id == journals.c.installation)
        .join(events, events.c.id == installations.c.event)
        .where(events.c.campaign == campaign, entries.c.hash >= least)
        .order_by(journals.c.depth, entries.c.journal, entries.c.seq)
    )
    if below is not None:
        found = found.where(entries.c.hash < below)
    return [
        FoundSeal(
            row.id,
            row.name,
            row.journal,
            Sealed(row.seq, bytes(row.stored), bytes(row.hash)),
        )
        for row in connection.execute(found)
    ]


def entry_at(connection: Connection, journal: str, seq: int) -> bytes | None:
    """Give one entry's stored bytes."""
    found = connection.scalar(
        select(entries.c.stored).where(entries.c.journal == journal, entries.c.seq == seq)
    )
    return None if found is None else bytes(found)
