"""The page for carrying sales by hand."""

import pytest

from kiosk.services import sticks
from kiosk.wire.segments import read_segment, unpack_file
from tests.support.bazaar import SECRET, close_bazaar, open_bazaar


@pytest.fixture
def here(tmp_path):
    (tmp_path / "sticks").mkdir()
    environment = {"KIOSK_STICKS": str(tmp_path / "sticks")}
    installation = open_bazaar(tmp_path / "till", environment=environment)
    yield installation
    close_bazaar(installation)


def test_without_a_stick_the_page_says_where_to_plug_one_in(seller):
    page = seller.look("/stick").text

    assert "Flashdisk tidak ditemukan" in page
    assert "/stick/file?part=all" in page


def test_a_stick_is_listed_by_name_and_written_with_one_press(here, seller, tmp_path):
    (tmp_path / "sticks/PANITIA").mkdir()
    page = seller.look("/stick").text
    [drive] = sticks.sticks(here)

    seller.submit("/stick", drive=drive.key, part="all")
    while "hx-trigger" in seller.glance("/stick/state").text:
        pass

    assert "PANITIA" in page
    assert "utuh" in seller.look("/stick").text
    assert len(list((tmp_path / "sticks/PANITIA").glob("lapak-*.lapak.gz"))) == 1


def test_a_stick_that_is_gone_is_said_in_place(seller):
    assert seller.press("/stick", drive="0123456789abcdef").status_code == 422


def test_a_tablet_downloads_the_same_file(seller):
    answer = seller.client.get("/stick/file?part=all")

    [segment] = unpack_file(answer.data)
    assert read_segment(segment).is_signed_with(SECRET)
    assert "lapak-mesin-7" in answer.headers["Content-Disposition"]
