"""A hub of each test's own: migrated, with an organiser and a viewer, and a client that checks markup."""

import shutil
import threading

import pytest
from werkzeug.serving import make_server

from kiosk.hub.app import create_app
from kiosk.hub.services.accounts import add_user
from kiosk.hub.settings import HubSettings
from kiosk.hub.storage.store import Store
from tests.hub.web.steps import PASSWORD, Organiser
from tests.support.client import MarkupChecker


@pytest.fixture
def store(tmp_path, clock, migrated_file):
    shutil.copy(migrated_file, tmp_path / "hub.db")
    store = Store.open(f"sqlite:///{tmp_path / 'hub.db'}")
    for login, role in (("sari", "organiser"), ("tamu", "viewer")):
        add_user(
            store,
            clock,
            by="",
            login=login,
            name=login.title(),
            role=role,
            password=PASSWORD,
        )
    yield store
    store.close()


@pytest.fixture
def app(store, clock, tmp_path):
    settings = HubSettings(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}", secret_key="k" * 40)
    app = create_app(settings, store=store, clock=clock)
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = MarkupChecker
    return app


@pytest.fixture
def stranger(app):
    return app.test_client()


def signed_in(app, login):
    client = app.test_client()
    client.post("/sign-in", data={"login": login, "password": PASSWORD})
    return client


@pytest.fixture
def organiser(app):
    return Organiser(signed_in(app, "sari"))


@pytest.fixture
def viewer(app):
    return Organiser(signed_in(app, "tamu"))


@pytest.fixture
def address(app):
    """The hub with its forgery check, served on a port of this machine."""
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def friday(organiser):
    """A campaign with one event on Friday 20 November and two of the samples' products."""
    campaign = organiser.campaign()
    organiser.event(campaign)
    vendor = organiser.vendor(campaign)
    organiser.product(campaign, vendor, "WB86-KOMPLIT", "Wedang Komplit")
    organiser.product(campaign, vendor, "BPT-200", "Bir Pletok Tubruk", price="35.000")
    return campaign
