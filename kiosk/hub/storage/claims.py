"""Sales with a claimed payment, as rows: few among many, found by their stored bytes."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, literal, select

from kiosk.hub.storage.tables import counted_entries, entries, installations, journals

# How the stored bytes of a claimed payment say so; a note cannot, its quotes are escaped.
_CLAIMED = b'"state":"claimed"'


@dataclass(frozen=True, slots=True)
class ClaimingSale:
    """A counted sale that was recorded with a claimed payment, and the machine that sent it."""

    id: str
    machine: str
    journal: str
    seq: int
    stored: bytes


def claiming_sales(
    connection: Connection, campaign_events: list[str], most: int
) -> list[ClaimingSale]:
    """Give the counted sales of installations at these events, the newest first, at most `most`."""
    rows = connection.execute(
        select(
            counted_entries.c.id,
            installations.c.name,
            entries.c.journal,
            entries.c.seq,
            entries.c.stored,
        )
        .join(
            entries,
            (entries.c.journal == counted_entries.c.journal)
            & (entries.c.seq == counted_entries.c.seq),
        )
        .join(journals, journals.c.id == counted_entries.c.journal)
        .join(installations, installations.c.id == journals.c.installation)
        .where(
            counted_entries.c.kind == "sale",
            installations.c.event.in_(campaign_events),
            _holds_claim(connection),
        )
        .order_by(entries.c.arrived_at.desc(), entries.c.journal, entries.c.seq.desc())
        .limit(most)
    )
    return [ClaimingSale(row.id, row.name, row.journal, row.seq, bytes(row.stored)) for row in rows]


def _holds_claim(connection: Connection) -> ColumnElement[bool]:
    """Say in the store's own words that an entry's bytes hold a claimed payment."""
    if connection.dialect.name == "sqlite":
        return func.instr(entries.c.stored, literal(_CLAIMED)) > 0
    return func.position(literal(_CLAIMED).op("IN")(entries.c.stored)) > 0
