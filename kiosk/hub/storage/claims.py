"""What is claimed, as sums by event; and how stored bytes say that a payment is claimed."""

from typing import Final

from sqlalchemy import Connection, func, select

from kiosk.hub.storage.tables import payment_rollups

# A note cannot say it: its quotes are escaped.
CLAIMED: Final = b'"state":"claimed"'


def claimed_sums(connection: Connection, campaign_id: str) -> dict[str, tuple[int, int]]:
    """Give payments and amount that are claimed, by event; those at nothing are left out."""
    rows = connection.execute(
        select(
            payment_rollups.c.event,
            func.sum(payment_rollups.c.payments),
            func.sum(payment_rollups.c.amount_rp),
        )
        .where(payment_rollups.c.campaign == campaign_id, payment_rollups.c.state == "claimed")
        .group_by(payment_rollups.c.event)
    )
    return {event: (int(n), int(amount)) for event, n, amount in rows if n or amount}
