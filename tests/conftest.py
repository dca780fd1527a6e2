"""Fixtures for every test: no network, the catalogue compiled, PostgreSQL, programs, a browser."""

import os
from functools import partialmethod
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hypothesis import settings
from jinja2 import BytecodeCache

from kiosk.webtools.application import Environment
from tests.support.browser import Watch, launch_options
from tests.support.network import refuse_other_machines
from tests.support.postgres import running_postgres
from tests.support.processes import Launcher

CATALOGUE = Path(__file__).parents[1] / "kiosk/translations/id/LC_MESSAGES/messages.po"


# Nothing here depends on time: a busy machine is no counter-example. CI tries the same examples
# each time, so that it says something about the change; every other run tries new ones.
settings.register_profile("untimed", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("untimed")


class CompiledOnce(BytecodeCache):
    """Templates as one application compiled them, for all others of the same process."""

    def __init__(self):
        self._kept = {}

    def load_bytecode(self, bucket):
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket):
        self._kept[bucket.key] = bucket.bytecode_to_string()


def pytest_configure(config):
    refuse_other_machines()
    Environment.__init__ = partialmethod(Environment.__init__, bytecode_cache=CompiledOnce())
    if not hasattr(config, "workerinput"):
        compile_catalogue()


def compile_catalogue():
    """Compile once, before the workers start, so that a test never meets half a file."""
    with CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale="id")
    with CATALOGUE.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of this worker's own."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres):
    """The address of an empty database of this test's own."""
    name = postgres.new_database()
    yield postgres.url(name)
    postgres.drop_database(name)


@pytest.fixture
def launcher(tmp_path):
    """Starts programs; all are ended with the test."""
    programs = Launcher(tmp_path)
    yield programs
    programs.stop_all()


@pytest.fixture(scope="session")
def base_url():
    """No address is shared by the tests; Playwright's own fixture warns under pytest 9."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium instead of Playwright's own."""
    return launch_options(browser_type_launch_args)


@pytest.fixture
def browser_watch(context):
    """What the browser complained of; `allow` what a test means to provoke."""
    watch = Watch(context)
    yield watch
    watch.assert_quiet()


@pytest.fixture
def page(browser_watch, page):
    """A page that fails its test for any complaint of the browser."""
    return page
