"""Common ground: the last entry of a journal that this machine and its hub both hold.

A hash stands for everything before it, so the place is found by halving.
"""

from typing import TYPE_CHECKING

from kiosk.services.installation import Installation
from kiosk.storage import journal
from kiosk.storage.journal import Journal

if TYPE_CHECKING:
    from kiosk.sync.hub_client import HubClient


def last_common(here: Installation, client: "HubClient", one: Journal, hub_seq: int) -> int:
    """Give the last position up to which both are the same, 0 where not even the first is.

    `hub_seq` is where the hub's copy ends. Raises HubError.
    """
    with here.db.read() as connection:
        end = journal.head(connection, one).seq
    common, differs = 0, min(end, hub_seq) + 1
    while differs - common > 1:
        middle = (common + differs) // 2
        theirs = client.hash_at(one.id, middle)
        with here.db.read() as connection:
            ours = journal.hash_at(connection, one, middle)
        if theirs == ours:
            common = middle
        else:
            differs = middle
    return common
