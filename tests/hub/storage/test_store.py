"""What both stores promise: sums that add, snapshots, and a second try."""

import threading

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from kiosk.hub.storage import tables
from kiosk.hub.storage.rollups import PAYMENT_KEY, PAYMENT_SUMS
from kiosk.hub.storage.store import Store, upsert_add
from kiosk.sqlite_engine import wal_is_safe
from tests.hub.services.building import payments_of, rows_of


def payment(method, payments, amount_rp):
    return {
        "campaign": "c",
        "event": "e",
        "method": method,
        "state": "final",
        "payments": payments,
        "amount_rp": amount_rp,
    }


def add(connection, *rows):
    upsert_add(connection, tables.payment_rollups, PAYMENT_KEY, PAYMENT_SUMS, rows)


def test_sums_add_up_and_a_row_of_nothing_is_taken_away(store):
    with store.begin() as connection:
        add(connection, payment("qris", 1, 5_000), payment("cash", 2, 7_000))
    with store.begin() as connection:
        add(connection, payment("cash", 1, 1_000), payment("qris", -1, -5_000))

    assert payments_of(store) == {("cash", "final"): 8_000}
    assert len(rows_of(store, tables.payment_rollups)) == 1


def test_what_fails_leaves_nothing_behind(store):
    with pytest.raises(IntegrityError):
        add_with_a_fault(store)

    assert rows_of(store, tables.payment_rollups) == []


def add_with_a_fault(store):
    with store.begin() as connection:
        add(connection, payment("cash", 1, 1_000))
        connection.execute(insert(tables.users).values(id="1", login="x", name="x", role="king"))


def test_a_read_sees_one_moment_whatever_is_written_meanwhile(store):
    with store.begin() as connection:
        add(connection, payment("cash", 1, 1_000))

    with store.read() as reading:
        before = reading.execute(tables.payment_rollups.select()).all()
        with store.begin() as connection:
            add(connection, payment("cash", 1, 1_000))
        after = reading.execute(tables.payment_rollups.select()).all()

    assert before == after
    assert payments_of(store) == {("cash", "final"): 2_000}


def test_two_who_wait_for_each_other_both_come_through(store):
    with store.begin() as connection:
        add(connection, payment("cash", 1, 1_000), payment("qris", 1, 1_000))
    met = threading.Barrier(2)

    def crosswise(first, second):
        tries = []

        def step(connection):
            tries.append(first)
            raise_amount(connection, first)
            if len(tries) == 1 and not store.is_sqlite:
                met.wait(10)
            raise_amount(connection, second)

        store.retrying(step)

    threads = [
        threading.Thread(target=crosswise, args=pair)
        for pair in (("cash", "qris"), ("qris", "cash"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert payments_of(store) == {("cash", "final"): 1_002, ("qris", "final"): 1_002}


def raise_amount(connection, method):
    amounts = tables.payment_rollups
    connection.execute(
        update(amounts).where(amounts.c.method == method).values(amount_rp=amounts.c.amount_rp + 1)
    )


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_wal_is_used_only_where_the_engine_has_the_fix(version, safe):
    assert wal_is_safe(version) is safe


def test_a_commit_is_durable_before_it_is_answered(tmp_path):
    store = Store.open(f"sqlite:///{tmp_path / 'hub.db'}")
    with store.read() as connection:
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
        foreign_keys = connection.exec_driver_sql("PRAGMA foreign_keys").scalar()
    store.close()

    assert (synchronous, foreign_keys) == (2, 1)
