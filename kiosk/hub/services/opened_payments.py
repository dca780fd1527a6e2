"""Opening a payment figure: the entries that what came by one way to pay is made of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.clock import WIB
from kiosk.hub.services.effects import PaymentPart, payment_parts
from kiosk.hub.services.opening import MOST_ENTRIES
from kiosk.hub.services.projection import read_events, sale_groups
from kiosk.hub.services.wanted import Asked, sales_of, searching, spelled_json, word_of
from kiosk.hub.storage.looking import (
    FoundEntry,
    Place,
    all_of,
    any_of,
    holding,
    look_on,
    look_through,
    of_kinds,
    spoken_of_by,
)
from kiosk.hub.storage.store import Store


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """What one payment of a sale or refund counts, and in which entry it stands."""

    journal: str
    seq: int
    kind: str
    at: datetime
    machine: str
    till: str
    number: str
    event: str
    reference: str
    amount_rp: int


@dataclass(frozen=True, slots=True)
class Payments:
    """Some payments by one method in one state; `more` is where to go on looking."""

    rows: list[PaymentRow]
    more: Place | None


def open_payments(store: Store, asked: Asked, state: str, before: Place | None = None) -> Payments:
    """Give payments of the method `asked.key` in a state; its group says nothing here."""

    def look(place: Place | None) -> tuple[list[PaymentRow], Place | None]:
        return _look(store, asked, state, place)

    return Payments(*look_on(look, before, MOST_ENTRIES))


def _look(
    store: Store, asked: Asked, state: str, before: Place | None
) -> tuple[list[PaymentRow], Place | None]:
    """Give what one page of sales and refunds has of it."""
    with store.read() as connection:
        events = read_events(connection)
        spelled = holding(connection, [f'"method":{spelled_json(asked.key)}'.encode()])
        conditions = [
            any_of(spelled, spoken_of_by("payment_changed"), of_kinds("refund")),
            *searching(connection, asked.search),
            of_kinds("sale", "refund"),
        ]
        if asked.event is not None:
            conditions.append(
                holding(connection, [f'"event":{spelled_json(asked.event)}'.encode()])
            )
        found, more = look_through(
            connection, asked.campaign, all_of(*conditions), MOST_ENTRIES, before
        )
        groups = sale_groups(connection, sales_of(found), events)
        by_id = {entry.id: entry for entry in found}
        parts = [part for group in groups.values() for part in payment_parts(group, events)]
    rows = [
        _payment_row(by_id[part.of.id], part)
        for part in parts
        if part.of.id in by_id
        and (part.key.method, part.key.state) == (asked.key, state)
        and asked.event in {None, part.key.event}
    ]
    return sorted(rows, key=lambda row: (row.journal, row.seq), reverse=True), more


def _payment_row(entry: FoundEntry, part: PaymentPart) -> PaymentRow:
    payments = part.of.body["payments"]
    said: dict[str, Any] = next((one for one in payments if one.get("n") == part.n), {})
    return PaymentRow(
        entry.journal,
        entry.seq,
        entry.kind,
        datetime.fromisoformat(part.of.at).astimezone(WIB),
        entry.machine,
        part.of.till or "",
        word_of(part.of.body.get("number")),
        part.key.event,
        word_of(said.get("reference")),
        part.amount_rp,
    )
