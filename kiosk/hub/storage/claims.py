"""What is claimed: the sales with a payment nobody confirmed yet, and its sums by event.

The sales are kept as rows beside the roll-ups, in the transaction of what changes them, so
that finding those that wait costs the same whatever the number of sales.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Subquery, delete, func, select

from kiosk.hub.storage.store import upsert
from kiosk.hub.storage.tables import (
    claimed_sales,
    counted_entries,
    entries,
    installations,
    journals,
    payment_rollups,
)

# How many claimed sales a search looks at in one answer.
WINDOW: Final = 20_000
_AT_ONCE: Final = 500


class ClaimedSale(NamedTuple):
    """A sale with a claimed payment, and the machine that sent it."""

    sale: str
    machine: str


def note_claims(
    connection: Connection, waiting: Mapping[str, tuple[str, str]], settled: Collection[str]
) -> None:
    """Write which sales wait, with their campaign and event, and which do not any more."""
    rows = [
        {"sale": sale, "campaign": campaign, "event": event}
        for sale, (campaign, event) in sorted(waiting.items())
    ]
    upsert(connection, claimed_sales, ["sale"], rows)
    gone = sorted(settled)
    for start in range(0, len(gone), _AT_ONCE):
        some = gone[start : start + _AT_ONCE]
        connection.execute(delete(claimed_sales).where(claimed_sales.c.sale.in_(some)))


def forget_claims(connection: Connection) -> None:
    """Take all of them away, for a rebuild."""
    connection.execute(delete(claimed_sales))


def find_claimed(
    connection: Connection,
    campaign_id: str,
    *,
    event: str,
    before: str,
    most: int,
    wanted: Sequence[ColumnElement[bool]] = (),
) -> tuple[list[ClaimedSale], str]:
    """Give at most `most` sales, the newest first, and the sale to go on before, '' at the end.

    `event` is '' for all of them. `wanted` is what their stored bytes hold; then at most
    `WINDOW` sales are looked at.
    """
    at_once = WINDOW if wanted else most
    looked_at = _sales(campaign_id, event, before).limit(at_once).subquery()
    query = _places(looked_at).where(*wanted) if wanted else _places(looked_at)
    rows = connection.execute(query.order_by(looked_at.c.sale.desc()).limit(most + 1)).all()
    found = [ClaimedSale(row.sale, row.name) for row in rows[:most]]
    if len(rows) > most:
        return found, found[-1].sale
    # Where all that were looked at are shown, or searched through, others may follow.
    ends = connection.scalars(_sales(campaign_id, event, before).offset(at_once - 1).limit(2)).all()
    return found, ends[0] if len(ends) > 1 else ""


def _sales(campaign_id: str, event: str, before: str) -> Select[Any]:
    """Ask for the sales that wait; their ids begin with the time they were begun at."""
    query = select(claimed_sales.c.sale).where(claimed_sales.c.campaign == campaign_id)
    if event:
        query = query.where(claimed_sales.c.event == event)
    if before:
        query = query.where(claimed_sales.c.sale < before)
    return query.order_by(claimed_sales.c.sale.desc())


def _places(looked_at: Subquery) -> Select[Any]:
    """Ask for their stored entries, with the machines that sent them."""
    same_place = (entries.c.journal == counted_entries.c.journal) & (
        entries.c.seq == counted_entries.c.seq
    )
    return (
        select(looked_at.c.sale, installations.c.name)
        .join(counted_entries, counted_entries.c.id == looked_at.c.sale)
        .join(entries, same_place)
        .join(journals, journals.c.id == counted_entries.c.journal)
        .join(installations, installations.c.id == journals.c.installation)
    )


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
