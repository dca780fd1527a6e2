"""Online orders are replaced whole, and their sums with them."""

import pytest
from sqlalchemy import insert

from kiosk.hub.services.projection import rebuild
from kiosk.hub.storage import tables
from kiosk.hub.storage.orders import OnlineLine, OnlineOrder, drop_orders, replace_orders
from tests.hub.services.building import CAMPAIGN, EVENT, PRODUCT, VENDOR, rows_of, set_up, totals_of

OLD, NEW = "2026-11-20T08:00:00.000+00:00", "2026-11-20T12:00:00.000+00:00"


@pytest.fixture
def shop(store):
    set_up(store)
    with store.begin() as connection:
        connection.execute(
            insert(tables.imports).values(
                id="import",
                campaign=CAMPAIGN,
                source="shopee",
                file_name="orders.csv",
                file_sha256="0" * 64,
                imported_at=NEW,
                imported_by="organiser",
                as_of=NEW,
                orders=1,
                problems=0,
                state="taken",
            )
        )
    return store


def order(order_id="1", units=2, as_of=OLD, event=EVENT, final=0, paid_at=OLD):
    line = OnlineLine(
        n=1,
        product=PRODUCT,
        vendor=VENDOR,
        category="kuliner",
        name="Wedang uwuh",
        sku="sku_id\t1",
        units=units,
        omzet_rp=units * 10_000,
        units_final=final,
        omzet_final_rp=final * 10_000,
    )
    return OnlineOrder(order_id, "shopee", None, "paid", "Dibayar", paid_at, event, as_of, (line,))


def take(store, *orders):
    with store.begin() as connection:
        return replace_orders(connection, CAMPAIGN, "import", "shopee", orders)


def test_an_order_counts_in_the_hour_it_was_paid(shop):
    take(shop, order(final=1))

    [row] = rows_of(shop, tables.rollups)

    assert row[1:3] == (EVENT, "shopee")
    assert row[6:] == ("2026-11-20T15", 2, 20_000, 1, 10_000)


def test_a_newer_file_replaces_the_order_and_takes_its_old_sums_off(shop):
    take(shop, order(units=2), order("2", units=1))

    taken = take(shop, order(units=5, as_of=NEW, event=""))

    assert taken == 1
    assert totals_of(shop) == (6, 60_000)
    assert {row[1] for row in rows_of(shop, tables.rollups)} == {EVENT, ""}


def test_an_older_file_never_overwrites_a_newer_one(shop):
    take(shop, order(units=5, as_of=NEW))

    taken = take(shop, order(units=2, as_of=OLD))

    assert taken == 0
    assert totals_of(shop) == (5, 50_000)


def test_a_cancelled_order_leaves_no_sums_behind(shop):
    take(shop, order())

    take(shop, order(units=0, as_of=NEW))

    assert rows_of(shop, tables.rollups) == []
    assert rows_of(shop, tables.event_rollups) == []


def test_a_dropped_order_takes_its_lines_along(shop):
    take(shop, order(), order("2"))

    with shop.begin() as connection:
        drop_orders(connection, CAMPAIGN, "shopee", ["1"])

    assert totals_of(shop) == (2, 20_000)
    assert [row[2] for row in rows_of(shop, tables.order_lines)] == ["2"]


def test_a_rebuild_counts_online_orders_again(shop):
    take(shop, order(), order("2", paid_at=None))
    before = rows_of(shop, tables.rollups)

    rebuild(shop, NEW)

    assert rows_of(shop, tables.rollups) == before
