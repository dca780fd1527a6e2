"""Campaigns as a sheet: what each is called, where it is and what it promised.

A row is known by its ID, or by its name where it has none. These sheets belong to no
campaign: one holds them all.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from kiosk.clock import WIB
from kiosk.hub.services.sheet_cells import SheetColumn, SheetRow, SheetTable, read_price
from kiosk.hub.services.sheet_plans import Cells, Planner, SheetPlan, standing_of
from kiosk.hub.storage.campaigns import Campaign, list_campaigns

COLUMNS: Final = (
    SheetColumn("id", "ID", (), 38),
    SheetColumn("name", "Program", ("Nama", "Nama program", "Campaign", "Name"), 34),
    SheetColumn("city", "Kota", ("City", "Wilayah"), 26),
    SheetColumn("target_rp", "Target (Rp)", ("Target", "Target omzet"), 16),
)
KEY: Final = "name"
# A new campaign is as old as the moment its sheet is taken.
NOT_YET: Final = datetime.min.replace(tzinfo=WIB)


def campaign_cells(campaign: Campaign) -> Cells:
    """Write a campaign as its row."""
    return {
        "id": campaign.id,
        "name": campaign.name,
        "city": campaign.city,
        "target_rp": "" if campaign.target_rp is None else campaign.target_rp,
    }


def campaign_rows(connection: Connection, _campaign_id: str) -> list[Cells]:
    """Give every campaign as a row, the newest first."""
    return [campaign_cells(campaign) for campaign in list_campaigns(connection)]


def plan_campaigns(
    connection: Connection, _campaign_id: str, table: SheetTable
) -> SheetPlan[Campaign]:
    """Say what a sheet of campaigns would do."""
    standing = list_campaigns(connection)
    planner: Planner[Campaign] = Planner(COLUMNS, campaign_cells, KEY)
    for row in table.rows:
        before = standing_of(row, standing)
        after = _read(row, before)
        identity = before.id if before else after.name.casefold()
        planner.add(row, identity, after.name, before, after)
    return planner.plan(table.unread, len(standing))


def _read(row: SheetRow, before: Campaign | None) -> Campaign:
    standing = before or Campaign("", "", "", None, NOT_YET)
    return replace(
        standing,
        name=row.words("name", before.name if before else None),
        city=row.words("city", standing.city, required=False),
        target_rp=row.read("target_rp", standing.target_rp, None, read_price),
    )
