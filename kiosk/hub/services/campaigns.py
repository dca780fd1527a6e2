"""Campaigns: made and changed by organisers, and what every set-up service shares.

A refusal that belongs to one field of a form is a `FieldError` and names the field. What
is looked up and not there is a `NotFoundError`, answered with 404.
"""

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.errors import N_, KioskError
from kiosk.hub.services.changes import audit_change
from kiosk.hub.storage.campaigns import (
    Campaign,
    campaign_as_row,
    count_claimed_payments,
    find_campaign,
    insert_campaign,
    list_campaigns,
    update_campaign,
)
from kiosk.hub.storage.store import Store


class FieldError(KioskError):
    """A refusal that stands at one field of a form."""

    field = ""


class NotFoundError(KioskError):
    """An address names something that is not there, or not in this campaign."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            N_("What this page should show is not there. Go back and choose from the list.")
        )


def all_campaigns(store: Store) -> list[Campaign]:
    """Give every campaign, the newest first."""
    with store.read() as connection:
        return list_campaigns(connection)


def open_campaign(store: Store, campaign_id: str) -> Campaign:
    """Give one campaign; raises NotFoundError."""
    with store.read() as connection:
        campaign = find_campaign(connection, campaign_id)
    if campaign is None:
        raise NotFoundError
    return campaign


def save_campaign(store: Store, clock: Clock, by: str, campaign: Campaign) -> None:
    """Write a campaign, new or changed."""
    with store.begin() as connection:
        write_campaign(connection, clock, by, campaign)


def write_campaign(connection: Connection, clock: Clock, by: str, campaign: Campaign) -> None:
    """Do `save_campaign` within the caller's transaction."""
    before = find_campaign(connection, campaign.id)
    (insert_campaign if before is None else update_campaign)(connection, campaign)
    audit_change(
        connection,
        clock,
        by,
        "campaign",
        before=before,
        after=campaign,
        facts={"name": campaign.name},
        pack=campaign_as_row,
    )


def claimed_payments(store: Store, campaign_id: str) -> int:
    """Count the payments that were claimed and are not confirmed."""
    with store.read() as connection:
        return count_claimed_payments(connection, campaign_id)
