import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.entries import read_entry
from kiosk.services import journals, shifts
from kiosk.services.backups import back_up
from kiosk.services.installation import open_installation
from kiosk.services.lineage import LineageError
from kiosk.services.restoring import AlreadyThereError, restore_backup, restore_files
from kiosk.storage import printers, staff_secrets, uploads
from kiosk.storage.equipment import EQUIPMENT
from kiosk.storage.printer_uses import printer_for
from tests.services.restored import (
    SURE,
    all_numbers,
    awake,
    fresh,
    later_clock,
    make_a_device_of,
    projections,
    sell,
    signed_in,
)
from tests.support.bazaar import (
    CASHIER,
    SteadyClock,
    close_bazaar,
)

OLDER_FILE = Path(__file__).parents[1] / "storage/files/schema-2.db.gz"


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


def test_what_was_set_by_hand_is_there_again_on_a_restored_machine(here, paired, tmp_path):
    with here.db.write() as connection:
        connection.execute(
            "INSERT INTO printers (name, address, profile)"
            " VALUES ('Depan', 'tcp://127.0.0.1:9100', 'generic-80-48')"
        )
        for statement in (
            "INSERT INTO printer_uses VALUES ('K01', 'label', 1)",
            "INSERT INTO till_languages VALUES ('K01', 'en')",
            "INSERT INTO quick_keys VALUES ('K01', 1, 3)",
        ):
            connection.execute(statement)
    made = back_up(here.settings, here.clock, tmp_path / "usb")

    restore_backup(fresh(tmp_path), later_clock(), made.path, SURE)

    there = open_installation(fresh(tmp_path), later_clock())
    with here.db.read() as old, there.db.read() as new:
        for table in EQUIPMENT:
            assert journals.rows(new, table) == journals.rows(old, table)
    close_bazaar(there)


def test_a_file_of_the_last_release_is_restored_with_its_printer(tmp_path):
    file = tmp_path / "till.db"
    file.write_bytes(gzip.decompress(OLDER_FILE.read_bytes()))

    restored = restore_backup(fresh(tmp_path), later_clock(), file, SURE)

    there = open_installation(fresh(tmp_path), later_clock())
    with there.db.read() as connection:
        assert printer_for(connection, "K01", "receipt") == 1
    assert [verdict.sales for verdict in restored.built.taken] == [4]
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
