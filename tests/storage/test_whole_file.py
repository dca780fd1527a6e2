"""Files for sticks: whole, or not there at all."""

import pytest

from kiosk.storage.whole_file import write_whole


def test_a_file_is_there_once_all_of_it_is(tmp_path):
    size = write_whole(tmp_path / "a.lapak.gz", iter([b"one", b"two"]))

    assert size == 6
    assert [one.name for one in tmp_path.iterdir()] == ["a.lapak.gz"]
    assert (tmp_path / "a.lapak.gz").read_bytes() == b"onetwo"


def test_where_writing_breaks_off_nothing_is_left_and_an_older_file_stays(tmp_path):
    (tmp_path / "a.lapak.gz").write_bytes(b"older")

    def pulled():
        yield b"one"
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        write_whole(tmp_path / "a.lapak.gz", pulled())

    assert [one.name for one in tmp_path.iterdir()] == ["a.lapak.gz"]
    assert (tmp_path / "a.lapak.gz").read_bytes() == b"older"


def test_where_the_medium_is_not_there_nothing_is_made_in_its_place(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "missing" / "a.lapak.gz", [b"x"])

    assert not (tmp_path / "missing").exists()
