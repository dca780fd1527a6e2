"""The site of these tests and its client."""

import re

import pytest

from tests.webtools.site import make_site


@pytest.fixture
def app(tmp_path):
    return make_site(tmp_path)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def token(client):
    """The token a page gave this browser."""
    return re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)[1]
