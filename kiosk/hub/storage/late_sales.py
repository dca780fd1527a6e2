"""Sales that came when their bazaar was over: how many, by event and journal.

They are summed as they are counted (see `effects`); where a bazaar's end is moved, they
are looked for anew.
"""

from sqlalchemy import Connection, delete, func, insert, select

from kiosk.domain.entries import canonical_json
from kiosk.hub.storage.looking import holding, of_kinds
from kiosk.hub.storage.tables import counted_entries, entries, events, journals, late_rollups


def recount_late(connection: Connection, event: str, bazaar_end: str) -> None:
    """Sum an event's late sales afresh, its bazaar ending at this instant, UTC."""
    connection.execute(delete(late_rollups).where(late_rollups.c.event == event))
    same_place = (entries.c.journal == counted_entries.c.journal) & (
        entries.c.seq == counted_entries.c.seq
    )
    named = b'"event":' + canonical_json(event)
    found = connection.execute(
        select(counted_entries.c.journal, func.count().label("sales"))
        .join(entries, same_place)
        .where(
            of_kinds("sale"),
            entries.c.arrived_at > bazaar_end,
            holding(connection, [named]),
        )
        .group_by(counted_entries.c.journal)
    )
    rows = [{"event": event, "journal": row.journal, "sales": row.sales} for row in found]
    if rows:
        connection.execute(insert(late_rollups), rows)


def late_by_installation(connection: Connection, campaign_id: str) -> dict[str, int]:
    """Count a campaign's late sales by machine; one without any is left out."""
    rows = connection.execute(
        select(journals.c.installation, func.sum(late_rollups.c.sales))
        .join(journals, journals.c.id == late_rollups.c.journal)
        .join(events, events.c.id == late_rollups.c.event)
        .where(events.c.campaign == campaign_id)
        .group_by(journals.c.installation)
    )
    return {installation: int(sales) for installation, sales in rows}
