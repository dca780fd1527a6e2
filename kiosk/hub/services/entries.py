"""One entry or one online order as it lies in the store, with what else was said of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from kiosk.domain.entries import Entry, EntryNotReadableError, read_entry
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.storage import tray
from kiosk.hub.storage.campaigns import instant, instant_or_none
from kiosk.hub.storage.claim_decisions import ClaimDecision, decisions_about
from kiosk.hub.storage.events import find_event, list_events
from kiosk.hub.storage.imports import Import, find_import
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import (
    counted_entries,
    events,
    installations,
    journals,
    order_lines,
    orders,
)


@dataclass(frozen=True, slots=True)
class Related:
    """Another counted entry that speaks of the same sale or shift."""

    journal: str
    seq: int
    kind: str


@dataclass(frozen=True, slots=True)
class OpenedEntry:
    """An entry with its bytes; `counts` says whether this copy is the one that counts.

    `is_late` where it is a sale that came when its bazaar was over.
    """

    copy: tray.StoredCopy
    kind: str
    counts: bool
    related: list[Related]
    decisions: list[ClaimDecision]
    is_late: bool = False


def open_stored(store: Store, campaign_id: str, journal: str, seq: int) -> OpenedEntry:
    """Give one entry of a campaign's machines; raises NotFoundError."""
    with store.read() as connection:
        known = _campaign_of(connection, journal)
        copies = tray.copies_at(connection, [(journal, seq)]) if known == campaign_id else []
        if not copies:
            raise NotFoundError
        try:
            entry = read_entry(copies[0].stored)
        except EntryNotReadableError:
            return OpenedEntry(copies[0], "", counts=False, related=[], decisions=[])
        row = connection.execute(
            select(counted_entries).where(
                counted_entries.c.journal == journal, counted_entries.c.seq == seq
            )
        ).first()
        subject = (row.subject if row else None) or entry.id
        return OpenedEntry(
            copies[0],
            entry.kind,
            counts=row is not None,
            related=[one for one in _related(connection, subject) if one.seq != seq],
            decisions=decisions_about(connection, [subject]),
            is_late=row is not None and _is_late(connection, entry, copies[0].arrived_at),
        )


def _is_late(connection: Connection, counted: Entry, arrived_at: datetime) -> bool:
    """Say whether an entry that counts is a sale that came when its bazaar was over."""
    event = find_event(connection, counted.body["event"]) if counted.kind == "sale" else None
    return event is not None and arrived_at > event.bazaar_end


def _campaign_of(connection: Connection, journal: str) -> str | None:
    found: str | None = connection.scalar(
        select(events.c.campaign)
        .join(installations, installations.c.event == events.c.id)
        .join(journals, journals.c.installation == installations.c.id)
        .where(journals.c.id == journal)
    )
    return found


def _related(connection: Connection, subject: str) -> list[Related]:
    rows = connection.execute(
        select(counted_entries.c.journal, counted_entries.c.seq, counted_entries.c.kind)
        .where((counted_entries.c.id == subject) | (counted_entries.c.subject == subject))
        .order_by(counted_entries.c.journal, counted_entries.c.seq)
        .limit(100)
    )
    return [Related(row.journal, row.seq, row.kind) for row in rows]


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """A stored line of an online order, and what it counts."""

    n: int
    name: str
    units: int
    omzet_rp: int
    units_final: int
    omzet_final_rp: int


@dataclass(frozen=True, slots=True)
class OpenedOrder:
    """An online order as the hub keeps it, and the file that told it last."""

    source: str
    order_id: str
    channel: str
    invoice_number: str
    status: str
    state: str
    paid_at: datetime | None
    as_of: datetime
    event: str
    file: Import
    lines: list[OrderLineRow]


def open_order(store: Store, campaign_id: str, source: str, order_id: str) -> OpenedOrder:
    """Give one online order of a campaign; raises NotFoundError."""
    with store.read() as connection:
        row = (
            connection.execute(
                select(orders).where(
                    orders.c.campaign == campaign_id,
                    orders.c.source == source,
                    orders.c.order_id == order_id,
                )
            )
            .mappings()
            .first()
        )
        file = find_import(connection, row["import"]) if row else None
        if row is None or file is None:
            raise NotFoundError
        names = {one.id: one.name for one in list_events(connection, campaign_id)}
        lines = connection.execute(
            select(order_lines)
            .where(
                order_lines.c.campaign == campaign_id,
                order_lines.c.source == source,
                order_lines.c.order_id == order_id,
            )
            .order_by(order_lines.c.n)
        )
        return OpenedOrder(
            source,
            order_id,
            row["channel"],
            row["invoice_number"] or "",
            row["status"],
            row["state"],
            instant_or_none(row["paid_at"]),
            instant(row["as_of"]),
            names.get(row["event"] or "", ""),
            file,
            [
                OrderLineRow(
                    one.n,
                    one.name,
                    one.units,
                    one.omzet_rp,
                    one.units_final,
                    one.omzet_final_rp,
                )
                for one in lines
            ],
        )
