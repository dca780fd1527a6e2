"""The address maps of both programs, without a server: what pages there are."""

import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

from kiosk.app import create_app as create_till
from kiosk.clock import SystemClock
from kiosk.hub.app import create_app as create_hub
from kiosk.hub.settings import HubSettings
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.store import Store
from tests.support.bazaar import close_bazaar, open_bazaar
from tests.support.every_page import read_examples

# Looked at before anybody is signed in.
HUB_LEFT_OUT = {"hub.signin.show"}


@contextmanager
def till_app():
    """Give a till's application over an installation that nobody uses."""
    with tempfile.TemporaryDirectory() as name:
        here = open_bazaar(Path(name) / "till")
        yield create_till(here)
        close_bazaar(here)


@contextmanager
def hub_app():
    """Give a hub's application over an empty database."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'hub.db'}"
        store = Store.open(url)
        migrate(store)
        settings = HubSettings(Path(name), url, secret_key="k" * 40)
        yield create_hub(settings, store=store, clock=SystemClock())
        store.close()


def hub_examples(database, campaign) -> dict[str, object]:
    """Give examples of the parts of a hub's addresses, from the last event of a campaign."""
    event = (
        f"(SELECT id FROM events WHERE campaign = '{campaign}' ORDER BY bazaar_start DESC LIMIT 1)"
    )
    machine = f"(SELECT id FROM installations WHERE event = {event} LIMIT 1)"
    queries = {
        "event_id": f"SELECT {event}",
        "vendor_id": f"SELECT id FROM vendors WHERE campaign = '{campaign}'",
        "product_id": f"SELECT id FROM products WHERE campaign = '{campaign}'",
        "installation_id": f"SELECT {machine}",
        "device_id": f"SELECT id FROM devices WHERE installation = {machine}",
        "code": f"SELECT code FROM tills WHERE installation = {machine}",
        "staff_id": f"SELECT id FROM staff WHERE event = {event}",
        "import_id": f"SELECT id FROM imports WHERE campaign = '{campaign}'",
        "signature": "SELECT signature FROM column_mappings",
        "rekap_id": "SELECT id FROM rekaps",
        "offer_id": f"SELECT id FROM offers WHERE campaign = '{campaign}'",
        "user_id": "SELECT id FROM users",
        "sheet_id": f"SELECT id FROM sheets WHERE campaign = '{campaign}'",
        "month": f"SELECT max(substr(hour, 1, 7)) FROM rollups WHERE campaign = '{campaign}'",
        "n": f"SELECT n FROM frozen_versions WHERE campaign = '{campaign}'",
        "source": f"SELECT source FROM orders WHERE campaign = '{campaign}'",
        "order_id": f"SELECT order_id FROM orders WHERE campaign = '{campaign}'",
        "journal": "SELECT journal FROM review_tray",
        "seq": "SELECT seq FROM review_tray",
        "reason": "SELECT reason FROM review_tray",
    }
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        found = read_examples(connection, queries)
    return {
        "campaign_id": campaign,
        "kind": "products",
        "by": "vendor",
        "language": "id",
        "table": "recap",
        "ending": "csv",
        **found,
    }
