"""Opening a figure: the entries of tills and the rows of files that it is made of.

What each of them counts is said by the same code that keeps the roll-ups, so that the parts
of a figure add up to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import WIB
from kiosk.hub.services.effects import EventTerms, LinePart, RollupKey, is_late, line_parts
from kiosk.hub.services.figures import names_of
from kiosk.hub.services.projection import read_events, sale_groups
from kiosk.hub.services.readings import Reading
from kiosk.hub.services.wanted import Asked, Filter, condition_of, name_of, sales_of, word_of
from kiosk.hub.storage.campaigns import instant
from kiosk.hub.storage.imports import Counted, figures_by
from kiosk.hub.storage.looking import FoundEntry, Place, look_through
from kiosk.hub.storage.online_rows import OnlineRow, RowPlace, online_rows
from kiosk.hub.storage.rekaps import CHANNEL as REKAP
from kiosk.hub.storage.rekaps import Rekap, list_rekaps
from kiosk.hub.storage.store import Store

MOST_ENTRIES: Final = 50
MOST_ROWS: Final = 100
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class BazaarRow:
    """What one line of a sale or refund counts, and in which entry it stands.

    `late_at` is when a sale came whose bazaar was over then, None for every other.
    """

    journal: str
    seq: int
    kind: str
    at: datetime
    machine: str
    till: str
    number: str
    channel: str
    event: str
    name: str
    qty: str
    units: int
    omzet_rp: int
    late_at: datetime | None


@dataclass(frozen=True, slots=True)
class Bazaar:
    """Some of a figure's lines at bazaars; `more` is where to go on looking, None at the end."""

    rows: list[BazaarRow]
    more: Place | None


@dataclass(frozen=True, slots=True)
class Online:
    """Some of a figure's lines of online orders; `more` is where to go on, None at the end."""

    rows: list[OnlineRow]
    more: RowPlace | None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure comes to, in all and by channel, and its name where the store knows one."""

    name: str
    counted: Counted
    by_channel: dict[str, Counted]


def open_figure(store: Store, asked: Asked) -> Figure:
    """Give what a figure comes to; raises NotFoundError for a group there is not."""
    grouping = Filter(store, asked).wanted[0][0]
    with store.read() as connection:
        columns = (*grouping.columns, "channel")
        found = figures_by(connection, asked.campaign, columns, event=asked.event)
        name = names_of(connection, asked.campaign, asked.group).get(asked.key, "")
    by_channel: dict[str, Counted] = {}
    for (*values, channel), counted in found.items():
        if grouping.key_of(*values) == asked.key and counted != Counted():
            by_channel[channel] = by_channel.get(channel, Counted()) + counted
    return Figure(name, sum(by_channel.values(), Counted()), by_channel)


def open_bazaar(
    store: Store, asked: Asked, before: Place | None = None, most: int = MOST_ENTRIES
) -> Bazaar:
    """Give the lines of at most `most` sales and refunds that a figure is made of."""
    wanted = Filter(store, asked)
    # Entries hold the goods of several vendors: what is not hers is left out below.
    with store.scoped(None).read() as connection:
        events = read_events(connection)
        condition = condition_of(connection, wanted.values(), asked.search)
        found, more = look_through(connection, asked.campaign, condition, most, before)
        parts = _line_parts(connection, found, events)
    rows = [_bazaar_row(entry, part, events) for entry, part in parts if wanted.holds(part.key)]
    if store.scope is not None and asked.search:
        needle = asked.search.casefold()
        rows = [row for row in rows if needle in f"{row.number} {row.name}".casefold()]
    return Bazaar(rows, more)


def open_online(
    store: Store, asked: Asked, after: RowPlace | None = None, most: int = MOST_ROWS
) -> Online:
    """Give at most `most` counted lines of online orders that a figure is made of."""
    wanted = Filter(store, asked)
    with store.scoped(None).read() as connection:
        rows, more = online_rows(
            connection, asked.campaign, wanted.values(), asked.search, most, after
        )
    kept = [
        row
        for row in rows
        if wanted.holds(
            RollupKey(
                asked.campaign,
                row.event,
                row.channel,
                row.vendor,
                row.product,
                row.category,
                row.hour,
            )
        )
    ]
    return Online(kept, more)


def open_rekaps(store: Store, asked: Asked) -> list[Rekap]:
    """Give the totals typed in from paper that a figure holds, a search leaving some out."""
    wanted = Filter(store, asked)
    with store.scoped(None).read() as connection:
        rekaps = [one for one in list_rekaps(connection, asked.campaign) if one.counted]
    needle = asked.search.casefold()
    return [
        one
        for one in rekaps
        if wanted.holds(RollupKey(asked.campaign, one.event, REKAP, one.vendor, "", "", ""))
        and needle in f"{one.told_by} {one.note} {one.evidence_name}".casefold()
    ]


def every_bazaar_row(store: Store, asked: Asked) -> Iterator[BazaarRow]:
    """Give every line of sales and refunds that a figure is made of, for a file."""
    page = open_bazaar(store, asked, most=_AT_ONCE)
    yield from page.rows
    while page.more:
        page = open_bazaar(store, asked, page.more, most=_AT_ONCE)
        yield from page.rows


def every_online_row(store: Store, asked: Asked) -> Iterator[OnlineRow]:
    """Give every counted line of online orders that a figure is made of, for a file."""
    page = open_online(store, asked, most=_AT_ONCE)
    yield from page.rows
    while page.more:
        page = open_online(store, asked, page.more, most=_AT_ONCE)
        yield from page.rows


def _line_parts(
    connection: Connection, found: Sequence[FoundEntry], events: dict[str, EventTerms]
) -> list[tuple[FoundEntry, LinePart]]:
    """Give what the lines of these entries count, the newest entry first."""
    groups = sale_groups(connection, sales_of(found), events)
    by_id = {entry.id: entry for entry in found}
    parts = [
        (by_id[part.of.id], part)
        for group in groups.values()
        for part in line_parts(group, events)
        if part.of.id in by_id
    ]
    order = {entry.id: place for place, entry in enumerate(found)}
    return sorted(parts, key=lambda one: (order[one[0].id], one[1].n))


def _bazaar_row(entry: FoundEntry, part: LinePart, events: Mapping[str, EventTerms]) -> BazaarRow:
    body = part.of.body
    line = part.line
    refunded = next((one for one in body["lines"] if one["n"] == part.n), None)
    qty = refunded["qty"] if refunded else 0
    unit = " g" if line and line["unit"] == "g" else ""
    return BazaarRow(
        entry.journal,
        entry.seq,
        entry.kind,
        datetime.fromisoformat(part.of.at).astimezone(WIB),
        entry.machine,
        part.of.till or "",
        word_of(body.get("number")),
        part.key.channel,
        part.key.event,
        name_of(line),
        f"{qty}{unit}",
        part.units,
        part.omzet_rp,
        _late_at(part.of, events),
    )


def _late_at(of: Reading, events: Mapping[str, EventTerms]) -> datetime | None:
    if of.kind != "sale" or not is_late(of, events):
        return None
    return instant(of.place.arrived_at)
