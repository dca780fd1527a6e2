"""When backups are made, and what becomes of them where their stick is gone."""

import shutil

import pytest

from kiosk.services import backup_plan, shifts
from kiosk.services.backup_plan import BackupRounds, FolderUnfitError
from kiosk.storage import backups
from tests.services.restored import sell
from tests.support.bazaar import APPROVED


@pytest.fixture
def stick(here, paired, tmp_path):
    """A folder that a coordinator chose for backups."""
    folder = tmp_path / "stick"
    folder.mkdir()
    backup_plan.choose_place(here, paired, str(folder), APPROVED)
    return folder


def names(folder):
    return [path.name for path in sorted(folder.glob("*"))]


def test_a_backup_is_made_every_hour_in_which_something_happened(here, paired):
    rounds = BackupRounds(here)
    sell(here, paired)

    assert rounds.step() is False
    here.clock.pass_seconds(backup_plan.FIRST_AFTER_SECONDS)
    assert rounds.step() is True
    sell(here, paired)
    here.clock.pass_seconds(3_599)
    assert rounds.step() is False
    here.clock.pass_seconds(1)
    assert rounds.step() is True
    here.clock.pass_seconds(3_600)
    assert rounds.step() is False
    sell(here, paired)
    assert rounds.step() is True
    assert len(names(backup_plan.own_folder(here))) == 3


def test_a_closed_shift_is_backed_up_at_once(here, paired):
    rounds = BackupRounds(here)
    shifts.close_shift(here, paired, {100_000: "2"}, "")

    assert rounds.step() is True

    assert backup_plan.backup_state(here).is_current
    assert backup_plan.backup_state(here).problem is None
    assert rounds.step() is False


def test_without_its_stick_a_backup_is_made_on_the_machine_and_owed_to_the_stick(
    here, paired, stick
):
    rounds = BackupRounds(here)
    rounds.step()
    shutil.rmtree(stick)
    sell(here, paired)
    backup_plan.ask_for_one(here, paired)

    assert rounds.step() is True

    state = backup_plan.backup_state(here)
    assert (state.is_current, state.is_elsewhere) == (True, True)
    assert "stick for backups is not there" in state.problem
    assert len(names(backup_plan.own_folder(here))) == 1
    here.clock.pass_seconds(backup_plan.AGAIN_SECONDS)
    assert rounds.step() is False
    stick.mkdir()
    assert rounds.step() is True
    assert len(names(stick)) == 1
    assert backup_plan.backup_state(here).problem is None


def test_a_stick_that_takes_no_writing_is_said_to_be_so_and_nothing_is_left_on_it(
    here, paired, stick
):
    rounds = BackupRounds(here)
    stick.rmdir()
    stick.write_text("no folder")
    sell(here, paired)

    rounds.step()

    assert backup_plan.backup_state(here).problem
    assert backup_plan.backup_state(here).is_current
    assert stick.read_text() == "no folder"


def test_a_backup_that_was_cut_short_is_made_when_the_till_is_back(here, paired):
    sell(here, paired)
    with here.db.write() as connection:
        run = backups.begin(connection, "close", "2026-11-20T10:00:00+07:00")
    left = here.folder.path / "backups" / ".backup-000000000303-999999-x.part"
    left.parent.mkdir()
    left.write_bytes(b"half")

    assert BackupRounds(here).step() is True

    with here.db.read() as connection:
        (row,) = backups.runs(connection)
    assert (row.id, row.why, row.sales) == (run, "close", 1)
    assert names(left.parent) == [row.file.rpartition("/")[2]]


def test_a_journal_that_does_not_hold_is_not_backed_up_and_says_so(here, paired):
    sell(here, paired)
    with here.db.write() as connection:
        connection.execute("DROP TRIGGER entries_are_never_changed")
        connection.execute("UPDATE entries SET stored = x'7b7d' WHERE seq = 4")
    backup_plan.ask_for_one(here, paired)

    BackupRounds(here).step()

    state = backup_plan.backup_state(here)
    assert "does not hold" in state.problem
    assert state.made_at is None
    assert names(backup_plan.own_folder(here)) == []


@pytest.mark.parametrize(
    "typed", ["stick", "/nowhere/at/all", "/etc/passwd", "\0", "/" + "x" * 600]
)
def test_what_is_no_folder_is_not_chosen(here, paired, typed):
    with pytest.raises(FolderUnfitError):
        backup_plan.choose_place(here, paired, typed, APPROVED)

    assert not backup_plan.place(here).is_chosen
