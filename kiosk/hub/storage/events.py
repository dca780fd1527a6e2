"""Events (*Acara*) as rows: a bazaar's hours, its online window, its receipt words."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from kiosk.clock import stamp_utc
from kiosk.domain.discounts import USUAL_RULES, DiscountRules, read_rules, rules_as_json
from kiosk.domain.methods import STANDARD, Method, read_methods
from kiosk.domain.money import Rupiah
from kiosk.hub.storage.campaigns import instant, instant_or_none
from kiosk.hub.storage.tables import events


@dataclass(frozen=True, slots=True)
class EventPlan:
    """An event as the organiser planned it; windows are [start, end) in WIB.

    `cash_rounding_rp` is the step that cash is rounded down to, 0 for none.
    """

    id: str
    campaign: str
    name: str
    place: str
    bazaar_start: datetime
    bazaar_end: datetime
    online_start: datetime | None
    online_end: datetime | None
    target_rp: Rupiah | None
    qris: str | None
    cash_rounding_rp: int
    counts_free_goods: bool
    receipt_header: str
    receipt_footer: str
    methods: tuple[Method, ...] = STANDARD
    discounts: DiscountRules = USUAL_RULES


def _event(row: RowMapping | dict[str, Any]) -> EventPlan:
    values: dict[str, Any] = dict(row)
    values["bazaar_start"] = instant(row["bazaar_start"])
    values["bazaar_end"] = instant(row["bazaar_end"])
    values["online_start"] = instant_or_none(row["online_start"])
    values["online_end"] = instant_or_none(row["online_end"])
    values["methods"] = read_methods(json.loads(row["methods"] or "[]"))
    values["discounts"] = read_rules(json.loads(row["discounts"] or "null"))
    return EventPlan(**values)


def _values(event: EventPlan) -> dict[str, Any]:
    return {
        "name": event.name,
        "place": event.place,
        "bazaar_start": stamp_utc(event.bazaar_start),
        "bazaar_end": stamp_utc(event.bazaar_end),
        "online_start": stamp_utc(event.online_start) if event.online_start else None,
        "online_end": stamp_utc(event.online_end) if event.online_end else None,
        "target_rp": event.target_rp,
        "qris": event.qris,
        "cash_rounding_rp": event.cash_rounding_rp,
        "counts_free_goods": event.counts_free_goods,
        "receipt_header": event.receipt_header,
        "receipt_footer": event.receipt_footer,
        "methods": json.dumps([asdict(one) for one in event.methods], ensure_ascii=False),
        "discounts": json.dumps(rules_as_json(event.discounts), ensure_ascii=False),
    }


def event_as_row(event: EventPlan) -> dict[str, Any]:
    """Write an event as JSON keeps it; `event_of` reads it back."""
    return {"id": event.id, "campaign": event.campaign, **_values(event)}


def event_of(**row: Any) -> EventPlan:
    """Make an event of its row."""
    return _event(row)


def list_events(connection: Connection, campaign_id: str) -> list[EventPlan]:
    """Give a campaign's events, the latest bazaar first."""
    rows = connection.execute(
        select(events)
        .where(events.c.campaign == campaign_id)
        .order_by(events.c.bazaar_start.desc(), events.c.id.desc())
    )
    return [_event(row) for row in rows.mappings()]


def find_event(connection: Connection, event_id: str) -> EventPlan | None:
    """Give one event, or None if there is none of this id."""
    row = connection.execute(select(events).where(events.c.id == event_id)).mappings().first()
    return _event(row) if row else None


def insert_event(connection: Connection, event: EventPlan) -> None:
    """Write a new event."""
    connection.execute(
        insert(events).values(id=event.id, campaign=event.campaign, **_values(event))
    )


def update_event(connection: Connection, event: EventPlan) -> None:
    """Write everything of an event but whose it is."""
    connection.execute(update(events).where(events.c.id == event.id).values(**_values(event)))
