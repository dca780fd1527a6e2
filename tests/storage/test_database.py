"""Turns at writing: each is whole or nothing, and durable before anybody is told."""

import threading
from contextlib import suppress

import pytest

from kiosk.sqlite_engine import sqlite3
from kiosk.storage.database import (
    Database,
    DatabaseError,
    NestedWriteError,
    open_read_only,
)

WRITERS, TURNS = 8, 40


@pytest.fixture(params=["wal", "truncate"])
def database(request, tmp_path):
    opened = Database(tmp_path / "till.db", journal_mode=request.param)
    with opened.write() as connection:
        connection.execute("CREATE TABLE sold (n INTEGER PRIMARY KEY)")
        connection.execute(
            """
            CREATE TABLE owed (
                n INTEGER PRIMARY KEY,
                sold INTEGER REFERENCES sold (n) DEFERRABLE INITIALLY DEFERRED
            )
            """
        )
    yield opened
    opened.close()


def in_threads(work, count):
    threads = [threading.Thread(target=work, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def kept(database):
    connection = sqlite3.connect(database.path)
    rows = {row[0] for row in connection.execute("SELECT n FROM sold")}
    connection.close()
    return rows


def test_what_a_turn_wrote_is_in_the_file_when_it_is_over(database):
    unseen = []

    def sell(number):
        for turn in range(TURNS):
            n = number * TURNS + turn
            with database.write() as connection:
                connection.execute("INSERT INTO sold VALUES (?)", [n])
            if n not in kept(database):
                unseen.append(n)

    in_threads(sell, WRITERS)

    assert unseen == []
    assert kept(database) == set(range(WRITERS * TURNS))


def test_a_turn_that_fails_takes_nobody_elses_along(database):
    def sell(number):
        for turn in range(TURNS):
            n = number * TURNS + turn
            with suppress(sqlite3.IntegrityError), database.write() as connection:
                connection.execute("INSERT INTO sold VALUES (?)", [n])
                if n % 3 == 0:
                    connection.execute("INSERT INTO sold VALUES (?)", [n])

    in_threads(sell, WRITERS)

    assert kept(database) == {n for n in range(WRITERS * TURNS) if n % 3}


def test_a_commit_that_fails_is_told_to_every_turn_in_it(database):
    together = threading.Barrier(WRITERS)
    told = []

    def sell(number):
        together.wait()
        try:
            with database.write() as connection:
                connection.execute("INSERT INTO sold VALUES (?)", [number])
                if number == 0:
                    connection.execute("INSERT INTO owed VALUES (1, 999)")
        except DatabaseError:
            told.append(number)

    in_threads(sell, WRITERS)

    assert 0 in told
    assert kept(database) == set(range(WRITERS)) - set(told)
    with database.write() as connection:
        connection.execute("INSERT INTO sold VALUES (100)")
    assert 100 in kept(database)


def test_a_turn_within_a_turn_is_a_fault(database):
    with pytest.raises(NestedWriteError), database.write(), database.write():
        pass


def test_reading_within_a_turn_sees_what_it_wrote(database):
    with database.write() as connection:
        connection.execute("INSERT INTO sold VALUES (7)")
        with database.read() as own:
            seen = own.execute("SELECT count(*) AS n FROM sold").fetchone()["n"]

    with database.read() as after:
        assert seen == after.execute("SELECT count(*) AS n FROM sold").fetchone()["n"] == 1


def test_threads_that_read_one_after_another_share_a_connection(database):
    used = []

    def look(_):
        with database.read() as connection:
            used.append(connection)

    for _ in range(3):
        in_threads(look, 1)

    assert len(set(used)) == 1


def test_threads_that_read_at_once_each_have_their_own_snapshot(database):
    together = threading.Barrier(3, timeout=10)
    used = []

    def look(_):
        with database.read() as connection:
            together.wait()
            used.append(connection)

    in_threads(look, 3)

    assert len(set(used)) == 3


def test_a_file_that_cannot_be_written_refuses_in_words(tmp_path):
    database = Database(tmp_path / "till.db")
    with database.write() as connection:
        connection.execute("CREATE TABLE sold (n INTEGER PRIMARY KEY)")
        connection.execute("PRAGMA query_only = ON")

    with pytest.raises(DatabaseError, match="nothing was saved"), database.write() as connection:
        connection.execute("INSERT INTO sold VALUES (1)")

    assert kept(database) == set()
    database.close()


def test_a_file_with_half_a_write_in_it_asks_for_the_till(tmp_path):
    path = tmp_path / "till.db"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode=truncate").fetchall()
    writer.execute("CREATE TABLE goods (name TEXT)")
    writer.executemany("INSERT INTO goods VALUES (?)", [("wedang" * 100,)] * 200)
    writer.execute("PRAGMA cache_size=2")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE goods SET name = name || ' uwuh'")
    left = tmp_path / "left"
    left.mkdir()
    for name in ("till.db", "till.db-journal"):
        (left / name).write_bytes((tmp_path / name).read_bytes())
    writer.execute("ROLLBACK")
    writer.close()

    with pytest.raises(DatabaseError, match="Start the till once"):
        open_read_only(left / "till.db")
