"""A hub of each test's own: migrated, with an organiser and a viewer, and a client that checks markup."""

import shutil
import threading
from datetime import datetime

import pytest
from sqlalchemy import select
from werkzeug.serving import make_server

from kiosk.clock import WIB
from kiosk.hub.app import create_app
from kiosk.hub.services.accounts import add_user, user_of
from kiosk.hub.services.sessions import start_session
from kiosk.hub.settings import HubSettings
from kiosk.hub.storage.store import Store
from kiosk.hub.storage.tables import users
from tests.hub.conftest import SetClock
from tests.hub.web.steps import PASSWORD, Organiser
from tests.support.client import MarkupChecker


@pytest.fixture(scope="session")
def peopled_file(tmp_path_factory, migrated_file):
    """A hub's file with an organiser and a viewer; their passwords take long to hash."""
    path = tmp_path_factory.mktemp("peopled") / "hub.db"
    shutil.copy(migrated_file, path)
    store = Store.open(f"sqlite:///{path}")
    clock = SetClock(datetime(2026, 11, 20, 10, tzinfo=WIB))
    for login, role in (("sari", "organiser"), ("tamu", "viewer")):
        words = {"login": login, "name": login.title(), "password": PASSWORD}
        add_user(store, clock, by="", role=role, **words)
    store.close()
    return path


@pytest.fixture
def store(tmp_path, peopled_file):
    shutil.copy(peopled_file, tmp_path / "hub.db")
    store = Store.open(f"sqlite:///{tmp_path / 'hub.db'}")
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
    """Give a client with a session, as signing in makes it."""
    hub = app.extensions["hub"]
    with hub.store.begin() as connection:
        row = connection.execute(select(users).where(users.c.login == login)).mappings().one()
    client = app.test_client()
    with client.session_transaction() as session:
        session["hub_session"] = start_session(
            hub.store, hub.clock, user_of(row), "a test's browser", "127.0.0.1"
        )
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
