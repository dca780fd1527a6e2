"""The demonstration, sown once; who changes something works on a copy."""

import logging
import shutil
from contextlib import closing

import pytest

from kiosk.cli.demo.folder import DemoFolder
from kiosk.cli.demo.seed import hub_settings, sow
from kiosk.hub.storage.store import Store
from tests.support.processes import free_port


@pytest.fixture(scope="session")
def sown(tmp_path_factory):
    """The path of a sown folder that nobody changes."""
    path = tmp_path_factory.mktemp("demo") / "var"
    # What the programs log meanwhile is no part of a test's output.
    logging.disable(logging.INFO)
    with closing(DemoFolder(path)) as folder:
        sow(folder, hub_port=free_port(), printer_port=9100, tell=lambda _: None)
    logging.disable(logging.NOTSET)
    return path


@pytest.fixture
def copy(sown, tmp_path):
    """A sown folder of the test's own."""
    path = tmp_path / "var"
    shutil.copytree(sown, path)
    with closing(DemoFolder(path)) as folder:
        yield folder


@pytest.fixture
def store(copy):
    """The store of the copy's hub."""
    with closing(Store.open(hub_settings(copy, 8001).database_url)) as opened:
        yield opened
