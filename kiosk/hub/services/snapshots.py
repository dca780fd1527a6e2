"""Everything a total is made of at one moment: its figures, names, rules, machines and files.

A snapshot is what a frozen version keeps, and what a version is held against later. It is
plain JSON, readable half a year later without this program. No person who buys is in it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select

from kiosk.clock import Clock, stamp
from kiosk.domain.money import Rupiah
from kiosk.hub.services.devices import devices_page
from kiosk.hub.services.figures import ONLY_VENDOR_KNOWN, Grouping
from kiosk.hub.storage.campaigns import find_campaign
from kiosk.hub.storage.events import list_events
from kiosk.hub.storage.imports import Counted, list_imports
from kiosk.hub.storage.journals import JournalHead, every_journal
from kiosk.hub.storage.products import list_products
from kiosk.hub.storage.rekaps import list_rekaps
from kiosk.hub.storage.rollups import ROLLUP_KEY, ROLLUP_SUMS, discount_sums, payment_sums
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import order_lines, orders, rollups
from kiosk.hub.storage.vendors import list_places, list_vendors

FORMAT: Final = 1
# What the figures mean; kept with them, so that they are read by the rules of their day.
RULES: Final = (
    "Units are pieces sold less pieces returned; goods by weight count one a line.",
    "Goods at Rp0 count as units only where the event says so (counts_free_goods).",
    "Omzet is line totals after discounts, less refunds; never shipping, fees, rounding or tax.",
    "A refund counts against the event of its sale.",
    "A bazaar sale belongs to the event its shift was opened for, however late it arrives.",
    (
        "An online line belongs to the event whose online window, [start, end) in WIB, holds its"
        " time of payment; a line in none counts under no event."
    ),
    "Sementara counts what is paid and not cancelled; final what is completed less returns.",
)
GROUPS: Final = (
    "channel",
    "event",
    "vendor",
    "kecamatan",
    "kelurahan",
    "binaan",
    "category",
    "product",
    "hour",
)
_OF_VENDORS: Final = frozenset({"kecamatan", "kelurahan", "binaan"})


class FigureRow(NamedTuple):
    """One sum of the roll-ups; `hour` is WIB, ids are '' where something belongs to none."""

    event: str
    channel: str
    vendor: str
    product: str
    category: str
    hour: str
    units: int
    omzet_rp: int
    units_final: int
    omzet_final_rp: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A campaign at one moment; `at` is ISO 8601 in WIB, the lists hold plain JSON."""

    format: int
    at: str
    campaign: Mapping[str, Any]
    rules: tuple[str, ...]
    events: tuple[Mapping[str, Any], ...]
    vendors: Mapping[str, Mapping[str, Any]]
    products: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, str]
    figures: tuple[FigureRow, ...]
    payments: tuple[Mapping[str, Any], ...]
    discounts: tuple[Mapping[str, Any], ...]
    journals: tuple[Mapping[str, Any], ...]
    machines: tuple[Mapping[str, Any], ...]
    imports: tuple[Mapping[str, Any], ...]
    rekaps: tuple[Mapping[str, Any], ...] = ()
    # What was added up already: a page asks for the same sums again and again.
    _kept: dict[tuple[str, str | None], dict[str, Counted]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def as_json(self) -> bytes:
        """Write it as UTF-8 JSON, keys sorted, so that equal snapshots are equal bytes."""
        document = {one.name: getattr(self, one.name) for one in fields(self) if one.init}
        return json.dumps(
            document, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()

    def sums_by(self, group: str, event: str | None = "") -> dict[str, Counted]:
        """Add up by one of `GROUPS`; keys are ids, codes or words.

        `event` is one event, '' for all, None for what is outside every window.
        """
        if (group, event) not in self._kept:
            self._kept[group, event] = self._added_up(group, event)
        return dict(self._kept[group, event])

    def _added_up(self, group: str, event: str | None) -> dict[str, Counted]:
        key_of = self._key_of(group)
        found: dict[str, list[int]] = {}
        for row in self.figures:
            if event == "" or row.event == (event or ""):
                sums = found.setdefault(key_of(row), [0, 0, 0, 0])
                sums[0] += row.units
                sums[1] += row.omzet_rp
                sums[2] += row.units_final
                sums[3] += row.omzet_final_rp
        return {
            key: Counted(units, Rupiah(omzet_rp), units_final, Rupiah(omzet_final_rp))
            for key, (units, omzet_rp, units_final, omzet_final_rp) in found.items()
        }

    def total(self, event: str = "") -> Counted:
        """Add everything up, of one event or of all."""
        return sum(self.sums_by("event", event).values(), Counted())

    def name_of(self, group: str, key: str) -> str:
        """Give the name a group's key had, '' where only a page has words for it."""
        if group == "event":
            return next((str(one["name"]) for one in self.events if one["id"] == key), "")
        if group in ("kecamatan", "kelurahan"):
            return self.places.get(key, key)
        if group in ("vendor", "product"):
            known = self.vendors if group == "vendor" else self.products
            nameless = "" if key == ONLY_VENDOR_KNOWN else key
            return str(known.get(key, {}).get("name", nameless))
        return "" if group in ("channel", "hour") else key

    def _key_of(self, group: str) -> Callable[[FigureRow], str]:
        if group in _OF_VENDORS:
            homes = {vendor: str(one[group]) for vendor, one in self.vendors.items()}
            return lambda row: homes.get(row.vendor, "")
        if group == "product":
            products = Grouping("product", {})
            return lambda row: products.key_of(row.product, row.vendor)
        return attrgetter(group)


def read_snapshot(data: bytes) -> Snapshot:
    """Read what `as_json` wrote."""
    document = json.loads(data)
    document["figures"] = tuple(FigureRow(*row) for row in document["figures"])
    return Snapshot(**{name: _whole(value) for name, value in document.items()})


def _whole(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def take_snapshot(store: Store, clock: Clock, campaign_id: str) -> tuple[Snapshot, bytes]:
    """Give a campaign as it is now, and its online orders as JSON, both of one moment."""
    at = clock.now()
    machines = tuple(_machines(store, clock, campaign_id))
    with store.read() as connection:
        return (
            _snapshot(connection, campaign_id, at, machines),
            _orders_json(connection, campaign_id),
        )


def _snapshot(
    connection: Connection, campaign_id: str, at: datetime, machines: tuple[dict[str, Any], ...]
) -> Snapshot:
    campaign = find_campaign(connection, campaign_id)
    if campaign is None:
        raise LookupError(campaign_id)
    of_campaign = {machine["id"] for machine in machines}
    return Snapshot(
        format=FORMAT,
        at=stamp(at),
        campaign={"id": campaign.id, "name": campaign.name, "city": campaign.city}
        | {"target_rp": campaign.target_rp},
        rules=RULES,
        events=tuple(_events(connection, campaign_id)),
        vendors=_vendors(connection, campaign_id),
        products={
            one.id: {"name": one.label, "sku": one.sku, "vendor": one.vendor}
            for one in list_products(connection, campaign_id)
        },
        places={one.code: one.name for one in list_places(connection)},
        figures=_figures(connection, campaign_id),
        payments=tuple(_payments(connection, campaign_id)),
        discounts=tuple(_discounts(connection, campaign_id)),
        journals=tuple(
            _journal(one) for one in every_journal(connection) if one.installation in of_campaign
        ),
        machines=machines,
        imports=tuple(_imports(connection, campaign_id)),
        rekaps=tuple(_rekaps(connection, campaign_id)),
    )


def _figures(connection: Connection, campaign_id: str) -> tuple[FigureRow, ...]:
    columns = [rollups.c[name] for name in (*ROLLUP_KEY, *ROLLUP_SUMS) if name != "campaign"]
    by_name = [rollups.c[name] for name in FigureRow._fields]
    query = select(*by_name).where(rollups.c.campaign == campaign_id).order_by(*columns)
    return tuple(FigureRow(*row) for row in connection.execute(query))


def _events(connection: Connection, campaign_id: str) -> list[dict[str, Any]]:
    """Give the events with what counting needs of them, the first bazaar first."""
    return [
        {
            "id": one.id,
            "name": one.name,
            "place": one.place,
            "bazaar_start": stamp(one.bazaar_start),
            "bazaar_end": stamp(one.bazaar_end),
            "online_start": stamp(one.online_start) if one.online_start else None,
            "online_end": stamp(one.online_end) if one.online_end else None,
            "target_rp": one.target_rp,
            "counts_free_goods": one.counts_free_goods,
        }
        for one in reversed(list_events(connection, campaign_id))
    ]


def _vendors(connection: Connection, campaign_id: str) -> dict[str, dict[str, Any]]:
    names = ("name", "owner", "kecamatan", "kelurahan", "binaan")
    return {
        one.id: {name: getattr(one, name) for name in names}
        for one in list_vendors(connection, campaign_id)
    }


def _payments(connection: Connection, campaign_id: str) -> list[dict[str, Any]]:
    names = ("method", "state", "payments", "amount_rp")
    return [
        {"event": event.id, **dict(zip(names, row, strict=True))}
        for event in list_events(connection, campaign_id)
        for row in payment_sums(connection, campaign_id, event.id)
    ]


def _discounts(connection: Connection, campaign_id: str) -> list[dict[str, Any]]:
    names = ("bearer", "reason", "times", "amount_rp")
    return [
        {"event": event.id, **dict(zip(names, row, strict=True))}
        for event in list_events(connection, campaign_id)
        for row in discount_sums(connection, campaign_id, event.id)
    ]


def _journal(head: JournalHead) -> dict[str, Any]:
    return {
        "id": head.id,
        "machine": head.installation,
        "seq": head.seq,
        "head": head.hash.hex(),
        "depth": head.depth,
    }


def _machines(store: Store, clock: Clock, campaign_id: str) -> list[dict[str, Any]]:
    """Give the machines that have anything to do with sales, and how far each is."""
    return [
        {
            "id": one.installation.id,
            "name": one.installation.name,
            "event": one.event.id,
            "complete": one.is_complete,
            "last_heard_at": stamp(one.last_heard_at) if one.last_heard_at else None,
        }
        for one in devices_page(store, clock, campaign_id)
        if one.is_enrolled or one.journal
    ]


def _imports(connection: Connection, campaign_id: str) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "source": one.source,
            "file_name": one.file_name,
            "file_sha256": one.file_sha256,
            "imported_at": stamp(one.imported_at),
            "imported_by": one.imported_by,
            "as_of": stamp(one.as_of),
            "orders": one.orders,
        }
        for one in list_imports(connection, campaign_id)
        if one.counts
    ]


def _rekaps(connection: Connection, campaign_id: str) -> list[dict[str, Any]]:
    """Give the totals typed in from paper that stand, and whether each is counted."""
    names = ("id", "event", "vendor", "units", "omzet_rp", "gives_way", "told_by", "note")
    return [
        {name: getattr(one, name) for name in (*names, "evidence_name", "counted")}
        for one in list_rekaps(connection, campaign_id)
        if one.undone_at is None
    ]


def _orders_json(connection: Connection, campaign_id: str) -> bytes:
    """Give every online order with its lines, one JSON object a line."""
    lines: dict[tuple[str, str], list[dict[str, Any]]] = {}
    of_campaign = order_lines.c.campaign == campaign_id
    order = (order_lines.c.source, order_lines.c.order_id, order_lines.c.n)
    for row in connection.execute(select(order_lines).where(of_campaign).order_by(*order)):
        found = dict(row._mapping)  # noqa: SLF001 - a public part of SQLAlchemy's rows
        key = (found.pop("source"), found.pop("order_id"))
        del found["campaign"]
        lines.setdefault(key, []).append(found)
    heads = connection.execute(
        select(orders)
        .where(orders.c.campaign == campaign_id)
        .order_by(orders.c.source, orders.c.order_id)
    ).mappings()
    return b"".join(
        json.dumps(
            {**dict(row), "lines": lines.get((row["source"], row["order_id"]), [])},
            ensure_ascii=False,
            sort_keys=True,
        ).encode()
        + b"\n"
        for row in heads
    )
