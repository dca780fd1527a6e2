"""What a *berkas bukti* holds besides a version itself: journals, the tray, decisions, the trail."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from kiosk.clock import stamp_utc
from kiosk.domain.entries import Sealed
from kiosk.hub.storage.journals import entries_after
from kiosk.hub.storage.tables import audit_trail, claim_decisions, review_tray, users

# Coming and going is in the trail, and is nobody's business half a year later.
_LEFT_OUT: Final = ("signed in", "signed out")


def entries_until(connection: Connection, journal_id: str, last: int) -> Iterator[Sealed]:
    """Give a journal's entries in order up to a position, read a page at a time."""
    after = 0
    while page := entries_after(connection, journal_id, after):
        for one in page:
            if one.seq > last:
                return
            yield one
        after = page[-1].seq


def trail_until(connection: Connection, at: datetime) -> list[dict[str, Any]]:
    """Give the trail up to an instant, with the names of who did what."""
    rows = connection.execute(
        select(audit_trail, users.c.name.label("name"))
        .outerjoin(users, users.c.id == audit_trail.c.by)
        .where(audit_trail.c.at <= stamp_utc(at), audit_trail.c.action.not_in(_LEFT_OUT))
        .order_by(audit_trail.c.at, audit_trail.c.id)
    )
    return [dict(row) for row in rows.mappings()]


def tray_until(
    connection: Connection, journals: Sequence[str], at: datetime
) -> list[dict[str, Any]]:
    """Give what was strange in these journals up to an instant, with what was decided by then."""
    until = stamp_utc(at)
    rows = connection.execute(
        select(review_tray)
        .where(review_tray.c.journal.in_(journals), review_tray.c.arrived_at <= until)
        .order_by(review_tray.c.journal, review_tray.c.seq, review_tray.c.reason)
    )
    return [
        {**dict(row), "decision": row["decision"] if (row["decided_at"] or "~") <= until else None}
        for row in rows.mappings()
    ]


def claims_until(connection: Connection, at: datetime) -> list[dict[str, Any]]:
    """Give what organisers had decided about claimed payments at an instant."""
    until = stamp_utc(at)
    rows = connection.execute(
        select(claim_decisions)
        .where(claim_decisions.c.at <= until)
        .order_by(claim_decisions.c.at, claim_decisions.c.id)
    )
    return [
        dict(row) for row in rows.mappings() if row["undone_at"] is None or row["undone_at"] > until
    ]
