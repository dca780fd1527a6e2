"""The hub's stores, both of them, and a clock that a test sets."""

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
def store_url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hub.db'}"
    return request.getfixturevalue("postgres_url")


@pytest.fixture
def store(store_url):
    """An empty store with its tables, on SQLite and on PostgreSQL."""
    opened = Store.open(store_url)
    migrate(opened)
    yield opened
    opened.close()
