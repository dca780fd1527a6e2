"""An event's evening: beside earlier ones as many hours in, and who has sold nothing yet."""

import pytest
from sqlalchemy import insert

from kiosk.hub.services.campaigns import NotFoundError
from kiosk.hub.services.evening import open_evening
from kiosk.hub.storage import tables
from kiosk.hub.storage.rollups import add_to_rollups
from tests.hub.services.building import CAMPAIGN, EVENT, PRODUCT, VENDOR, set_up

LAST_WEEK = "00000000-0000-7000-8000-0000000000e0"
OTHER = "00000000-0000-7000-8000-0000000000a2"


@pytest.fixture
def fridays(store):
    """Tonight from 07.00 to 17.00, and the Friday before with more in its later hours."""
    set_up(store)
    with store.begin() as connection:
        connection.execute(
            insert(tables.events).values(
                id=LAST_WEEK,
                campaign=CAMPAIGN,
                name="Jumat lalu",
                bazaar_start="2026-11-13T00:00:00.000+00:00",
                bazaar_end="2026-11-13T10:00:00.000+00:00",
            )
        )
        vendor = {"campaign": CAMPAIGN, "kecamatan": "31.74.07", "kelurahan": "31.74.07.1001"}
        connection.execute(insert(tables.vendors).values(id=OTHER, name="Batik", **vendor))
        sums = [
            (LAST_WEEK, "2026-11-13T08", 40_000),
            (LAST_WEEK, "2026-11-13T10", 60_000),
            (EVENT, "2026-11-20T08", 50_000),
            (EVENT, "2026-11-20T10", 5_000),
        ]
        add_to_rollups(connection, [sold(*one) for one in sums])
    return store


def sold(event, hour, omzet_rp):
    keys = {"campaign": CAMPAIGN, "event": event, "channel": "bazaar", "vendor": VENDOR}
    keys |= {"product": PRODUCT, "category": "kuliner", "hour": hour}
    figures = {"omzet_rp": omzet_rp, "omzet_final_rp": omzet_rp}
    return keys | figures | {"units": 1, "units_final": 1}


def test_the_running_event_is_compared_after_as_many_whole_hours(fridays, clock):
    evening = open_evening(fridays, clock, CAMPAIGN)

    [earlier] = evening.earlier
    assert (evening.event.id, evening.hours) == (EVENT, 3)
    assert (evening.counted.omzet_rp, evening.so_far.omzet_rp) == (55_000, 50_000)
    assert (earlier.then.omzet_rp, earlier.whole.omzet_rp) == (40_000, 100_000)
    assert earlier.change_percent == 25


def test_an_event_that_is_over_is_compared_as_a_whole(fridays, clock):
    clock.go_on(hours=8)

    evening = open_evening(fridays, clock, CAMPAIGN)

    assert evening.hours is None
    assert [one.change_percent for one in evening.earlier] == [-45]


def test_vendors_who_sold_nothing_are_named(fridays, clock):
    evening = open_evening(fridays, clock, CAMPAIGN)

    assert ([one.name for one in evening.absent], evening.vendors) == (["Batik"], 2)


def test_an_evening_that_is_not_there_is_none(fridays, clock, store):
    assert open_evening(store, clock, "another") is None
    with pytest.raises(NotFoundError):
        open_evening(store, clock, CAMPAIGN, "x")
    assert open_evening(store, clock, CAMPAIGN, LAST_WEEK).earlier == []
