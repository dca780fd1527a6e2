"""Conferring: where the hub stands in the journals that have nothing to send.

A hub that came back from an older copy of its own has less than it confirmed; this machine
may be a copy itself. Either is only heard of by asking, so each journal is asked for once
after a start, and again after the hub was found to be behind.
"""

from typing import TYPE_CHECKING

from kiosk.clock import stamp
from kiosk.services.common_ground import last_common
from kiosk.services.forking import OTHER_COPY, Cut, fork
from kiosk.services.installation import Installation
from kiosk.storage import forks, journal, uploads
from kiosk.storage.database import Connection
from kiosk.storage.journal import Journal

if TYPE_CHECKING:
    from kiosk.sync.hub_client import HubClient, HubHead


def confer(here: Installation, client: "HubClient", asked: set[int]) -> bool:
    """Ask for the next journal that is not among `asked`; says whether there was one.

    Raises HubError.
    """
    with here.db.read() as connection:
        one = next(
            (
                found
                for found in journal.journals(connection)
                if not found.training and found.ordinal not in asked
            ),
            None,
        )
    if one is None:
        return False
    answer = client.journal_head(one.id)
    asked.add(one.ordinal)
    if client.heard_at:
        here.hub_time.hear(here.clock, client.heard_at)
    with here.db.write() as connection:
        if not _follow_back(connection, one, answer, stamp(here.clock.now())):
            return True
    common = last_common(here, client, one, answer.seq)
    fork(here, Cut(one, common, OTHER_COPY, common + 1), answer.deepest)
    return True


def _follow_back(connection: Connection, one: Journal, answer: "HubHead", at: str) -> bool:
    """Send again what the hub has lost; says whether it holds other entries than these."""
    end = forks.end_to_send(connection, one)
    seq = min(answer.seq, end)
    if seq == answer.seq and seq and journal.hash_at(connection, one, seq) != answer.hash:
        return True
    if seq < min(uploads.sent_seq(connection, one.ordinal), end):
        uploads.remember_sent(connection, one.ordinal, seq, at)
    return False
