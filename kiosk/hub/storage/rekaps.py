"""Rekap manual as rows: totals typed in from paper, and whether the roll-ups hold them.

A total that stands in for a till gives way as soon as the till's own sales of that vendor
are there, whoever brings them, and comes back where they are taken away again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, func, insert, or_, select, update

from kiosk.clock import stamp_utc
from kiosk.domain.money import Rupiah
from kiosk.hub.storage.campaigns import instant, instant_or_none
from kiosk.hub.storage.imports import Counted
from kiosk.hub.storage.rollups import ROLLUP_KEY, add_to_rollups
from kiosk.hub.storage.tables import event_rollups, rekaps
from kiosk.hub.storage.vendors import kept_vendors

CHANNEL: Final = "rekap"
# What tills sell is counted under these.
_TILLS: Final = ("bazaar", "preorder")
# Every column but the picture, which may be megabytes.
_COLUMNS: Final = [column for column in rekaps.c if column.name != "evidence"]


@dataclass(frozen=True, slots=True)
class Rekap:
    """A total typed in; `vendor` is '' for a whole bazaar, `counted` whether it counts now."""

    id: str
    campaign: str
    event: str
    vendor: str
    units: int
    omzet_rp: Rupiah
    gives_way: bool
    told_by: str
    note: str
    evidence_name: str
    made_at: datetime
    made_by: str
    undone_at: datetime | None = None
    counted: bool = False


def _rekap(row: RowMapping) -> Rekap:
    moments = {
        "made_at": instant(row["made_at"]),
        "undone_at": instant_or_none(row["undone_at"]),
    }
    return Rekap(**{**dict(row), **moments})


def list_rekaps(connection: Connection, campaign_id: str) -> list[Rekap]:
    """Give a campaign's typed-in totals, the last one first."""
    rows = connection.execute(
        select(*_COLUMNS)
        .where(rekaps.c.campaign == campaign_id)
        .order_by(rekaps.c.made_at.desc(), rekaps.c.id.desc())
    )
    return [_rekap(row) for row in rows.mappings()]


def find_rekap(connection: Connection, rekap_id: str) -> Rekap | None:
    """Give one typed-in total, None where there is none of this id."""
    row = connection.execute(select(*_COLUMNS).where(rekaps.c.id == rekap_id)).mappings().first()
    return _rekap(row) if row else None


def read_evidence(connection: Connection, rekap_id: str) -> bytes | None:
    """Give the file that shows a total, None where there is none."""
    data = connection.scalar(select(rekaps.c.evidence).where(rekaps.c.id == rekap_id))
    return bytes(data) if data is not None else None


def insert_rekap(connection: Connection, rekap: Rekap, evidence: bytes | None) -> None:
    """Write a total and count it, unless a till's sales are there before it."""
    connection.execute(
        insert(rekaps).values(
            id=rekap.id,
            campaign=rekap.campaign,
            event=rekap.event,
            vendor=rekap.vendor,
            units=rekap.units,
            omzet_rp=rekap.omzet_rp,
            gives_way=rekap.gives_way,
            told_by=rekap.told_by,
            note=rekap.note,
            evidence_name=rekap.evidence_name,
            evidence=evidence,
            made_at=stamp_utc(rekap.made_at),
            made_by=rekap.made_by,
            counted=False,
        )
    )
    _settle(connection, [rekap])


def set_undone(connection: Connection, rekap: Rekap, at: datetime | None) -> None:
    """Take a total out of the sums (`at`), or put it back (None)."""
    connection.execute(
        update(rekaps)
        .where(rekaps.c.id == rekap.id)
        .values(undone_at=stamp_utc(at) if at else None)
    )
    found = find_rekap(connection, rekap.id)
    _settle(connection, [found] if found else [])


def give_way(connection: Connection, events: Collection[str]) -> None:
    """Let totals of these events give way to tills' sales, or come back, after a change of them."""
    rows = connection.execute(
        select(*_COLUMNS).where(rekaps.c.event.in_(sorted(events)), rekaps.c.gives_way)
    )
    _settle(connection, [_rekap(row) for row in rows.mappings()])


def settle_rekaps(connection: Connection, campaign_id: str) -> None:
    """Let a campaign's totals give way, or come back, after vendors were merged or parted."""
    _settle(connection, list_rekaps(connection, campaign_id))


def forget_counted_rekaps(connection: Connection) -> None:
    """Write that the roll-ups, which a rebuild has just emptied, hold no typed-in total."""
    connection.execute(update(rekaps).values(counted=False))


def count_all_rekaps(connection: Connection) -> None:
    """Put every typed-in total that counts into the roll-ups, at the end of a rebuild."""
    rows = connection.execute(select(*_COLUMNS))
    _settle(connection, [_rekap(row) for row in rows.mappings()])


def till_sales(connection: Connection, campaign_id: str, event: str, vendor: str) -> Counted:
    """Give what tills sold of a vendor at an event; of everybody where `vendor` is ''."""
    table = event_rollups
    statement = select(
        func.coalesce(func.sum(table.c.units), 0), func.coalesce(func.sum(table.c.omzet_rp), 0)
    ).where(table.c.campaign == campaign_id, table.c.event == event, table.c.channel.in_(_TILLS))
    if vendor:
        statement = statement.where(table.c.vendor == _kept(connection, vendor))
    units, omzet_rp = map(int, connection.execute(statement).one())
    return Counted(units, Rupiah(omzet_rp), units, Rupiah(omzet_rp))


def _kept(connection: Connection, vendor: str) -> str:
    """Give the vendor whom the sales of another count as, who was merged into her."""
    return kept_vendors(connection).get(vendor, vendor)


def _settle(connection: Connection, found: Iterable[Rekap]) -> None:
    """Bring what the roll-ups hold of these totals to what they should hold."""
    deltas: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in found:
        counts = one.undone_at is None and not (one.gives_way and _till_sold(connection, one))
        if counts == one.counted:
            continue
        _add(deltas, one, 1 if counts else -1)
        connection.execute(update(rekaps).where(rekaps.c.id == one.id).values(counted=counts))
    add_to_rollups(connection, list(deltas.values()))


def _till_sold(connection: Connection, one: Rekap) -> bool:
    table = event_rollups
    sold = select(table.c.event).where(
        table.c.campaign == one.campaign,
        table.c.event == one.event,
        table.c.vendor == _kept(connection, one.vendor),
        table.c.channel.in_(_TILLS),
        or_(table.c.units != 0, table.c.omzet_rp != 0),
    )
    return connection.execute(sold.limit(1)).first() is not None


def _add(deltas: dict[tuple[str, ...], dict[str, Any]], one: Rekap, sign: int) -> None:
    """Add a total's sums under its key; typed in, it is final as it is, and of no hour."""
    key = (one.campaign, one.event, CHANNEL, one.vendor, "", "", "")
    row = deltas.setdefault(
        key,
        dict(zip(ROLLUP_KEY, key, strict=True))
        | {"units": 0, "omzet_rp": 0, "units_final": 0, "omzet_final_rp": 0},
    )
    for name, amount in (("units", one.units), ("omzet_rp", one.omzet_rp)):
        row[name] += sign * amount
        row[name.replace("units", "units_final").replace("omzet_rp", "omzet_final_rp")] += (
            sign * amount
        )
