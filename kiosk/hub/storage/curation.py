"""What ranking rests on, as rows: its rule, the proposals accepted, and what ran out when."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from kiosk.clock import stamp_utc
from kiosk.domain.entries import EntryNotReadableError, read_entry
from kiosk.hub.storage.campaigns import instant
from kiosk.hub.storage.store import upsert
from kiosk.hub.storage.tables import (
    counted_entries,
    curation_decisions,
    curation_rules,
    entries,
    installations,
    journals,
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A proposal that was accepted; `product` is '' where it is about the vendor herself."""

    id: str
    campaign: str
    vendor: str
    product: str
    proposal: str
    reason: str
    at: datetime
    by: str


def find_rule(connection: Connection, campaign_id: str) -> dict[str, Any]:
    """Give a campaign's rule as it was kept, empty where nobody changed the usual one."""
    text = connection.scalar(
        select(curation_rules.c.rule).where(curation_rules.c.campaign == campaign_id)
    )
    found: dict[str, Any] = json.loads(text or "{}")
    return found


def write_rule(connection: Connection, campaign_id: str, rule: dict[str, Any]) -> None:
    """Put a campaign's rule in place of what it was."""
    row = {"campaign": campaign_id, "rule": json.dumps(rule, sort_keys=True)}
    upsert(connection, curation_rules, ["campaign"], [row])


def standing_decisions(connection: Connection, campaign_id: str) -> list[Accepted]:
    """Give the accepted proposals that were not taken back, the last first."""
    rows = connection.execute(
        select(curation_decisions)
        .where(
            curation_decisions.c.campaign == campaign_id,
            curation_decisions.c.undone_at.is_(None),
        )
        .order_by(curation_decisions.c.at.desc(), curation_decisions.c.id.desc())
    )
    return [_accepted(row) for row in rows.mappings()]


def insert_decision(connection: Connection, one: Accepted) -> None:
    """Write that a proposal was accepted."""
    connection.execute(
        insert(curation_decisions).values(
            id=one.id,
            campaign=one.campaign,
            vendor=one.vendor,
            product=one.product,
            proposal=one.proposal,
            reason=one.reason,
            at=stamp_utc(one.at),
            by=one.by,
        )
    )


def take_back(connection: Connection, decision_id: str, by: str, at: datetime) -> bool:
    """Write that an accepted proposal was taken back; says whether it stood."""
    done = connection.execute(
        update(curation_decisions)
        .where(curation_decisions.c.id == decision_id, curation_decisions.c.undone_at.is_(None))
        .values(undone_at=stamp_utc(at), undone_by=by)
    )
    return done.rowcount == 1


def ran_out(connection: Connection, events: Iterable[str]) -> set[tuple[str, str]]:
    """Give (event, product) of what tills said was sold out, or counted down to nothing."""
    rows = connection.execute(
        select(entries.c.stored, installations.c.event)
        .join(
            counted_entries,
            (entries.c.journal == counted_entries.c.journal)
            & (entries.c.seq == counted_entries.c.seq),
        )
        .join(journals, journals.c.id == entries.c.journal)
        .join(installations, installations.c.id == journals.c.installation)
        .where(counted_entries.c.kind == "stock_moved", installations.c.event.in_(sorted(events)))
    )
    found = set()
    for row in rows:
        product = _nothing_left(bytes(row.stored))
        if product:
            found.add((row.event, product))
    return found


def _nothing_left(stored: bytes) -> str:
    """Give the product of which an entry says that nothing is left, '' for any other."""
    try:
        body = read_entry(stored).body
    except EntryNotReadableError:
        return ""
    qty = body.get("qty")
    emptied = body.get("move") == "counted" and isinstance(qty, int) and qty <= 0
    product = body.get("product")
    return (
        product if isinstance(product, str) and (emptied or body.get("move") == "sold_out") else ""
    )


def _accepted(row: RowMapping) -> Accepted:
    names = ("id", "campaign", "vendor", "product", "proposal", "reason")
    return Accepted(**{name: row[name] for name in names}, at=instant(row["at"]), by=row["by"])
