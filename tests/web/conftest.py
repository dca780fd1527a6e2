"""A till with pages: an installation in a folder of its own, and somebody before it."""

import threading

import pytest
from werkzeug.serving import make_server

from kiosk.app import create_app
from kiosk.services.installation import open_installation
from kiosk.settings import read_settings
from tests.support.bazaar import SteadyClock, close_bazaar, numbers, open_bazaar
from tests.support.client import MarkupChecker
from tests.web.visitor import Visitor


@pytest.fixture
def here(tmp_path):
    installation = open_bazaar(tmp_path / "till")
    yield installation
    close_bazaar(installation)


@pytest.fixture
def fresh(tmp_path):
    """A machine nobody has set up yet."""
    settings = read_settings({"KIOSK_DATA": str(tmp_path / "fresh")})
    installation = open_installation(settings, SteadyClock())
    yield installation
    close_bazaar(installation)


def visitor_of(installation):
    app = create_app(installation)
    app.test_client_class = MarkupChecker
    return Visitor(app.test_client())


@pytest.fixture
def visitor(here):
    """A browser on the device, nobody signed in."""
    return visitor_of(here)


@pytest.fixture
def seller(visitor):
    """Rina at Laci 1, open with Rp200.000."""
    return visitor.begin()


@pytest.fixture
def number(here):
    """The short number of each product by SKU."""
    return numbers(here)


@pytest.fixture
def served(here):
    """The till's address, on a port of this test's own."""
    server = make_server("127.0.0.1", 0, create_app(here), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
