"""Opening a discount figure: the sales that one bearer gave something for one reason in."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.clock import WIB
from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.effects import DiscountPart, discount_parts
from kiosk.hub.services.opening import MOST_ENTRIES
from kiosk.hub.services.projection import read_events, sale_groups
from kiosk.hub.services.wanted import Asked, name_of, searching, spelled_json, word_of
from kiosk.hub.storage.looking import (
    FoundEntry,
    Place,
    all_of,
    holding,
    look_on,
    look_through,
    of_kinds,
)
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.vendors import kept_vendors, list_vendors


@dataclass(frozen=True, slots=True)
class DiscountRow:
    """What one discount of a sale took off, and in which entry it stands; `name` is the goods."""

    journal: str
    seq: int
    at: datetime
    machine: str
    till: str
    number: str
    event: str
    name: str
    amount_rp: int


@dataclass(frozen=True, slots=True)
class Discounts:
    """Some discounts of one bearer for one reason; `more` is where to go on looking."""

    rows: list[DiscountRow]
    more: Place | None


def open_discounts(
    store: Store, asked: Asked, reason: str, before: Place | None = None
) -> Discounts:
    """Give discounts that `asked.key` (a vendor or `bazaar`) bears; its group says nothing here.

    Raises NotFoundError for a bearer whom whoever asks does not look after.
    """
    bearers = _bearers(store, asked)

    def look(place: Place | None) -> tuple[list[DiscountRow], Place | None]:
        return _look(store, asked, bearers, reason, place)

    return Discounts(*look_on(look, before, MOST_ENTRIES))


def _bearers(store: Store, asked: Asked) -> frozenset[str]:
    """Give the bearer with all who were merged into her."""
    with store.read() as connection:
        merged = {gone for gone, kept in kept_vendors(connection).items() if kept == asked.key}
        own = {one.id for one in list_vendors(connection, asked.campaign)}
    if store.scope is not None and asked.key not in own:
        raise NotFoundError
    return frozenset(merged | {asked.key})


def _look(
    store: Store, asked: Asked, bearers: frozenset[str], reason: str, before: Place | None
) -> tuple[list[DiscountRow], Place | None]:
    """Give what one page of sales has of it."""
    # Entries hold the goods of several vendors: what she does not bear is left out below.
    with store.scoped(None).read() as connection:
        events = read_events(connection)
        spelled = [f'"borne_by":{spelled_json(one)}'.encode() for one in sorted(bearers)]
        conditions = [of_kinds("sale"), holding(connection, spelled)]
        conditions += searching(connection, asked.search)
        found, more = look_through(
            connection, asked.campaign, all_of(*conditions), MOST_ENTRIES, before
        )
        groups = sale_groups(connection, [entry.id for entry in found], events)
    rows = [
        _row(entry, part)
        for entry in found
        for part in discount_parts(groups[entry.id], events)
        if part.key.bearer in bearers
        and part.key.reason == reason
        and asked.event in {None, part.key.event}
    ]
    return rows, more


def _row(entry: FoundEntry, part: DiscountPart) -> DiscountRow:
    return DiscountRow(
        entry.journal,
        entry.seq,
        datetime.fromisoformat(part.of.at).astimezone(WIB),
        entry.machine,
        part.of.till or "",
        word_of(part.of.body.get("number")),
        part.key.event,
        name_of(part.line),
        part.amount_rp,
    )
