"""The second copy holds what the journal holds, whatever happened to its medium."""

import random

import pytest

from kiosk.services import carts, paying
from kiosk.services.journals import SUFFIX
from kiosk.services.paying import PaymentForm
from kiosk.services.second_copy import copy_step, missing_entries
from kiosk.storage import journal
from kiosk.wire.segments import read_segment, unpack_file
from tests.support.bazaar import SECRET, close_bazaar, numbers, open_bazaar, open_till


@pytest.fixture
def medium(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def open_here(tmp_path, medium):
    """Open the bazaar with a second medium, as often as a test likes."""
    opened = []

    def open_again(**environment):
        for one in opened:
            close_bazaar(one)
        opened.clear()
        settings = {"KIOSK_SECOND_COPY": str(medium), "KIOSK_SECOND_COPY_SHARES_DISK": "1"}
        opened.append(open_bazaar(tmp_path / "till", environment={**settings, **environment}))
        return opened[0]

    yield open_again
    for one in opened:
        close_bazaar(one)


def copy_all(here):
    while copy_step(here):
        pass


def sell(here, browser, times=1):
    for _ in range(times):
        cart = carts.new_cart(here, browser)
        carts.add(here, cart.id, numbers(here)["WB86-KOMPLIT"], None)
        paying.pay(here, browser, cart.id, PaymentForm("cash"))
        copy_all(here)


def entries_of(here):
    with here.db.read() as connection:
        current = journal.current(connection)
        return [one.stored for one in journal.sealed_entries(connection, current.ordinal)]


def copy_of(medium):
    (path,) = medium.glob(f"*{SUFFIX}")
    return path


def entries_on(medium):
    segments = [read_segment(data) for data in unpack_file(copy_of(medium).read_bytes())]
    assert all(segment.is_signed_with(SECRET) for segment in segments)
    return [entry for segment in segments for entry in segment.entries]


def test_the_copy_holds_every_entry_in_order(open_here, medium):
    here = open_here()
    copy_all(here)

    sell(here, open_till(here), times=3)

    assert entries_on(medium) == entries_of(here)
    assert missing_entries(here) == 0
    assert here.copy.problem is None


def test_a_copy_that_was_cut_anywhere_is_made_whole_again(open_here, medium):
    here = open_here()
    sell(here, open_till(here), times=2)
    whole = copy_of(medium).read_bytes()

    for cut in random.Random(7).sample(range(len(whole)), 12):
        copy_of(medium).write_bytes(whole[:cut])
        here = open_here()
        copy_all(here)

        assert entries_on(medium) == entries_of(here)


def test_a_pulled_medium_is_missed_and_caught_up_when_it_is_back(open_here, medium, tmp_path):
    here = open_here()
    browser = open_till(here)
    sell(here, browser)

    medium.rename(tmp_path / "pocket")
    sell(here, browser, times=2)
    missed = here.copy.problem, missing_entries(here)
    (tmp_path / "pocket").rename(medium)
    copy_all(here)

    assert "not there" in missed[0]
    assert missed[1] == len(entries_of(here))
    assert here.copy.problem is None
    assert entries_on(medium) == entries_of(here)


def test_an_empty_folder_on_the_same_disk_is_no_second_medium(open_here, medium):
    here = open_here(KIOSK_SECOND_COPY_SHARES_DISK="")

    copy_all(here)

    assert "not there" in here.copy.problem
    assert list(medium.iterdir()) == []


def test_another_machines_copy_on_the_medium_is_kept_aside(open_here, medium, tmp_path):
    sell(open_here(), open_till(open_here()))
    strange = copy_of(medium).read_bytes()
    (tmp_path / "till").rename(tmp_path / "older")

    # A journal of the same name that went another way: its sale is not the stick's.
    here = open_here()
    copy_all(here)

    kept = [path.read_bytes() for path in medium.glob(f"*{SUFFIX}")]
    assert strange in kept
    assert len(kept) == 2
    assert missing_entries(here) == 0
