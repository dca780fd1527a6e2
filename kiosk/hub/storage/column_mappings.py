"""Column mappings as rows, one for each kind of file that a person explained."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, RowMapping, delete, select

from kiosk.clock import stamp_utc
from kiosk.hub.marketplaces.mapped import ColumnMapping
from kiosk.hub.storage.campaigns import instant
from kiosk.hub.storage.store import upsert
from kiosk.hub.storage.tables import column_mappings

_MAPPINGS = TypeAdapter(ColumnMapping)


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A mapping, and who changed it last."""

    mapping: ColumnMapping
    changed_at: datetime
    changed_by: str


def _saved(row: RowMapping) -> SavedMapping:
    mapping = _MAPPINGS.validate_json(row["mapping"])
    return SavedMapping(mapping, instant(row["changed_at"]), row["changed_by"])


def list_mappings(connection: Connection) -> list[SavedMapping]:
    """Give every mapping, by the marketplace's name."""
    rows = connection.execute(
        select(column_mappings).order_by(column_mappings.c.channel, column_mappings.c.signature)
    )
    return [_saved(row) for row in rows.mappings()]


def find_mapping(connection: Connection, signature: str) -> SavedMapping | None:
    """Give the mapping of a header, None where nobody made one."""
    statement = select(column_mappings).where(column_mappings.c.signature == signature)
    row = connection.execute(statement).mappings().first()
    return _saved(row) if row else None


def save_mapping(connection: Connection, saved: SavedMapping) -> None:
    """Write a mapping, in place of the one its header had."""
    upsert(
        connection,
        column_mappings,
        ["signature"],
        [
            {
                "signature": saved.mapping.signature,
                "channel": saved.mapping.channel,
                "mapping": _MAPPINGS.dump_json(saved.mapping).decode(),
                "changed_at": stamp_utc(saved.changed_at),
                "changed_by": saved.changed_by,
            }
        ],
    )


def delete_mapping(connection: Connection, signature: str) -> bool:
    """Forget a mapping; says whether there was one."""
    result = connection.execute(
        delete(column_mappings).where(column_mappings.c.signature == signature)
    )
    return result.rowcount == 1
