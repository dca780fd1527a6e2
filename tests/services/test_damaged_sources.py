import gzip
import shutil
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.entries import read_entry
from kiosk.errors import WorldError
from kiosk.services import journals
from kiosk.services.backups import back_up
from kiosk.services.recording import record
from kiosk.services.replanting import SourceDamagedError
from kiosk.services.restoring import restore_backup, restore_files
from kiosk.storage.database import open_read_only
from tests.services.restored import (
    ACCEPTED,
    SURE,
    all_numbers,
    awake,
    fresh,
    later_clock,
    sell,
    signed_in,
)
from tests.support.bazaar import (
    close_bazaar,
)


def damaged_backup(here, tmp_path, change):
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    connection = sqlite3.connect(made.path)
    for trigger in ("entries_are_never_changed", "entries_are_never_removed"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(change)
    connection.commit()
    connection.close()
    return made.path


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        ("UPDATE entries SET stored = x'7b7d' WHERE seq = 6", "entry 6 was changed"),
        ("DELETE FROM entries WHERE seq = 6", "entry 6 is missing"),
        (
            "UPDATE entries SET stored = (SELECT stored FROM entries WHERE seq = 7) WHERE seq = 6",
            "entry 6 was changed, or stands out of order",
        ),
    ],
)
def test_a_damaged_backup_is_named_and_restored_up_to_the_fault_only_if_asked(
    here, paired, tmp_path, change, fact
):
    sell(here, paired, 5)
    path = damaged_backup(here, tmp_path, change)

    with pytest.raises(SourceDamagedError, match=fact):
        restore_backup(fresh(tmp_path), later_clock(), path, SURE)
    nothing = list((tmp_path / "new").glob("till.db*"))
    restored = restore_backup(fresh(tmp_path), later_clock(), path, ACCEPTED)

    assert nothing == []
    (taken,) = restored.built.taken
    assert (taken.entries, taken.sales) == (5, 2)
    assert fact in restored.built.missing[0]
    assert "sales behind entry 5" in restored.built.missing[1]
    there = awake(fresh(tmp_path))
    sell(there, signed_in(there))
    assert all_numbers(there) == ["K01-0001", "K01-0002", "K01B-0001"]
    assert journals.rebuild(there).drifted == ()
    close_bazaar(there)


def test_a_sale_whose_chain_holds_but_whose_sum_does_not_is_found(here, paired, tmp_path):
    sell(here, paired)
    with here.db.read() as connection:
        row = connection.execute("SELECT stored FROM entries WHERE kind = 'sale'").fetchone()
    body = dict(read_entry(row["stored"]).body)
    body["total_rp"] -= 5_000
    with here.db.write() as connection:
        record(here, connection, "sale", {**body, "number": "K01-0002"}, till="K01")
    made = back_up(here.settings, here.clock, tmp_path / "usb")

    with pytest.raises(SourceDamagedError, match="lines and rounding do not make the total"):
        restore_backup(fresh(tmp_path), later_clock(), made.path, SURE)


def test_a_torn_export_is_named_and_its_whole_parts_are_restored_if_asked(here, paired, tmp_path):
    sell(here, paired, 2)
    (older,) = journals.export(here, tmp_path / "usb")
    sell(here, paired, 2)
    (newer,) = journals.export(here, tmp_path / "usb")
    newer.write_bytes(newer.read_bytes()[:-40])

    with pytest.raises(SourceDamagedError, match=newer.name):
        restore_files(fresh(tmp_path), later_clock(), [tmp_path / "usb"], SURE)
    restored = restore_files(fresh(tmp_path), later_clock(), [tmp_path / "usb"], ACCEPTED)

    assert older.exists()
    assert [one.sales for one in restored.built.taken] == [2]
    assert newer.name in restored.built.missing[0]


@settings(
    max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(place=st.floats(0, 0.999), flip=st.integers(1, 255))
def test_a_flipped_byte_never_passes_unnoticed(here, paired, tmp_path, place, flip):
    name = "flipped"
    (tmp_path / name).mkdir(exist_ok=True)
    if not all_numbers(here):
        sell(here, paired, 2)
        journals.export(here, tmp_path / "whole")
    (whole,) = (tmp_path / "whole").iterdir()
    data = bytearray(gzip.decompress(whole.read_bytes()))
    body_end = data.rindex(b'{"hmac"')
    header_end = data.index(b"\n")
    at = header_end + 1 + int(place * (body_end - header_end - 1))
    data[at] ^= flip
    flipped = tmp_path / name / whole.name
    flipped.write_bytes(gzip.compress(bytes(data)))

    with pytest.raises(WorldError):
        restore_files(fresh(tmp_path), later_clock(), [flipped], SURE)

    assert list((tmp_path / "new").glob("till.db*")) == []


@pytest.mark.parametrize("column", ["id", "installation", "training", "depth"])
def test_a_backup_that_lost_the_name_of_a_column_is_refused(here, paired, tmp_path, column):
    sell(here, paired, 1)
    path = back_up(here.settings, here.clock, tmp_path / "usb").path
    connection = sqlite3.connect(path)
    connection.execute(f"ALTER TABLE journals RENAME COLUMN {column} TO lost")
    connection.commit()
    connection.close()

    with pytest.raises(WorldError, match="no such column"):
        restore_backup(fresh(tmp_path), later_clock(), path, ACCEPTED)


def test_a_torn_backup_is_named(here, paired, tmp_path):
    sell(here, paired, 40)
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    data = made.path.read_bytes()
    made.path.write_bytes(data[: len(data) // 2])

    with pytest.raises(WorldError, match=r"damaged|cannot be read"):
        restore_backup(fresh(tmp_path), later_clock(), made.path, SURE)

    assert list((tmp_path / "new").glob("till.db*")) == []


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(place=st.floats(0, 0.9999), flip=st.integers(1, 255))
def test_whatever_is_restored_of_a_flipped_backup_is_what_was_sealed(
    here, paired, tmp_path, place, flip
):
    query = "SELECT seq, id, kind, stored, hash FROM entries WHERE journal = 1 ORDER BY seq"
    if not all_numbers(here):
        sell(here, paired, 10)
    with here.db.read() as connection:
        sealed = [tuple(row) for row in connection.execute(query)]
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    data = bytearray(made.path.read_bytes())
    data[int(place * len(data))] ^= flip
    flipped = tmp_path / "flipped.db"
    flipped.write_bytes(bytes(data))
    target = fresh(tmp_path, "from-flipped")
    shutil.rmtree(target.data, ignore_errors=True)

    try:
        restored = restore_backup(target, later_clock(), flipped, ACCEPTED)
    except WorldError:
        assert list(target.data.glob("till.db*")) == []
        return

    connection = open_read_only(target.data / "till.db")
    found = [tuple(row) for row in connection.execute(query)]
    connection.close()
    assert found == sealed[: len(found)]
    assert len(found) == len(sealed) or restored.built.missing
