"""The hub's application over a store with one campaign, asked as a device asks."""

import json
from pathlib import Path

import pytest

from kiosk.hub.app import create_app
from kiosk.hub.settings import HubSettings
from kiosk.wire.reads import read_challenge, sign_read
from tests.hub.services.building import DEVICE, HUB_KEY, SECRET, set_up


class Device:
    """What a till does over HTTP."""

    def __init__(self, client, device=DEVICE, secret=SECRET):
        self.client = client
        self.device = device
        self.secret = secret

    def send(self, journal, first=1, last=None, **options):
        return self.post(journal.id, journal.segment(first, last), **options)

    def post(self, journal_id, data, **options):
        return self.client.post(f"/api/v1/journals/{journal_id}/segments", data=data, **options)

    def sign(self, path):
        """The Authorization header for one read, from a fresh challenge."""
        asked = self.client.get(path)
        nonce = read_challenge(asked.headers["WWW-Authenticate"])
        return {"Authorization": sign_read(self.device, self.secret, nonce, "GET", path).header()}

    def read(self, path, **headers):
        return self.client.get(path, headers={**self.sign(path), **headers})

    def enrol(self, code, request, **options):
        body = json.dumps({"code": code, "request": request})
        return self.client.post("/api/v1/enrol", data=body, **options)


@pytest.fixture
def settings(tmp_path, migrated_url):
    return HubSettings(data=Path(tmp_path), database_url=migrated_url, secret_key=HUB_KEY)


@pytest.fixture
def app(settings, store, clock):
    set_up(store)
    return create_app(settings, store, clock)


@pytest.fixture
def device(app):
    return Device(app.test_client())
