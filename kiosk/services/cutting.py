"""Cutting segments out of a journal: for the hub, for a file, for the second copy."""

from kiosk.storage import journal
from kiosk.storage.database import Connection
from kiosk.storage.journal import Journal
from kiosk.wire.segments import SegmentHeader, Signer, fit, write_segment


def build_segment(
    connection: Connection,
    signer: Signer,
    one: Journal,
    after: int,
    made_at: str,
    until: int | None = None,
) -> bytes:
    """Put together the segment of a journal that begins behind position `after`.

    It goes no further than `until`.
    """
    entries = fit(
        sealed.stored
        for sealed in journal.sealed_entries(connection, one.ordinal, after)
        if until is None or sealed.seq <= until
    )
    header = SegmentHeader(
        journal=one.id,
        device=signer.device,
        first=after + 1,
        count=len(entries),
        prev=journal.hash_at(connection, one, after),
        head=journal.hash_at(connection, one, after + len(entries)),
        made_at=made_at,
    )
    return write_segment(header, entries, signer.secret)
