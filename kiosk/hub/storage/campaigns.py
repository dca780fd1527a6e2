"""Campaigns (*Program*) as rows, and the instants of every set-up row.

Texts in UTC go into the tables; aware instants in WIB come out.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from kiosk.clock import WIB, stamp_utc
from kiosk.domain.money import Rupiah
from kiosk.hub.storage.tables import campaigns, payment_rollups


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign; `target_rp` is the omzet its office promised, if it promised one."""

    id: str
    name: str
    city: str
    target_rp: Rupiah | None
    created_at: datetime


def instant(text: str) -> datetime:
    """Read a stored instant as WIB."""
    return datetime.fromisoformat(text).astimezone(WIB)


def instant_or_none(text: str | None) -> datetime | None:
    """Read a stored instant that may be missing."""
    return None if text is None else instant(text)


def _campaign(row: RowMapping | dict[str, Any]) -> Campaign:
    return Campaign(
        id=row["id"],
        name=row["name"],
        city=row["city"],
        target_rp=row["target_rp"],
        created_at=instant(row["created_at"]),
    )


def campaign_of(**row: Any) -> Campaign:
    """Make a campaign of its row."""
    return _campaign(row)


def campaign_as_row(campaign: Campaign) -> dict[str, Any]:
    """Write a campaign as JSON keeps it; `campaign_of` reads it back."""
    return asdict(campaign) | {"created_at": stamp_utc(campaign.created_at)}


def list_campaigns(connection: Connection) -> list[Campaign]:
    """Give every campaign, the newest first."""
    rows = connection.execute(
        select(campaigns).order_by(campaigns.c.created_at.desc(), campaigns.c.id.desc())
    )
    return [_campaign(row) for row in rows.mappings()]


def find_campaign(connection: Connection, campaign_id: str) -> Campaign | None:
    """Give one campaign, or None if there is none of this id."""
    row = (
        connection.execute(select(campaigns).where(campaigns.c.id == campaign_id))
        .mappings()
        .first()
    )
    return _campaign(row) if row else None


def insert_campaign(connection: Connection, campaign: Campaign) -> None:
    """Write a new campaign."""
    connection.execute(insert(campaigns).values(**campaign_as_row(campaign)))


def update_campaign(connection: Connection, campaign: Campaign) -> None:
    """Write what can change of a campaign: name, city, target."""
    connection.execute(
        update(campaigns)
        .where(campaigns.c.id == campaign.id)
        .values(name=campaign.name, city=campaign.city, target_rp=campaign.target_rp)
    )


def count_claimed_payments(connection: Connection, campaign_id: str) -> int:
    """Count the payments that a cashier saw announced and nobody has confirmed."""
    counted = connection.scalar(
        select(func.sum(payment_rollups.c.payments)).where(
            payment_rollups.c.campaign == campaign_id, payment_rollups.c.state == "claimed"
        )
    )
    return int(counted or 0)
