"""The sales of a machine, carried by hand: the whole file, or clear words and nothing."""

import errno

import pytest

from kiosk.services import carts, paying, sticks
from kiosk.services.exporting import (
    NobodySignsError,
    NothingToWriteError,
    packed,
    plan_export,
    write_export,
)
from kiosk.services.paying import PaymentForm
from kiosk.storage import uploads
from kiosk.wire.segments import read_segment, unpack_file
from tests.support.bazaar import SECRET, close_bazaar, numbers, open_bazaar


@pytest.fixture
def here(tmp_path):
    (tmp_path / "sticks/PANITIA").mkdir(parents=True)
    environment = {"KIOSK_STICKS": str(tmp_path / "sticks")}
    installation = open_bazaar(tmp_path / "till", environment=environment)
    yield installation
    close_bazaar(installation)


@pytest.fixture
def stick(here, tmp_path):
    return tmp_path / "sticks/PANITIA"


def sell(here, paired):
    cart = carts.new_cart(here, paired)
    carts.add(here, cart.id, numbers(here)["WB86-KOMPLIT"], None)
    paying.pay(here, paired, cart.id, PaymentForm("cash"))


def entries_of(data):
    segments = [read_segment(one) for one in unpack_file(data)]
    assert all(segment.is_signed_with(SECRET) and segment.hashes() for segment in segments)
    return [stored for segment in segments for stored in segment.entries]


def test_a_stick_gets_one_whole_file_with_the_machines_name(here, paired, stick):
    sell(here, paired)
    [drive] = sticks.sticks(here)

    sticks.write_to_stick(here, paired, drive.key, "all")
    finished(here)

    [file] = stick.iterdir()
    assert file.name == "lapak-mesin-7-2026-11-20-1000-lengkap.lapak.gz"
    assert len(entries_of(file.read_bytes())) == 4
    assert sticks.writing(here).phase == "done"


def finished(here):
    """Wait for the stick's thread as the screen does: by asking."""
    while sticks.writing(here).is_running:
        here.bells.copy.wait(0, 0.005)


def test_only_what_the_hub_has_not_got_goes_along_if_asked(here, paired):
    sell(here, paired)
    with here.db.write() as connection:
        uploads.remember_sent(connection, 1, 3, "2026-11-20T10:00:00.000+07:00")

    rest = b"".join(packed(here, plan_export(here, "unsent"), lambda _done: None))
    with here.db.write() as connection:
        uploads.remember_sent(connection, 1, 4, "2026-11-20T10:00:00.000+07:00")

    assert len(entries_of(rest)) == 1
    with pytest.raises(NothingToWriteError):
        plan_export(here, "unsent")


def test_a_file_goes_on_growing_by_the_progress_it_tells(here, paired, stick):
    for _ in range(3):
        sell(here, paired)
    told = []

    write_export(here, plan_export(here, "all"), stick, told.append)

    assert told == [6]


def test_a_half_file_of_an_earlier_power_cut_is_taken_away(here, paired, stick):
    (stick / "lapak-mesin-7-2026-11-13-1000-lengkap.lapak.gz.part").write_bytes(b"half")
    (stick / "foto.jpg").write_bytes(b"somebody's")

    path = write_export(here, plan_export(here, "all"), stick, lambda _done: None)

    assert {one.name for one in stick.iterdir()} == {path.name, "foto.jpg"}


def test_a_stick_that_was_pulled_is_said_and_nothing_is_written_elsewhere(here, paired, stick):
    [drive] = sticks.sticks(here)
    stick.rmdir()

    with pytest.raises(sticks.StickGoneError):
        sticks.write_to_stick(here, paired, drive.key, "all")

    assert not stick.exists()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EROFS, "takes no writing"),
        (errno.EIO, "was pulled out"),
        (errno.EINVAL, "could not be written"),
    ],
)
def test_each_trouble_of_a_stick_has_words_that_say_what_to_do(number, words):
    assert words in sticks.trouble_of(OSError(number, "as the kernel says it"))


def test_a_machine_that_has_not_joined_the_hub_writes_no_file_in_vain(here):
    (here.folder.path / "device.secret").unlink()

    with pytest.raises(NobodySignsError):
        plan_export(here, "all")
