import gzip
import itertools
import shutil
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.entries import read_entry
from kiosk.errors import WorldError
from kiosk.services import browsers, carts, journals, paying, shifts
from kiosk.services.backups import back_up
from kiosk.services.installation import open_installation
from kiosk.services.lineage import LineageError
from kiosk.services.paying import PaymentForm
from kiosk.services.recording import record
from kiosk.services.replanting import SourceDamagedError
from kiosk.services.restoring import AlreadyThereError, Wish, restore_backup, restore_files
from kiosk.services.sign_in import sign_in
from kiosk.settings import read_settings
from kiosk.storage import printers, staff_secrets, uploads
from kiosk.storage.database import open_read_only
from kiosk.storage.projections import TABLES
from tests.support.bazaar import (
    CASHIER,
    CASHIER_PIN,
    DEVICE,
    INSTALLATION,
    SECRET,
    SteadyClock,
    bundle_document,
    close_bazaar,
    numbers,
)

SURE = Wish()
ACCEPTED = Wish(up_to_fault=True)


def sell(here, browser, times=1):
    known = numbers(here)
    for _ in range(times):
        cart = carts.new_cart(here, browser)
        carts.add(here, cart.id, known["WB86-KOMPLIT"], None)
        paying.pay(here, browser, cart.id, PaymentForm("cash"))


def fresh(tmp_path, name="new"):
    return read_settings({"KIOSK_DATA": str(tmp_path / name)})


_minutes = itertools.count()


def later_clock():
    """Each a minute after the last, so that no two machines make the same id."""
    clock = SteadyClock("2026-11-20T12:00:00+07:00")
    clock.pass_seconds(60 * next(_minutes))
    return clock


def awake(settings, clock=None):
    """Open a restored installation as a till does, and give its cashier back her PIN."""
    here = open_installation(settings, clock or later_clock())
    with here.db.write() as connection:
        document = bundle_document()
        staff_secrets.replace(
            connection, {person["id"]: person["pin_hash"] for person in document["staff"]}
        )
    return here


def signed_in(here):
    browser = browsers.assign_till(here, browsers.pair_local(here), "K01")
    return sign_in(here, browser, CASHIER, CASHIER_PIN)


def make_a_device_of(here):
    here.folder.keep_secret(SECRET)
    with here.db.write() as connection:
        uploads.begin_enrolment(connection, "http://127.0.0.1:9", "0" * 64)
        uploads.finish_enrolment(connection, DEVICE, INSTALLATION)


def all_numbers(here):
    with here.db.read() as connection:
        rows = connection.execute("SELECT number FROM sales ORDER BY journal, seq")
        return [row["number"] for row in rows]


def projections(here):
    with here.db.read() as connection:
        return {table: journals.rows(connection, table) for table in TABLES}


def test_a_restored_backup_has_the_same_rows_and_sells_on_in_a_new_journal(here, paired, tmp_path):
    sell(here, paired, 3)
    before = projections(here)
    made = back_up(here.settings, here.clock, tmp_path / "usb")

    restored = restore_backup(fresh(tmp_path), later_clock(), made.path, SURE)

    there = awake(fresh(tmp_path))
    assert projections(there) == before
    assert (restored.letter, restored.built.open_shifts, restored.built.missing) == ("B", 1, ())
    assert [(one.sales, one.head.hex()[:8]) for one in restored.built.taken] == [
        (3, made.verdicts[0].head)
    ]
    sell(there, signed_in(there), 2)
    assert all_numbers(there) == ["K01-0001", "K01-0002", "K01-0003", "K01B-0001", "K01B-0002"]
    with there.db.read() as connection:
        first, second = journals.verify(connection)
        opened = read_entry(
            connection.execute("SELECT stored FROM entries WHERE journal = 2").fetchone()["stored"]
        )
    assert (first.fault, second.fault, second.journal.depth) == (None, None, 1)
    assert opened.body["continues"] == {
        "journal": first.journal.id,
        "seq": first.entries,
        "hash": restored.built.taken[0].head.hex(),
    }
    assert journals.rebuild(there).drifted == ()
    close_bazaar(there)


def test_an_open_shift_is_closed_on_the_restored_machine_with_all_its_cash(here, paired, tmp_path):
    sell(here, paired, 2)
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    restore_backup(fresh(tmp_path), later_clock(), made.path, SURE)

    there = awake(fresh(tmp_path))
    browser = signed_in(there)
    sell(there, browser, 1)
    closed = shifts.close_shift(
        there, browser, {100_000: "2", 50_000: "1", 20_000: "1", 5_000: "1"}, ""
    )
    close_bazaar(there)

    assert closed.closing.expected_rp == 275_000
    assert closed.sold.sales == 3


def test_a_second_restore_takes_the_next_letter(here, paired, tmp_path):
    sell(here, paired)
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    restore_backup(fresh(tmp_path, "second"), later_clock(), made.path, SURE)
    second = awake(fresh(tmp_path, "second"))
    sell(second, signed_in(second))
    again = back_up(second.settings, second.clock, tmp_path / "usb2")
    close_bazaar(second)

    restored = restore_backup(fresh(tmp_path, "third"), later_clock(), again.path, SURE)

    third = awake(fresh(tmp_path, "third"))
    sell(third, signed_in(third))
    assert restored.letter == "C"
    assert all_numbers(third) == ["K01-0001", "K01B-0001", "K01C-0001"]
    assert journals.rebuild(third).drifted == ()
    close_bazaar(third)


def test_a_restored_machine_has_no_pins_no_identity_and_keeps_its_printers(here, paired, tmp_path):
    with here.db.write() as connection:
        connection.execute(
            "INSERT INTO printers (name, address, profile)"
            " VALUES ('Depan', 'tcp://127.0.0.1:9100', 'generic-80-48')"
        )
    made = back_up(here.settings, here.clock, tmp_path / "usb")

    restored = restore_backup(fresh(tmp_path), later_clock(), made.path, SURE)

    there = open_installation(fresh(tmp_path), later_clock())
    with there.db.read() as connection:
        assert staff_secrets.pin_hash(connection, CASHIER) is None
        assert uploads.enrolment(connection) is None
        assert [row.name for row in printers.printers(connection)] == ["Depan"]
    assert there.folder.read_secret() is None
    assert not restored.enrolled
    close_bazaar(there)


def test_exported_journals_are_restored_from_a_folder_older_and_newer_files_together(
    here, paired, tmp_path
):
    sell(here, paired, 2)
    journals.export(here, tmp_path / "usb")
    sell(here, paired, 2)
    journals.export(here, tmp_path / "usb")
    before = projections(here)

    restored = restore_files(fresh(tmp_path), later_clock(), [tmp_path / "usb"], SURE)

    there = awake(fresh(tmp_path))
    assert projections(there) == before
    assert [one.sales for one in restored.built.taken] == [4]
    close_bazaar(there)


def test_a_journal_without_the_one_before_it_is_not_gone_on_from(here, paired, tmp_path):
    sell(here, paired)
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    restore_backup(fresh(tmp_path, "second"), later_clock(), made.path, SURE)
    second = awake(fresh(tmp_path, "second"))
    make_a_device_of(second)
    first_file, second_file = journals.export(second, tmp_path / "both")
    close_bazaar(second)

    with pytest.raises(LineageError, match="which is missing"):
        restore_files(fresh(tmp_path), later_clock(), [second_file], SURE)
    restored = restore_files(fresh(tmp_path), later_clock(), [second_file, first_file], SURE)

    assert restored.letter == "C"
    assert not (tmp_path / "new" / "restoring").exists()


def test_nothing_is_restored_over_a_journal(here, paired, tmp_path):
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    close_bazaar(here)

    with pytest.raises(AlreadyThereError, match="holds a till already"):
        restore_backup(here.settings, here.clock, made.path, SURE)


def test_a_started_machine_that_was_never_set_up_may_be_restored_onto(here, paired, tmp_path):
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    close_bazaar(open_installation(fresh(tmp_path)))

    restored = restore_backup(fresh(tmp_path), later_clock(), made.path, SURE)

    assert len(restored.built.taken) == 1


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


def test_two_copies_that_both_sold_on_are_not_mixed(here, paired, tmp_path):
    sell(here, paired)
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    files = []
    for name, hour in (("one", 0), ("two", 1)):
        clock = SteadyClock(f"2026-11-20T1{hour}:30:00+07:00")
        restore_backup(fresh(tmp_path, name), clock, made.path, SURE)
        copy = awake(fresh(tmp_path, name), clock)
        make_a_device_of(copy)
        sell(copy, signed_in(copy))
        files += journals.export(copy, tmp_path / name)
        close_bazaar(copy)

    with pytest.raises(LineageError, match="several journals to go on from"):
        restore_files(fresh(tmp_path), later_clock(), files, SURE)
    tip = files[-1].name[:36]
    restored = restore_files(fresh(tmp_path), later_clock(), files, replace(SURE, tip=tip))

    assert restored.letter == "C"
    assert [one.journal.id for one in restored.built.taken][-1] == tip
    assert "does not belong to what is gone on from" in restored.built.missing[0]


def test_what_the_lost_machine_sold_after_its_backup_is_left_aside_and_said(here, paired, tmp_path):
    sell(here, paired, 2)
    made = back_up(here.settings, here.clock, tmp_path / "usb")
    sell(here, paired, 3)
    (old,) = journals.export(here, tmp_path / "old")
    restore_backup(fresh(tmp_path, "second"), later_clock(), made.path, SURE)
    second = awake(fresh(tmp_path, "second"))
    make_a_device_of(second)
    sell(second, signed_in(second))
    both = journals.export(second, tmp_path / "both")
    close_bazaar(second)

    restored = restore_files(fresh(tmp_path), later_clock(), [old, *both], SURE)

    assert [one.sales for one in restored.built.taken] == [2, 1]
    assert "3 entries with 3 sales" in restored.built.missing[0]


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


def test_every_entry_is_taken_over_byte_for_byte(here, paired, tmp_path):
    query = "SELECT seq, id, kind, stored, hash FROM entries WHERE journal = 1 ORDER BY seq"
    sell(here, paired)
    with here.db.read() as connection:
        original = [tuple(row) for row in connection.execute(query)]
    made = back_up(here.settings, here.clock, tmp_path / "usb")

    restore_backup(fresh(tmp_path), later_clock(), made.path, SURE)

    there = open_installation(fresh(tmp_path), later_clock())
    with there.db.read() as connection:
        assert [tuple(row) for row in connection.execute(query)] == original
    close_bazaar(there)


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
