"""The hub's stores, both of them, and a clock that a test sets."""

import shutil
from datetime import datetime, timedelta
from itertools import count

import pytest

from kiosk.clock import WIB
from kiosk.domain.ids import uuid7
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.store import Store


class SetClock:
    """A clock that stands until it is told to go on; ids count up."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._ids = count(1)

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()

    def new_id(self) -> str:
        milliseconds = int(self._now.timestamp() * 1000)
        return uuid7(milliseconds, next(self._ids).to_bytes(10, "big"))

    def go_on(self, **passed: float) -> None:
        self._now += timedelta(**passed)


@pytest.fixture
def clock():
    return SetClock(datetime(2026, 11, 20, 10, 30, tzinfo=WIB))


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request):
    """Each of the two databases a hub may keep its store in."""
    return request.param


@pytest.fixture
def store_url(backend, request, tmp_path):
    """The address of an empty database."""
    if backend == "sqlite":
        return f"sqlite:///{tmp_path / 'hub.db'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """A hub's SQLite file with its tables, migrated once for all tests."""
    path = tmp_path_factory.mktemp("migrated") / "hub.db"
    set_up(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_database(postgres):
    """The name of a PostgreSQL database with a hub's tables, migrated once for all tests."""
    name = postgres.new_database()
    set_up(postgres.url(name))
    return name


def set_up(url):
    opened = Store.open(url)
    migrate(opened)
    opened.close()


@pytest.fixture
def migrated_url(backend, request, tmp_path):
    """The address of a database that has its tables and nothing in them."""
    if backend == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "hub.db")
        yield f"sqlite:///{tmp_path / 'hub.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = server.new_database(request.getfixturevalue("migrated_database"))
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def store(migrated_url):
    """An empty store with its tables, on SQLite and on PostgreSQL."""
    opened = Store.open(migrated_url)
    yield opened
    opened.close()
