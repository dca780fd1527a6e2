"""Vendors who turned out to be one, as rows; and moving what was counted from one to the other.

What came under the one who is gone is kept beside the roll-ups as if she still stood by
herself (`merged_rollups`), so that parting the two again moves exactly that back.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, insert, select, update

from kiosk.clock import stamp_utc
from kiosk.hub.storage.campaigns import instant, instant_or_none
from kiosk.hub.storage.rollups import ROLLUP_KEY, ROLLUP_SUMS, add_to_rollups
from kiosk.hub.storage.tables import (
    merged_rollups,
    offers,
    products,
    rollups,
    staff,
    tills,
    users,
    vendor_merges,
    vendors,
)

# What a vendor has, by the column that names her and those that tell its rows apart.
_HERS: Final = {
    "products": (products, "vendor", ("id",)),
    "offers": (offers, "vendor", ("id",)),
    "staff": (staff, "vendor", ("id",)),
    "tills": (tills, "stall", ("installation", "code")),
}

# By table the keys of the rows that were hers, and whether she was selling.
Moved = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge: `gone` counts as `kept` until it is undone."""

    id: str
    campaign: str
    gone: str
    kept: str
    moved: Moved
    at: datetime
    by: str
    undone_at: datetime | None


def list_merges(connection: Connection, campaign_id: str) -> list[tuple[Merge, str]]:
    """Give a campaign's merges with who made them, the last first."""
    rows = connection.execute(
        select(vendor_merges, users.c.name.label("who"))
        .outerjoin(users, users.c.id == vendor_merges.c.by)
        .where(vendor_merges.c.campaign == campaign_id)
        .order_by(vendor_merges.c.at.desc(), vendor_merges.c.id.desc())
    )
    return [(_merge(row), row["who"] or row["by"]) for row in rows.mappings()]


def find_merge(connection: Connection, merge_id: str) -> Merge | None:
    """Give one merge, and let nobody else undo it until the transaction ends."""
    query = select(vendor_merges).where(vendor_merges.c.id == merge_id).with_for_update()
    row = connection.execute(query).mappings().first()
    return _merge(row) if row else None


def insert_merge(connection: Connection, merge: Merge) -> None:
    """Write a merge."""
    connection.execute(
        insert(vendor_merges).values(
            id=merge.id,
            campaign=merge.campaign,
            gone=merge.gone,
            kept=merge.kept,
            moved=json.dumps(merge.moved),
            at=stamp_utc(merge.at),
            by=merge.by,
        )
    )


def mark_undone(connection: Connection, merge_id: str, by: str, at: datetime) -> None:
    """Write that a merge was undone."""
    connection.execute(
        update(vendor_merges)
        .where(vendor_merges.c.id == merge_id)
        .values(undone_at=stamp_utc(at), undone_by=by)
    )


def names_of_gone(connection: Connection, campaign_id: str) -> dict[str, str]:
    """Give the names of those who were merged into others, by id."""
    rows = connection.execute(
        select(vendors.c.id, vendors.c.name).where(
            vendors.c.campaign == campaign_id, vendors.c.merged_into.is_not(None)
        )
    )
    return {row.id: row.name for row in rows}


def take_hers(connection: Connection, gone: str, kept: str) -> Moved:
    """Give all that belongs to one vendor to another, and say what it was."""
    moved: Moved = {}
    for name, (table, column, key) in _HERS.items():
        rows = connection.execute(
            select(*(table.c[part] for part in key)).where(table.c[column] == gone)
        )
        moved[name] = [list(row) for row in rows]
        connection.execute(
            update(table).where(table.c[column] == gone).values({table.c[column]: kept})
        )
    moved["active"] = connection.scalar(select(vendors.c.active).where(vendors.c.id == gone))
    return moved


def give_back(connection: Connection, merge: Merge) -> None:
    """Give back what was taken by `take_hers`, but for what got another owner since."""
    for name, (table, column, key) in _HERS.items():
        for values in merge.moved[name]:
            _give_row(connection, table, column, dict(zip(key, values, strict=True)), merge)


def _give_row(
    connection: Connection, table: Table, column: str, key: dict[str, str], merge: Merge
) -> None:
    same = [table.c[name] == value for name, value in key.items()]
    connection.execute(
        update(table)
        .where(*same, table.c[column] == merge.kept)
        .values({table.c[column]: merge.gone})
    )


def count_as(connection: Connection, gone: str, kept: str) -> None:
    """Count all that came under one vendor as another's, and all that will come."""
    rows = _rows_of(connection, rollups, gone)
    add_to_rollups(connection, _negated(rows))
    _write_kept(connection, gone, kept, active=False)
    add_to_rollups(connection, rows)


def count_apart(connection: Connection, gone: str, *, active: bool) -> None:
    """Count what came under a merged vendor as her own again."""
    rows = _rows_of(connection, merged_rollups, gone)
    add_to_rollups(connection, _negated(rows))
    _write_kept(connection, gone, None, active=active)
    add_to_rollups(connection, rows)


def _write_kept(connection: Connection, gone: str, kept: str | None, *, active: bool) -> None:
    connection.execute(
        update(vendors).where(vendors.c.id == gone).values(merged_into=kept, active=active)
    )


def _rows_of(connection: Connection, table: Table, vendor: str) -> list[dict[str, Any]]:
    columns = [table.c[name] for name in (*ROLLUP_KEY, *ROLLUP_SUMS)]
    rows = connection.execute(select(*columns).where(table.c.vendor == vendor))
    return [dict(row) for row in rows.mappings()]


def _negated(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {name: -row[name] for name in ROLLUP_SUMS} for row in rows]


def _merge(row: RowMapping) -> Merge:
    return Merge(
        row["id"],
        row["campaign"],
        row["gone"],
        row["kept"],
        json.loads(row["moved"]),
        instant(row["at"]),
        row["by"],
        instant_or_none(row["undone_at"]),
    )
