"""Frozen versions as rows: what was counted at a moment, and everything it was made of."""

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from kiosk.clock import stamp_utc
from kiosk.hub.storage.campaigns import instant
from kiosk.hub.storage.tables import frozen_versions, users

_COLUMNS = [
    column for column in frozen_versions.c if column.name not in ("content", "orders", "campaign")
]


@dataclass(frozen=True, slots=True)
class FrozenVersion:
    """A version by its number; `event` is '' for the whole campaign.

    `status` is sementara or final; `press` is by language, '' where nobody changed it.
    """

    n: int
    event: str
    status: str
    at: datetime
    by: str
    sha256: str
    press: dict[str, str]


@dataclass(frozen=True, slots=True)
class FrozenContent:
    """What a version was made of, as JSON: its figures, and the online orders of that moment."""

    figures: bytes
    orders: bytes

    @property
    def sha256(self) -> str:
        """Hash both, one after the other."""
        return hashlib.sha256(self.figures + self.orders).hexdigest()


def _version(row: RowMapping) -> FrozenVersion:
    return FrozenVersion(
        n=row["n"],
        event=row["event"],
        status=row["status"],
        at=instant(row["at"]),
        by=row["by_name"] or row["by"],
        sha256=row["sha256"],
        press={"id": row["press_id"], "en": row["press_en"]},
    )


def _select(campaign_id: str) -> Any:
    return (
        select(*_COLUMNS, users.c.name.label("by_name"))
        .outerjoin(users, users.c.id == frozen_versions.c.by)
        .where(frozen_versions.c.campaign == campaign_id)
    )


def list_versions(connection: Connection, campaign_id: str) -> list[FrozenVersion]:
    """Give a campaign's versions, the last first."""
    rows = connection.execute(_select(campaign_id).order_by(frozen_versions.c.n.desc()))
    return [_version(row) for row in rows.mappings()]


def find_version(connection: Connection, campaign_id: str, n: int) -> FrozenVersion | None:
    """Give one version, or None if there is none of this number."""
    query = _select(campaign_id).where(frozen_versions.c.n == n)
    row = connection.execute(query).mappings().first()
    return _version(row) if row else None


def find_content(connection: Connection, campaign_id: str, n: int) -> FrozenContent:
    """Give what a version was made of; raises LookupError where there is no such version."""
    row = connection.execute(
        select(frozen_versions.c.content, frozen_versions.c.orders).where(
            frozen_versions.c.campaign == campaign_id, frozen_versions.c.n == n
        )
    ).first()
    if row is None:
        raise LookupError(n)
    return FrozenContent(zlib.decompress(row.content), zlib.decompress(row.orders))


def next_number(connection: Connection, campaign_id: str) -> int:
    """Give the number of a campaign's next version; two at once collide on the key."""
    last = connection.scalar(
        select(func.max(frozen_versions.c.n)).where(frozen_versions.c.campaign == campaign_id)
    )
    return int(last or 0) + 1


def insert_version(
    connection: Connection, campaign_id: str, version: FrozenVersion, content: FrozenContent
) -> None:
    """Write a version with what it is made of."""
    connection.execute(
        insert(frozen_versions).values(
            campaign=campaign_id,
            n=version.n,
            event=version.event,
            status=version.status,
            at=stamp_utc(version.at),
            by=version.by,
            sha256=version.sha256,
            content=zlib.compress(content.figures),
            orders=zlib.compress(content.orders),
        )
    )


def update_press(connection: Connection, campaign_id: str, n: int, press: dict[str, str]) -> None:
    """Write a version's press texts, '' for those that its figures make."""
    connection.execute(
        update(frozen_versions)
        .where(frozen_versions.c.campaign == campaign_id, frozen_versions.c.n == n)
        .values(press_id=press["id"], press_en=press["en"])
    )
